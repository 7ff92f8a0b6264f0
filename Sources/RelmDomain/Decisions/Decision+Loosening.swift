internal import RelmProof

/// What loosens is an act.
///
/// A fact may bring evidence, or tighten. Some facts can do the opposite as well: they make a rule not apply, or apply to
/// less. Then they need the authority of an act, although their type needs none.
extension Decision {
  /// What an event needs of who says it: what its type does, or where it loosens, what an act of its scope does.
  static func need(
    of event: Event, _ question: Question<some LedgerState>
  ) throws -> EventTraits.Authority {
    let usual = question.type.traits.needs
    guard usual == .none else { return usual }
    switch event {
    case .environment(.environmentRegistered(let data)):
      return try loosens(data, question) ? .level(6) : .none
    case .release(.releaseScopeChanged(let data)):
      return try loosens(data, question) ? .level(approvalLevel(question, in: nil, 5)) : .none
    case .capability(let said): return try loosens(said, question) ? .level(4) : .none
    case .release, .environment, .ledger, .person, .policy, .procedure, .service, .incident, .foreign, .newer:
      return .none
    }
  }

  /// Production is what an environment counts as until somebody says less; and what was retired, so that nothing is to be
  /// released into it, is taken up again by an act, as retiring it was one. That it is production after all, whatever it was
  /// registered for, is for anybody to say.
  private static func loosens(
    _ data: EnvironmentRegistered, _ question: Question<some LedgerState>
  ) throws -> Bool {
    guard case .environment(let name) = question.subject else { return false }
    guard data.context == .production, let known = try question.state.environment(name) else {
      return data.context != .production
    }
    return known.registration != nil && known.currentContext != .development
  }

  /// What was found unacceptable, or was withdrawn, is relied on again by an act.
  private static func loosens(_ said: CapabilityEvent, _ question: Question<some LedgerState>) throws -> Bool {
    guard case .capability(let id) = question.subject, let known = try question.state.capability(id) else {
      return false
    }
    return switch said {
    case .capabilityRegistered: true
    case .capabilityAssessed(let data): known.verdict == .unacceptable && data.verdict != .unacceptable
    case .capabilityWithdrawn: false
    }
  }

  /// Whether a change of scope takes something out, or makes it another class: then policies and rules may ask less.
  private static func loosens(
    _ data: ReleaseScopeChanged, _ question: Question<some LedgerState>
  ) throws -> Bool {
    guard case .release(let package, let version) = question.subject,
      let plan = try question.state.release(package, version)?.plan
    else { return false }
    func drops(_ new: [String], _ old: [String]) -> Bool { !new.isEmpty && old.contains { !new.contains($0) } }
    if let new = data.class, new != plan.class { return true }
    if data.critical == false, plan.critical { return true }
    if let old = plan.manager, let new = data.manager, try !question.authority.isSame(old, new) { return true }
    if let old = plan.procedure, let new = data.procedure, old != new { return true }
    if drops(data.services, plan.services) || drops(data.requires, plan.requires) { return true }
    // A release of no service in particular is one of all.
    if plan.services.isEmpty, !data.services.isEmpty { return true }
    if drops(data.commits.map(\.id), try declared(at: plan.commitsAt, question).commits.map(\.id)) {
      return true
    }
    return drops(
      data.components.map(\.name), try declared(at: plan.componentsAt, question).components.map(\.name))
  }

  /// What a plan, or a change of its scope, declares.
  private static func declared(
    at position: Position?, _ question: Question<some LedgerState>
  ) throws -> (commits: [Commit], components: [Component]) {
    guard let position else { return ([], []) }
    return switch try question.state.event(at: position)?.event {
    case .release(.releasePlanned(let data)): (data.commits, data.components)
    case .release(.releaseScopeChanged(let data)): (data.commits, data.components)
    default: ([], [])
    }
  }
}
