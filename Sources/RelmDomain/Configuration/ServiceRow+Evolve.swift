extension ServiceRow {
  /// The row after one more event of the service's stream. Total. What a release said last about the service counts,
  /// by when it happened.
  package static func evolve(
    _ row: ServiceRow?, service: String, by event: ServiceEvent, at moment: Moment
  ) -> ServiceRow? {
    var row = row ?? ServiceRow(service: service, continued: 0)
    switch event {
    case .serviceEstablished(let data):
      let step = Step(
        release: data.release, deployment: data.deployment, environment: data.environment, moment: moment)
      row.established = row.retired == nil ? row.established ?? step : step
      row.retired = nil
      row.replacedBy = nil
      row.take(step, data.specification, data.tier, data.owner, data.userCommunity)
    case .serviceContinued(let data):
      row.continued += 1
      let step = Step(
        release: data.release, deployment: data.deployment, environment: data.environment, moment: moment)
      row.take(step, data.specification, data.tier, data.owner, data.userCommunity)
    case .serviceRetired(let data):
      row.retired = row.retired ?? moment
      row.replacedBy = data.replacedBy
    }
    return row
  }

  private mutating func take(
    _ step: Step, _ specification: ContentDigest?, _ tier: String?, _ owner: PersonID?, _ community: String?
  ) {
    let isNewest = latest.map { $0.moment < step.moment } ?? true
    if isNewest { latest = step }
    // What was never said before is taken from a late fact as well.
    self.specification = isNewest ? specification ?? self.specification : self.specification ?? specification
    self.tier = isNewest ? tier ?? self.tier : self.tier ?? tier
    self.owner = isNewest ? owner ?? self.owner : self.owner ?? owner
    userCommunity = isNewest ? community ?? userCommunity : userCommunity ?? community
  }
}
