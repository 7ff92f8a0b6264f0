internal import RelmDomain

extension Event {
  /// An environment that an event names.
  struct NamedEnvironment {
    let name: String
    /// Where in the event.
    let pointer: String
    /// Whether it may stand for many, as in `production/*`.
    let mayBeMany: Bool
  }

  /// The environments that its data names.
  var environments: [NamedEnvironment] {
    switch self {
    case .release(let said): Self.environments(of: said)
    case .incident(.incidentOpened(let data)): Self.one(data.environment)
    case .service(.serviceEstablished(let data)): Self.one(data.environment)
    case .service(.serviceContinued(let data)): Self.one(data.environment)
    case .policy(.policyAdopted(let data)):
      (data.document.appliesTo?.environments ?? []).enumerated().map {
        NamedEnvironment(
          name: $0.element, pointer: "/data/document/appliesTo/environments/\($0.offset)", mayBeMany: true)
      }
    case .environment, .incident, .service, .policy, .procedure, .capability, .person, .ledger, .foreign,
      .newer:
      []
    }
  }

  private static func environments(of event: ReleaseEvent) -> [NamedEnvironment] {
    switch event.family {
    case .attempt(let event): one(event.environment)
    case .planning(.scheduleProposed(let data)): windows(data.windows)
    case .planning(.scheduleAgreed(let data)): windows(data.windows)
    case .permission(.approvalGiven(let data)): one(data.environment)
    case .permission(.approvalRefused(let data)): one(data.environment)
    case .permission(.authorisationRequested(let data)): one(data.environment, mayBeMany: true)
    case .permission(.waiverGranted(let data)): one(data.environment, mayBeMany: true)
    case .permission(.overrideDeclared(let data)): one(data.environment, mayBeMany: true)
    case .permission(.gateDecided(let data)): one(data.environment)
    case .record(.verificationFinished(let data)): one(data.environment)
    case .record(.validationFinished(let data)): one(data.environment)
    case .record(.activityRecorded(let data)): one(data.environment)
    case .record(.resultLogged(let data)): one(data.environment)
    case .planning, .permission, .record, .ending: []
    }
  }

  private static func one(_ name: String?, mayBeMany: Bool = false) -> [NamedEnvironment] {
    name.map { [NamedEnvironment(name: $0, pointer: "/data/environment", mayBeMany: mayBeMany)] } ?? []
  }

  private static func windows(_ windows: [Window]) -> [NamedEnvironment] {
    windows.enumerated().map {
      NamedEnvironment(
        name: $0.element.environment, pointer: "/data/windows/\($0.offset)/environment", mayBeMany: true)
    }
  }

  /// The capability that it says it was made with.
  var capability: String? {
    switch self {
    case .release(.buildStarted(let data)): data.tool?.capability
    case .release(.buildFinished(let data)): data.tool?.capability
    case .release(.testStarted(let data)): data.tool?.capability
    case .release(.testFinished(let data)): data.tool?.capability
    case .release(.deploymentStarted(let data)): data.tool?.capability
    case .release(.deploymentFinished(let data)): data.tool?.capability
    case .release(.packagePublished(let data)): data.tool?.capability
    case .release(.componentAssessed(let data)): data.tool?.capability
    case .release(.verificationFinished(let data)): data.tool?.capability
    case .environment(.environmentObserved(let data)): data.tool?.capability
    case .release, .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident,
      .foreign, .newer:
      nil
    }
  }
}
