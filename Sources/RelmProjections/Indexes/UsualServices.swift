internal import RelmDomain
internal import RelmProof

/// Which services a package's releases usually concern: noted when somebody with authority plans or approves one, and when one is
/// deployed.
///
/// That somebody had the authority, and what was planned then, are facts about the time of recording, as ``Reliance`` is: so
/// nothing is looked up again of events that may be many.
enum UsualServices {
  /// That a package's releases concern a service in a context.
  struct Word: Sendable {
    /// Without a letter where somebody with authority plans or approves a release that names none.
    let service: String
    let context: Context
    /// Whether somebody with authority says so; else it was deployed so.
    let isSaid: Bool
  }

  /// A word, and the first event that counts by which it is so.
  struct Entry: Sendable {
    let word: Word
    let position: Position
  }

  /// The level that makes what somebody plans usual; what policies ask of approvers where they do not say.
  private static let level = 5

  /// What an event adds to what is known of its package.
  ///
  /// - Parameter state: what the views say, all events before this one counted.
  static func told(by event: RecordedEvent, given state: some LedgerState) throws -> [Word] {
    guard let (said, package, version) = event.ofRelease else { return [] }
    switch said {
    case .releasePlanned(let data):
      return try words(of: data.services, for: data.services, package, event, state)
    case .releaseScopeChanged(let data):
      return try words(of: data.services, for: data.services, package, event, state)
    case .approvalGiven(let data) where data.ratifies == nil:
      // Whoever approves it as it was planned vouches for that, and so needs authority for whatever it may concern.
      guard let plan = try state.release(package, version)?.plan else { return [] }
      let context = try data.environment.map { try ActScope.context(of: $0, state) }
      return try words(of: plan.services, for: [], package, event, state).filter { word in
        context.map { $0 == word.context } ?? true
      }
    case .deploymentFinished(let data) where data.outcome == .succeeded:
      let services = try state.release(package, version)?.plan?.services ?? []
      guard !services.isEmpty else { return [] }
      let context = try ActScope.context(of: data.environment, state)
      return services.map { Word(service: $0, context: context, isSaid: false) }
    default: return []
    }
  }

  /// What somebody says of a package in each context for which they may.
  ///
  /// - Parameters:
  ///   - services: that they name.
  ///   - asked: for which they need the level; none for all there are.
  private static func words(
    of services: [String], for asked: [String], _ package: String, _ event: RecordedEvent,
    _ state: some LedgerState
  ) throws -> [Word] {
    let contexts = try Context.allCases.filter { context in
      let scope = ActScope(
        contexts: [context], services: asked.isEmpty ? nil : asked, packages: [package])
      return try holds(event, scope, state)
    }
    return contexts.flatMap { context in
      (services.isEmpty ? [""] : services).map { Word(service: $0, context: context, isSaid: true) }
    }
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

  /// What is known of a package.
  static func all(of package: String, in rows: any RowReading) throws -> [Entry] {
    let prefix = IndexKey.usualServices(of: package)
    return try FirstTouch.all(under: prefix, in: rows).compactMap { touch in
      let kind = touch.key[prefix.count]
      guard let context = IndexKey.context(kind & ~IndexKey.said) else { return nil }
      let word = Word(
        service: String(decoding: touch.value, as: UTF8.self), context: context,
        isSaid: kind & IndexKey.said != 0)
      return Entry(word: word, position: touch.position)
    }
  }
}

extension Sequence<UsualServices.Entry> {
  /// What is known in a context, by what stands before a position where one is given.
  func known(in context: Context, before line: Position? = nil) -> PackageServices {
    let words = filter { entry in
      entry.word.context == context && line.map { entry.position < $0 } ?? true
    }.map(\.word)
    func names(_ words: [UsualServices.Word]) -> [String] {
      Set(words.map(\.service)).filter { !$0.isEmpty }.sorted()
    }
    let said = words.filter(\.isSaid)
    return PackageServices(usual: names(words), said: names(said), isVouchedFor: !said.isEmpty)
  }
}
