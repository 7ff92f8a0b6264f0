internal import RelmDomain
internal import RelmProof

/// Which services a package's releases usually concern: noted when somebody with authority plans one, and when one is deployed.
///
/// That somebody had the authority, and what was planned then, are facts about the time of recording, as ``Reliance`` is: so
/// nothing is looked up again of events that may be many.
enum UsualServices {
  /// A service, and the first event that counts by which a package's releases concern it in a context.
  struct Entry: Sendable {
    let service: String
    let context: Context
    let position: Position
  }

  /// The level that makes what somebody plans usual; what policies ask of approvers where they do not say.
  private static let level = 5

  /// What an event adds to what is usual for its package.
  ///
  /// - Parameter state: what the views say, all events before this one counted.
  static func told(
    by event: RecordedEvent, given state: some LedgerState
  ) throws -> [(service: String, context: Context)] {
    guard let (said, package, version) = event.ofRelease else { return [] }
    switch said {
    case .releasePlanned(let data): return try planned(data.services, package, event, state)
    case .releaseScopeChanged(let data): return try planned(data.services, package, event, state)
    case .deploymentFinished(let data) where data.outcome == .succeeded:
      let services = try state.release(package, version)?.plan?.services ?? []
      guard !services.isEmpty else { return [] }
      let context = try ActScope.context(of: data.environment, state)
      return services.map { ($0, context) }
    default: return []
    }
  }

  private static func planned(
    _ services: [String], _ package: String, _ event: RecordedEvent, _ state: some LedgerState
  ) throws -> [(service: String, context: Context)] {
    guard !services.isEmpty else { return [] }
    let contexts = try Context.allCases.filter { context in
      try holds(event, ActScope(contexts: [context], services: services, packages: [package]), state)
    }
    return contexts.flatMap { context in services.map { ($0, context) } }
  }

  /// The contexts in which an event says, by who may, that its release concerns no more services than it names.
  static func narrowed(by event: RecordedEvent, given state: some LedgerState) throws -> [Context] {
    guard let (said, package, version) = event.ofRelease, case .releaseScopeChanged(let data) = said,
      !data.services.isEmpty
    else { return [] }
    return try Context.allCases.filter { context in
      try holds(event, .release(package, version, in: context, state), state)
    }
  }

  private static func holds(
    _ event: RecordedEvent, _ scope: ActScope, _ state: some LedgerState
  ) throws -> Bool {
    guard let person = event.person else { return false }
    return try Authority(state, at: event.recorded).held(by: person, for: scope).map { $0.level >= level }
      ?? false
  }

  /// What is usual for a package.
  static func all(of package: String, in rows: any RowReading) throws -> [Entry] {
    let prefix = IndexKey.usualServices(of: package)
    return try FirstTouch.all(under: prefix, in: rows).compactMap { touch in
      guard let context = IndexKey.context(touch.key[prefix.count]) else { return nil }
      return Entry(
        service: String(decoding: touch.value, as: UTF8.self), context: context, position: touch.position)
    }
  }
}

extension Sequence<UsualServices.Entry> {
  /// The services of a context, each once, in the order of their names.
  func services(in context: Context, before line: Position? = nil) -> [String] {
    Set(
      filter { entry in entry.context == context && line.map { entry.position < $0 } ?? true }.map(\.service)
    ).sorted()
  }
}
