/// Planning: the plan and its scope, the design, assessments, the schedule, and those who were asked and told.
extension ReleaseRow {
  mutating func plan(_ event: PlanningEvent, at moment: Moment) {
    switch event {
    case .releasePlanned(let data):
      if plan == nil { plan = Plan(of: data, at: moment) }
    case .releaseScopeChanged(let data):
      plan?.change(by: data, at: moment)
    case .releaseDesigned(let data):
      guard design.map({ $0.moment < moment }) ?? true else { return }
      design = DesignFacet(
        strategy: data.strategy.rawValue, canBeRolledBack: data.takeBack == .rollBack, moment: moment)
    case .componentAssessed(let data):
      var facet = assessments ?? Assessments(acceptable: 0, conditional: 0, unacceptable: 0, latest: moment)
      switch data.verdict {
      case .acceptable: facet.acceptable += 1
      case .conditional: facet.conditional += 1
      case .unacceptable: facet.unacceptable += 1
      }
      facet.latest = max(facet.latest, moment)
      assessments = facet
    case .riskAssessed(let data):
      guard risk.map({ $0.moment < moment }) ?? true else { return }
      risk = RiskFacet(
        inherent: data.likelihood * data.impact, residual: data.residualLikelihood * data.residualImpact,
        securityImpact: data.securityImpact, moment: moment)
    case .scheduleProposed(let data):
      schedule.take(data.windows, isAgreed: false, at: moment)
    case .scheduleAgreed(let data):
      schedule.take(data.windows, isAgreed: true, at: moment)
    case .partnerConsulted(let data):
      var facet = consultations ?? Consultations(held: 0, objections: 0, latest: moment)
      facet.held += 1
      if data.outcome == .objected { facet.objections += 1 }
      facet.latest = max(facet.latest, moment)
      consultations = facet
    case .communicationSent(let data):
      var facet = communications ?? Communications(sent: 0, audience: data.audience, latest: moment)
      facet.sent += 1
      if facet.latest < moment {
        facet.latest = moment
        facet.audience = data.audience
      }
      communications = facet
    }
  }
}

extension ReleaseRow.Plan {
  /// What a row keeps of the plan; long lists are in the event.
  init(of data: ReleasePlanned, at moment: Moment) {
    self.init(
      class: data.class, critical: data.critical ?? false, purpose: data.purpose, services: data.services,
      manager: data.manager, requestedBy: data.requestedBy, requires: data.requires, basedOn: data.basedOn,
      procedure: data.procedure, fixes: data.fixes, changes: data.changes.count, commits: data.commits.count,
      commitsAt: data.commits.isEmpty ? nil : moment.position, components: data.components.count,
      componentsAt: data.components.isEmpty ? nil : moment.position, planned: moment, scope: moment,
      scopeChanges: 0)
  }

  /// Takes up a change of scope: what it says replaces, what it leaves out stays. Changes count in the log's order.
  mutating func change(by data: ReleaseScopeChanged, at moment: Moment) {
    scope = moment
    scopeChanges += 1
    `class` = data.class ?? `class`
    critical = data.critical ?? critical
    purpose = data.purpose ?? purpose
    manager = data.manager ?? manager
    procedure = data.procedure ?? procedure
    if !data.services.isEmpty { services = data.services }
    if !data.requires.isEmpty { requires = data.requires }
    if !data.fixes.isEmpty { fixes = data.fixes }
    if !data.changes.isEmpty { changes = data.changes.count }
    if !data.commits.isEmpty { (commits, commitsAt) = (data.commits.count, moment.position) }
    if !data.components.isEmpty { (components, componentsAt) = (data.components.count, moment.position) }
  }
}
