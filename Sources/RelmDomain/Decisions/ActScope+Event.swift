internal import RelmProof

extension ActScope {
  /// What an event of our own reaches to.
  static func of(_ event: Event, _ subject: Subject, _ state: some LedgerState) throws -> ActScope {
    switch event {
    case .release(let said):
      guard case .release(let package, let version) = subject else { return .everything }
      let environment = try environment(of: said, package, version, state)
      return try .release(package, version, in: context(of: environment, state), state)
    case .environment(let said):
      guard case .environment(let name) = subject else { return .everything }
      let contexts = [try context(of: name, state)]
      switch said {
      case .freezeDeclared(let data):
        return ActScope(
          contexts: data.context.map { [$0] } ?? contexts, services: all(data.services),
          packages: all(data.packages))
      case .freezeLifted(let data):
        let freeze = try state.environment(name)?.freezes.last { $0.freeze == data.freeze }
        return ActScope(
          contexts: freeze?.context.map { [$0] } ?? contexts, services: all(freeze?.services ?? []),
          packages: all(freeze?.packages ?? []))
      // What an environment counts as is decided over production, for everything that goes there.
      case .environmentRegistered, .environmentRetired:
        return ActScope(contexts: [.production], services: nil, packages: nil)
      case .environmentObserved, .baselineRecorded, .configurationExchanged, .driftDetected, .driftResolved:
        return ActScope(contexts: contexts, services: nil, packages: nil)
      }
    case .policy(let said):
      guard case .policy(let id) = subject else { return .everything }
      // A new version reaches to what the one before it holds for, too: adopting it ends that one.
      var scope = try state.policy(id)?.versions.last.map { of($0.document) }
      if case .policyAdopted(let data) = said { scope = scope?.union(of(data.document)) ?? of(data.document) }
      return scope ?? .everything
    case .procedure(let said):
      guard case .procedure(let id) = subject else { return .everything }
      var scope = try state.procedure(id)?.versions.last.map { of($0.document) }
      if case .procedurePublished(let data) = said {
        scope = scope?.union(of(data.document)) ?? of(data.document)
      }
      return scope ?? .everything
    case .capability:
      guard case .capability(let id) = subject else { return .everything }
      return ActScope(
        contexts: Context.allCases, services: all(try state.capability(id)?.services ?? []), packages: nil)
    case .service:
      guard case .service(let name) = subject else { return .everything }
      return ActScope(contexts: Context.allCases, services: [name], packages: nil)
    case .incident:
      guard case .incident(let id) = subject else { return .everything }
      let incident = try state.incident(id)
      return ActScope(
        contexts: [try context(of: incident?.environment, state)], services: all(incident?.services ?? []),
        packages: nil)
    case .person(.authorityGranted(let data)):
      return ActScope(contexts: data.contexts, services: all(data.services), packages: all(data.packages))
    case .person(.authorityRevoked(let data)): return try of(grantAt: data.grant, state)
    case .person(.authorityReviewed(let data)): return try of(grantAt: data.grant, state)
    case .ledger(.eventAnnulled(let data)):
      guard let target = try state.event(at: data.position), let subject = target.subject else {
        return .everything
      }
      return try of(target.event, subject, state)
    // Who is whom, and the ledger itself, concern everything.
    case .person, .ledger, .foreign, .newer: return .everything
    }
  }

  /// What belongs to an environment; nil is everywhere, and so production too.
  package static func context(of environment: String?, _ state: some LedgerState) throws -> Context {
    guard let environment else { return .production }
    return try state.environment(environment)?.currentContext ?? .production
  }

  static func of(_ document: PolicyDocument) -> ActScope {
    ActScope(
      contexts: [document.context], services: all(document.appliesTo?.services ?? []),
      packages: all(document.appliesTo?.packages ?? []))
  }

  private static func of(_ document: ProcedureDocument) -> ActScope {
    ActScope(
      contexts: Context.allCases, services: all(document.appliesTo?.services ?? []),
      packages: all(document.appliesTo?.packages ?? []))
  }

  private static func of(grantAt position: Position, _ state: some LedgerState) throws -> ActScope {
    guard let event = try state.event(at: position), case .person(.authorityGranted(let data)) = event.event
    else {
      return .everything
    }
    return ActScope(contexts: data.contexts, services: all(data.services), packages: all(data.packages))
  }

  /// A list that narrows, where it says something; else all.
  private static func all(_ names: [String]) -> [String]? { names.isEmpty ? nil : names }

  private static func environment(
    of event: ReleaseEvent, _ package: String, _ version: String, _ state: some LedgerState
  ) throws -> String? {
    func named(_ id: String) throws -> String? { try state.approval(package, version, id)?.environment }
    switch event.family {
    case .attempt(let event): return event.environment
    case .planning, .record, .ending: return nil
    case .permission(let event):
      switch event {
      case .approvalGiven(let data): return data.environment
      case .approvalRefused(let data): return data.environment
      case .approvalWithdrawn(let data): return try named(ApprovalID.at(data.approval))
      case .authorisationRequested(let data): return data.environment
      case .authorisationGranted(let data): return try named(ApprovalID.authorisation(data.authorisation))
      case .authorisationRefused(let data): return try named(ApprovalID.authorisation(data.authorisation))
      case .waiverGranted(let data): return data.environment
      case .waiverRevoked(let data): return try named(ApprovalID.waiver(data.waiver))
      case .overrideDeclared(let data): return data.environment
      case .gateDecided(let data): return data.environment
      case .escalationRaised, .escalationResolved: return nil
      }
    }
  }
}

extension EnvironmentRow {
  /// What it is registered as; nil where it is not, or not any more.
  package var currentContext: Context? {
    guard let registration, retired.map({ $0.position < registration.moment.position }) ?? true else {
      return nil
    }
    return registration.context
  }
}
