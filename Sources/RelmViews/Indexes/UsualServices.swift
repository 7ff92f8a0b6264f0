package import RelmDomain
package import RelmProof

/// Which services a package's releases usually concern: noted when somebody with authority plans or approves one, and as long as
/// nobody has who may, when one is deployed.
///
/// Somebody with authority for some services says the first word of a package; to make it concern more takes authority for what
/// it concerns already, too. Else anybody with a little authority could take a package from those who have it. An approval that
/// was taken back says nothing any more.
///
/// That somebody had the authority, and what was planned then, are facts about the time of recording, as ``Reliance`` is: so
/// nothing is looked up again of events that may be many.
package enum UsualServices {
  /// That a package's releases concern a service in a context.
  struct Word: Sendable {
    /// Without a letter where somebody with authority plans or approves a release that names none.
    let service: String
    let context: Context
    /// Whether somebody with authority says so; else it was deployed so.
    let isSaid: Bool
  }

  /// A word, and an event that counts by which it is so.
  package struct Entry: Sendable {
    let word: Word
    let position: Position
    /// Where that was taken back, which only an approval can be.
    var withdrawn: Position?
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
      return try words(planning: data.services, package, event, state)
    case .releaseScopeChanged(let data):
      return try words(planning: data.services, package, event, state)
    case .approvalGiven(let data) where data.ratifies == nil:
      // Whoever approves it as it was planned vouches for that, and so needs authority for whatever it may concern.
      guard let plan = try state.release(package, version)?.plan else { return [] }
      let place = try data.environment.map { try ActScope.context(of: $0, state) }
      return try Context.allCases.filter { place == nil || place == $0 }.filter { context in
        try holds(event, ActScope(contexts: [context], services: nil, packages: [package]), state)
      }.flatMap { words(of: plan.services, in: $0) }
    case .deploymentFinished(let data) where data.outcome == .succeeded:
      let services = try state.release(package, version)?.plan?.services ?? []
      guard !services.isEmpty else { return [] }
      let context = try ActScope.context(of: data.environment, state)
      guard try state.services(of: package, in: context).said.isEmpty else { return [] }
      return services.map { Word(service: $0, context: context, isSaid: false) }
    default: return []
    }
  }

  /// What somebody says of a package by planning, in each context for which they may: for the first word they need the level for
  /// the services that they name, and for all there are where they name none; for another also for what it usually concerns.
  private static func words(
    planning services: [String], _ package: String, _ event: RecordedEvent, _ state: some LedgerState
  ) throws -> [Word] {
    try Context.allCases.filter { context in
      let known = try state.services(of: package, in: context)
      let asked = known.said.isEmpty ? services : services + known.usual
      let scope = ActScope(
        contexts: [context], services: services.isEmpty ? nil : asked, packages: [package])
      return try holds(event, scope, state)
    }.flatMap { words(of: services, in: $0) }
  }

  private static func words(of services: [String], in context: Context) -> [Word] {
    (services.isEmpty ? [""] : services).map { Word(service: $0, context: context, isSaid: true) }
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

  /// Where an approval was taken back; nil for what stands, and for all that is no approval.
  private static func withdrawal(
    of position: Position, _ package: String, in rows: any RowReading
  ) throws -> Position? {
    let prefix = IndexKey.withdrawals(ofApproval: position, of: package)
    return try FirstTouch.all(under: prefix, in: rows).first?.position
  }

  /// What is known of a package: of each word the first event that counts, with those before it that were taken back.
  package static func all(of package: String, in rows: any RowReading) throws -> [Entry] {
    let prefix = IndexKey.usualServices(of: package)
    let touches = try FirstTouch.all(under: prefix, in: rows) { position in
      try withdrawal(of: position, package, in: rows) == nil
    }
    return try touches.compactMap { touch in
      let kind = touch.key[prefix.count]
      guard let context = IndexKey.context(kind & ~IndexKey.said) else { return nil }
      let word = Word(
        service: String(decoding: touch.value, as: UTF8.self), context: context,
        isSaid: kind & IndexKey.said != 0)
      return Entry(
        word: word, position: touch.position,
        withdrawn: try withdrawal(of: touch.position, package, in: rows))
    }
  }
}

extension Sequence<UsualServices.Entry> {
  /// What is known in a context, by what stands before a position where one is given.
  package func known(in context: Context, before line: Position? = nil) -> PackageServices {
    func isSaid(_ position: Position) -> Bool { line.map { position < $0 } ?? true }
    let words = filter { entry in
      entry.word.context == context && isSaid(entry.position) && !(entry.withdrawn.map(isSaid) ?? false)
    }.map(\.word)
    func names(_ words: [UsualServices.Word]) -> [String] {
      Set(words.map(\.service)).filter { !$0.isEmpty }.sorted()
    }
    let said = words.filter(\.isSaid)
    return PackageServices(usual: names(words), said: names(said), isVouchedFor: !said.isEmpty)
  }
}
