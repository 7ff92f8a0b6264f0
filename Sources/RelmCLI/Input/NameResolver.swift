internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmVault

/// Turns what a person types into what is meant, in one way for all commands.
///
/// A subject as it is written, `release/payments-api/2026.11.3`, is one word for it; so is its name alone, where it is a
/// release's, a package's, an environment's or whatever else is known by it, an account, twelve or more characters of a
/// digest, a position, and an event's id. What does not exist is never "nothing": it is a failure with status 66 that names
/// what may have been meant.
struct NameResolver {
  private let ledger: Ledger

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// The person behind an account, written as it is or as a subject.
  func account(_ text: String) throws -> PersonID? {
    try ledger.account(text.hasPrefix("person/") ? String(text.dropFirst("person/".count)) : text)
  }

  enum Meaning {
    /// A stream, by its name: something is recorded about it.
    case stream(String)
    /// All releases of a package.
    case package(String)
    /// One event.
    case event(RecordedEvent)
  }

  /// The kinds whose names are tried for a word that has none, in their order.
  private static let kinds: [StreamKind] = [
    .release, .environment, .service, .incident, .policy, .procedure, .capability,
  ]

  /// - Parameters:
  ///   - text: what was typed.
  ///   - usual: the kind that the command is about, which is tried first.
  /// - Throws: a failure with status 66 where there is nothing of that name, 65 where it names several, 64 where it is
  ///   spelt otherwise.
  func meaning(of text: String, usually usual: StreamKind? = nil) throws -> Meaning {
    if try ledger.isRecorded(stream: text) { return .stream(text) }
    if let slash = text.firstIndex(of: "/"), let kind = StreamKind(rawValue: String(text[..<slash])) {
      return try meaning(of: text, kind, String(text[text.index(after: slash)...]))
    }
    for kind in [usual].compactMap({ $0 }) + Self.kinds where kind != .person {
      if try ledger.isRecorded(stream: "\(kind.rawValue)/\(text)") {
        return .stream("\(kind.rawValue)/\(text)")
      }
    }
    // One of which only others speak is known, too.
    if case .release(let package, let version)? = Subject.named("release/" + text),
      try ledger.knows(package, version)
    {
      return .stream("release/" + text)
    }
    if try ledger.isRecorded(package: text) { return .package(text) }
    if try ledger.isUsed(environment: text) { return .stream("environment/\(text)") }
    if let person = try ledger.account(text) { return .stream(Subject.person(person).text) }
    if let event = try event(text) { return .event(event) }
    if let release = try release(ofDigest: text) { return .stream(release.text) }
    throw try unknown(text, usually: usual)
  }

  private func meaning(of text: String, _ kind: StreamKind, _ name: String) throws -> Meaning {
    switch kind {
    case .person:
      guard UUIDText(name) == nil else { break }
      return .stream(Subject.person(try ledger.knownPerson(name)).text)
    case .environment where try ledger.isUsed(environment: name): return .stream(text)
    case .release where try ledger.isRecorded(package: name): return .package(name)
    case .release:
      guard case .release(let package, let version)? = Subject.named(text), try ledger.knows(package, version)
      else { break }
      return .stream(text)
    case .environment, .service, .policy, .procedure, .capability, .incident, .ledger: break
    }
    do {
      _ = try Subject(text)
    } catch {
      // A package alone is spelt as it may be; what is spelt otherwise than it is here is no name at all.
      guard kind == .release, !name.contains("/") else { throw CommandFailure(.usage, error.reason) }
    }
    throw try unknown(text)
  }

  /// The release that has an artifact whose digest begins so.
  private func release(ofDigest text: String) throws -> Subject? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy(\.isHexDigit), Self.isAlgorithm(parts[0])
    else {
      return nil
    }
    guard parts[1].utf8.count >= Self.leastOfDigest else {
      throw CommandFailure(
        .usage, "'\(text)' is too little of a digest; give at least \(Self.leastOfDigest) characters of it")
    }
    let found = try ledger.releases(withDigest: text)
    guard found.count < 2 else {
      throw CommandFailure(
        .badInput,
        "\(found.count) releases have an artifact \(text): \(found.map(\.text).joined(separator: ", "))")
    }
    guard let release = found.first else {
      throw CommandFailure(.noInput, "no release has an artifact \(text); 'relm state' lists the releases")
    }
    return release
  }

  private static let leastOfDigest = 12

  /// Whether digests of that algorithm are taken, of whichever length.
  private static func isAlgorithm(_ name: Substring) -> Bool {
    [32, 40, 64, 96, 128].contains { ContentDigest("\(name):" + String(repeating: "0", count: $0)) != nil }
  }

  private func event(_ text: String) throws -> RecordedEvent? {
    if let number = UInt64(text), let event = try ledger.event(at: Position(number)) { return event }
    let found = try ledger.events(withID: text)
    return found.count == 1 ? found.first : nil
  }

  /// What to say of a word that means nothing here: which names are near.
  ///
  /// - Parameter usual: the kind that the command is about.
  func unknown(_ text: String, usually usual: StreamKind? = nil) throws -> CommandFailure {
    let near = try near(text, usual)
    let list = usual == .person ? "'relm person' lists people" : "'relm state' lists what there is"
    return CommandFailure(
      .noInput, "nothing is recorded about '\(text)'" + (near.isEmpty ? "; \(list)" : NearNames.hint(near)))
  }

  func near(_ text: String, _ usual: StreamKind?) throws -> [String] {
    if let slash = text.firstIndex(of: "/"), let kind = StreamKind(rawValue: String(text[..<slash])) {
      return try ledger.names(near: String(text[text.index(after: slash)...]), of: kind).map {
        "\(kind.rawValue)/\($0)"
      }
    }
    if let usual { return try ledger.names(near: text, of: usual) }
    var near: [String] = []
    for kind in Self.kinds + [.person] {
      for name in try ledger.names(near: text, of: kind) where !near.contains(name) { near.append(name) }
    }
    return Array(near.prefix(3))
  }
}

extension NameResolver {
  /// The one release that is meant.
  ///
  /// - Throws: as ``meaning(of:usually:)``, and a usage failure where something else is meant.
  func release(_ text: String) throws -> (package: String, version: String) {
    switch try meaning(of: text, usually: .release) {
    case .stream(let stream):
      if case .release(let package, let version)? = Subject.named(stream) { return (package, version) }
    case .event(let event):
      if case .release(let package, let version)? = event.subject { return (package, version) }
    case .package: break
    }
    throw CommandFailure(
      .usage, "'\(text)' names no release; name it by package and version, such as payments-api/2026.11.3")
  }
}

extension NameResolver {
  /// The subject of an event that is to be recorded, which may be one that nobody knows yet: as it is written, or by the
  /// name alone, as the type says of what kind it is; of a release also by a digest of its artifact.
  ///
  /// - Throws: a failure with status 66 where the event cannot be the first of its stream, and there is none.
  func subject(_ text: String, of type: EventType) throws -> String {
    let traits = type.traits
    let whole = try whole(text, traits.stream)
    guard !traits.opensStream, !whole.hasPrefix("person/"), Subject.named(whole)?.kind == traits.stream,
      try !ledger.isRecorded(stream: whole)
    else { return whole }
    throw try unknown(whole)
  }

  private func whole(_ text: String, _ kind: StreamKind) throws -> String {
    let isWhole = StreamKind.allCases.contains { text == $0.rawValue || text.hasPrefix($0.rawValue + "/") }
    guard !isWhole, kind != .ledger else { return text }
    if kind == .release, let release = try release(ofDigest: text) { return release.text }
    // A release has a package and a version; what has no slash is none of either.
    guard kind != .release || text.contains("/") else { return text }
    return "\(kind.rawValue)/\(text)"
  }
}

/// Checks the types of events that are asked for.
enum TypeArgument {
  /// The whole type, or beginning of types, that was typed.
  ///
  /// - Throws: a failure with status 66 where there is neither such a type of our own nor an event of it.
  static func known(_ text: String, _ ledger: Ledger) throws -> String {
    let whole = EventNames.qualified(text)
    let isOwn =
      whole.last == "*"
      ? EventType.allCases.contains { $0.rawValue.hasPrefix(whole.dropLast()) } : EventType.named(whole) != nil
    if try isOwn || ledger.isRecorded(type: whole) { return whole }
    let recorded = try ledger.recordedTypes().filter { !$0.hasPrefix("relm.") }
    let beginning = String(text.prefix { $0 != "*" })
    var near = NearNames.of(
      beginning.hasPrefix("relm.") ? beginning : "relm." + beginning, in: EventType.allCases.map(\.rawValue),
      most: 2
    ).map(EventType.short)
    near += NearNames.of(beginning, in: recorded, most: 1)
    if near.isEmpty, text.last == "*" {
      let families = Set(EventType.allCases.map { EventType.short($0.rawValue).prefix { $0 != "." } + "." })
      near = NearNames.of(beginning, in: families.map(String.init), most: 2).map { $0 + "*" }
    }
    throw CommandFailure(
      .noInput,
      "there is no type '\(text)', and no event of it"
        + (near.isEmpty ? "; 'relm record --help' lists the types" : NearNames.hint(near)))
  }
}
