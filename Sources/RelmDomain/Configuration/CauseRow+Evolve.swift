extension CauseRow {
  /// The row after an incident was attributed. Total.
  ///
  /// A release may be named several times, with another deployment each time: all of them stand. How sure that is, is what was
  /// said last of any of them.
  package static func evolve(
    _ row: CauseRow?, package: String, version: String, incident: String, by said: IncidentAttributed,
    at moment: Moment
  ) -> CauseRow? {
    let release = Subject.release(package: package, version: version)
    let named = said.causes.filter { Subject.named($0.release) == release }
    guard !named.isEmpty else { return row }
    var deployments = row?.deployments ?? []
    for deployment in named.compactMap(\.deployment) where !deployments.contains(deployment) {
      deployments.append(deployment)
    }
    return CauseRow(
      package: package, version: version, incident: incident,
      deployments: deployments, isConfirmed: said.confidence == .confirmed,
      moment: moment)
  }
}
