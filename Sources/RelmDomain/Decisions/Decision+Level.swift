internal import RelmProof

extension Decision {
  /// The level that an act needs of who does it; nil where this person may do it without.
  static func level(
    of event: Event, usually usual: Int, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Int? {
    switch event {
    case .release(.approvalGiven(let data)): return try approvalLevel(question, in: data.environment, usual)
    case .release(.approvalRefused(let data)): return try approvalLevel(question, in: data.environment, usual)
    case .release(.overrideDeclared(let data)):
      if try isFreezeAlone(data, by: actor, question) { return nil }
      return try approvalLevel(question, in: data.environment, usual)
    case .person(.personNamed):
      // What people are called is theirs to say.
      guard case .person(let person) = question.subject else { return usual }
      return try question.authority.isSame(person, actor) ? nil : usual
    case .procedure(.procedurePublished(let data)):
      return try max(usual, preauthorisingLevel([data.document], question))
    case .ledger(.eventAnnulled(let data)): return try annulmentLevel(data.position, question, usual)
    case .person(.personLinkConfirmed(let data)):
      // Each side says it for itself.
      return question.subject == .person(actor) || data.account == actor ? nil : usual
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign,
      .newer:
      return usual
    }
  }

  /// The level that the policies in force ask of approvers of this release; the type's own where none says so.
  static func approvalLevel(
    _ question: Question<some LedgerState>, in environment: String?, _ usual: Int
  ) throws -> Int {
    guard case .release(let package, let version) = question.subject else { return usual }
    let levels = try policies(over: package, version, in: environment, question).flatMap(\.rules).filter {
      $0.rule == .approved
    }.compactMap(\.level)
    return levels.max() ?? usual
  }

  /// The policies in force that apply to a release.
  ///
  /// - Parameter environment: nil is everywhere in production.
  static func policies(
    over package: String, _ version: String, in environment: String?, _ question: Question<some LedgerState>
  ) throws -> [PolicyDocument] {
    let place = try PolicyPlace(of: package, version, in: environment, question.state)
    return try question.state.policies().compactMap { $0.inForce(at: question.time)?.document }.filter {
      $0.applies(to: place)
    }
  }

  /// Whether an override sets aside nothing but a freeze that names this person, while it runs and where it reaches.
  private static func isFreezeAlone(
    _ data: OverrideDeclared, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Bool {
    guard data.rules == [.notFrozen], let id = data.freeze,
      case .release(let package, let version) = question.subject,
      let freeze = try question.state.freezes(reaching: data.environment).last(where: { $0.freeze == id }),
      freeze.holds(at: question.time)
    else { return false }
    let context = try ActScope.context(of: data.environment, question.state)
    let services = try question.state.reach(of: package, version, in: context).services
    guard freeze.concerns(package: package, services: services) else { return false }
    return try freeze.mayOverride.contains { try question.authority.isSame($0, actor) }
  }
}

/// Where a policy may apply: one release, in one environment.
package struct PolicyPlace: Sendable, Equatable {
  package let context: Context
  /// nil is everywhere in the context.
  package let environment: String?
  package let package: String
  package let services: ConcernedServices
  package let releaseClass: ReleaseClass?

  package init(
    context: Context, environment: String?, package: String, services: ConcernedServices,
    releaseClass: ReleaseClass?
  ) {
    self.context = context
    // What is written for many environments is held against every policy that may apply to one of them.
    self.environment = environment.flatMap { EnvironmentScope($0).isPattern ? nil : $0 }
    self.package = package
    self.services = services
    self.releaseClass = releaseClass
  }
}

extension PolicyPlace {
  /// Where a release goes, by everything that was said so far.
  ///
  /// - Parameter environment: nil is everywhere in production.
  init(
    of package: String, _ version: String, in environment: String?, _ state: some LedgerState
  ) throws {
    let context = try ActScope.context(of: environment, state)
    self.init(
      context: context, environment: environment, package: package,
      services: try state.reach(of: package, version, in: context).services,
      releaseClass: try state.release(package, version)?.plan?.class)
  }
}

extension PolicyDocument {
  /// Whether the policy applies there. What it does not say does not narrow it.
  package func applies(to place: PolicyPlace) -> Bool {
    guard context == place.context else { return false }
    return appliesTo?.holds(at: place) ?? true
  }
}

extension Applicability {
  /// Whether it takes a place in. What it does not say does not narrow it.
  package func holds(at place: PolicyPlace) -> Bool {
    func holds(_ wanted: [String], _ found: ConcernedServices) -> Bool {
      wanted.isEmpty || found.meet(wanted)
    }
    return holds(packages, ConcernedServices([place.package])) && holds(services, place.services)
      && (environments.isEmpty || place.environment.map(isIn) ?? true)
      && (classes.isEmpty || place.releaseClass.map(classes.contains) ?? false)
  }

  private func isIn(_ environment: String) -> Bool {
    environments.contains { EnvironmentScope($0).contains(environment) }
  }
}

extension PolicyRow {
  /// The version in force at a time; nil before the first, and from the retirement on.
  ///
  /// - Parameters:
  ///   - time: the time.
  ///   - retirements: each time that it was retired, for a time that lies before the last one; nil for that alone.
  package func inForce(at time: Instant, retirements: [Moment]? = nil) -> Adoption? {
    guard let version = versions.last(where: { $0.effective <= time }) else { return nil }
    let isRetired = (retirements ?? [retired].compactMap { $0 }).contains { retired in
      version.adopted.position < retired.position && retired.at <= time
    }
    return isRetired ? nil : version
  }
}
