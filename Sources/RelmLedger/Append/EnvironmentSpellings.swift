package import RelmDomain
internal import RelmViews

/// Spellings of environments by which a freeze or a policy would be passed: `Production/EU` beside a `production/eu` that is
/// known.
///
/// Names are compared by their bytes, and a reader takes two that differ in the case of letters for one. So what reads as a
/// known name, or as one above it, is refused with the right spelling. Known is first what something is asked of: what is
/// registered, frozen, or named by a policy. Against that no other spelling stands, though something has run under it before.
/// Then it is what anything ran in, was seen in or is planned for; against that alone an environment may be registered, so
/// that nobody takes a name from a house by using another spelling first.
///
/// The names are listed once for a request, and only where it has one that is new.
final class EnvironmentSpellings {
  private let folded: Views
  /// What something is asked of, and what is in use; nil until they were needed.
  private var known: (governed: KnownSpellings, used: KnownSpellings)?
  /// Names that were looked at.
  private var good: Set<[UInt8]> = []

  init(_ folded: Views) { self.folded = folded }

  /// Why a claim is refused; nil where it is not.
  ///
  /// - Parameter isNew: whether nothing stands in its stream.
  func refusal(of prepared: PreparedClaim, isNew: Bool) throws -> Refusal? {
    let event = prepared.event
    let subject = prepared.claim.envelope.subject.flatMap(Subject.named)
    if case .environment(let name)? = subject, case .environment(let said) = event {
      let isRegistration = if case .environmentRegistered = said { true } else { false }
      // What goes on in its stream has to be said there, be it that it is retired or thawed.
      if isNew || isRegistration, let refusal = try refusal(of: name, at: "/subject", isRegistration) {
        return refusal
      }
    }
    let named = Self.environments(of: event)
    guard !named.isEmpty else { return nil }
    let planned = try plannedEnvironments(of: subject)
    for environment in named where try !isStep(event, of: subject, in: environment.name) {
      if let refusal = try refusal(of: environment.name, at: environment.pointer, planned: planned) {
        return refusal
      }
    }
    return nil
  }

  /// Counts what was recorded among what is known.
  func learn(_ event: RecordedEvent) {
    guard known != nil else { return }
    switch event.event {
    case .policy(.policyAdopted), .environment(.environmentRegistered), .environment(.freezeDeclared):
      if case .environment(let name)? = event.subject { known?.governed.insert(name) }
      for environment in Self.environments(of: event.event) { known?.governed.insert(environment.name) }
      good.removeAll()
    case .release, .environment, .service, .incident:
      if case .environment(let name)? = event.subject { known?.used.insert(name) }
      for environment in event.event.environments { known?.used.insert(environment.name) }
    case .policy, .procedure, .capability, .person, .ledger, .foreign, .newer: return
    }
  }

  /// The environments that a claim names, those that a freeze leaves free among them.
  private static func environments(of event: Event) -> [Event.NamedEnvironment] {
    guard case .environment(.freezeDeclared(let data)) = event else { return event.environments }
    return data.except.enumerated().map {
      Event.NamedEnvironment(name: $0.element, pointer: "/data/except/\($0.offset)", mayBeMany: true)
    }
  }

  /// Why a name is not taken; nil where it is.
  ///
  /// - Parameters:
  ///   - isRegistration: whether it is registered with it.
  ///   - planned: the environments for which the release has windows.
  func refusal(
    of name: String, at pointer: String, _ isRegistration: Bool = false, planned: [String] = []
  ) throws -> Refusal? {
    let bytes = Array(name.utf8)
    if !isRegistration, good.contains(bytes) { return nil }
    if let row = try folded.environment(name), row.isGoverned {
      good.insert(bytes)
      return nil
    }
    let known = try listed()
    guard !known.governed.contains(name) else {
      good.insert(bytes)
      return nil
    }
    if let twin = known.governed.twin(of: name) { return Self.refusal(of: name, twin, at: pointer) }
    guard !isRegistration, !known.used.contains(name) else { return nil }
    let twin = known.used.twin(of: name) ?? KnownSpellings(planned).twin(of: name)
    if let twin {
      return Self.refusal(of: name, twin, at: pointer, "; if it is another environment, register it first")
    }
    if planned.isEmpty { good.insert(bytes) }
    return nil
  }

  private static func refusal(
    of name: String, _ twin: String, at pointer: String, _ more: String = ""
  ) -> Refusal {
    Refusal(
      .badInput, at: pointer, "“\(name)” reads as “\(twin)”, which is known here, and is another name",
      advice: "Write \(twin)\(more)")
  }

  /// Whether a claim continues an attempt that was begun under just that name.
  private func isStep(_ event: Event, of subject: Subject?, in environment: String) throws -> Bool {
    guard case .release(let said) = event, case .attempt(let step) = said.family,
      case .release(let package, let version)? = subject, step.environment == environment
    else { return false }
    return try folded.attempt(package, version, step.attemptID)?.environment == environment
  }

  /// The environments for which a release has windows.
  func plannedEnvironments(of subject: Subject?) throws -> [String] {
    guard case .release(let package, let version)? = subject,
      let row = try folded.release(package, version)
    else { return [] }
    return row.schedule.map(\.environment)
  }

  private func listed() throws -> (governed: KnownSpellings, used: KnownSpellings) {
    if let known { return known }
    var governed = KnownSpellings()
    var used = KnownSpellings(try folded.environmentsInUse())
    for row in try folded.environments() {
      if row.isGoverned { governed.insert(row.environment) } else { used.insert(row.environment) }
    }
    for policy in try folded.policies() where policy.retired == nil {
      for version in policy.versions {
        for name in version.document.appliesTo?.environments ?? [] { governed.insert(name) }
      }
    }
    known = (governed, used)
    return (governed, used)
  }
}

extension EnvironmentRow {
  /// Whether something is asked of it: it was registered as what it is, or frozen.
  fileprivate var isGoverned: Bool { registration != nil || !freezes.isEmpty }
}

extension Ledger {
  /// Why a gate is not asked about an environment by its name; nil where it may be.
  package func objection(to question: GateQuestion) throws -> Refusal? {
    let name = question.environment
    let pointer = "/data/environment"
    if let objection = EntityName.objection(to: name) {
      return Refusal(.badInput, at: pointer, objection, advice: "Name the environment so")
    }
    return try withRows { rows, _ in
      let spellings = EnvironmentSpellings(try views.views(over: rows))
      return try spellings.refusal(
        of: name, at: pointer, planned: spellings.plannedEnvironments(of: question.subject))
    }
  }
}
