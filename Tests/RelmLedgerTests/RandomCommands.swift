import RelmBytes
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof

/// Commands of every type, made up from a seed as the types' schemas say, about a few things by a few people:
/// most could be meant so, many contradict what is there, and some are nonsense.
struct RandomCommands {
  /// What a command may speak of that is known only when others have been recorded.
  struct Known {
    /// Where events of each type stand.
    var positions: [EventType: [UInt64]] = [:]
    var size: UInt64
    /// What permissions have to name, by release.
    var pins: [String: (plan: UInt64?, digests: [String])] = [:]
    var now: Instant
  }

  private var chance: SplitMix64
  private var made = 0
  private var known = Known(size: 1, now: Instant(microseconds: 0))
  /// What the command that is being made is about.
  private var subject = ""

  static let accounts = ["owner", "bo", "cyd", "dee", "ci"].map { $0 + "@example.org" }
  static let releases = ["release/api/1.0", "release/api/2.0", "release/web/1.0"]
  private static let environments = ["dev", "prod/eu"]
  /// What may be recorded with made-up data: a key, a seal or an opening that is made up would rightly be found
  /// wrong.
  static let types = EventType.allCases.filter {
    ![.ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect].contains($0)
  }

  init(seed: UInt64) { chance = SplitMix64(seed: seed) }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &chance) }

  private mutating func one(of choices: [String]) -> String { choices[below(choices.count)] }

  /// An event, and its type.
  mutating func next(given known: Known) -> (type: EventType, event: String) {
    self.known = known
    made += 1
    // Annulments often: they are what makes a view that grows differ most from one that is folded once.
    let type = below(10) == 0 ? .eventAnnulled : Self.types[below(Self.types.count)]
    let description = EventCatalogue.description(of: type)
    subject = subject(of: description.stream)
    let data = object(description.fields, within: "")
    let id = below(25) == 0 ? "c\(1 + below(made))" : "c\(made)"
    var members = #""id":"\#(id)","type":"\#(type.rawValue)","subject":"\#(subject)","data":\#(data)"#
    if below(3) == 0 { members += #","time":"\#(time(days: below(8) == 0 ? 1 : -1))""# }
    switch below(10) {
    case 0: break
    case 1...3: members += #","authid":"\#(one(of: Self.accounts))""#
    default: members += #","authid":"\#(Self.accounts[0])""#
    }
    return (type, "{\(members)}")
  }

  private mutating func subject(of stream: StreamKind) -> String {
    switch stream {
    case .release: one(of: Self.releases)
    case .environment: "environment/" + one(of: Self.environments)
    case .person: "person/" + one(of: Self.accounts)
    case .ledger: "ledger"
    case .service, .policy, .procedure, .capability, .incident:
      "\(stream.rawValue)/\(below(2) == 0 ? "a" : "b")"
    }
  }

  private mutating func object(_ fields: [FieldDescription], within place: String) -> String {
    var members: [String] = []
    for field in fields {
      guard field.isRequired || isWanted(field) else { continue }
      let value =
        field.isList
        ? "[" + (0..<1 + below(2)).map { _ in self.value(of: field, within: place) }.joined(separator: ",")
          + "]"
        : self.value(of: field, within: place)
      if field.name == "digests", let pins = known.pins[subject], !pins.digests.isEmpty, below(6) != 0 {
        members.append(#""digests":["\#(pins.digests.joined(separator: #"",""#))"]"#)
      } else {
        members.append("\"\(field.name)\":\(value)")
      }
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Whether a field that may be left out is given.
  private mutating func isWanted(_ field: FieldDescription) -> Bool {
    switch field.name {
    case "plan", "digests":
      return known.pins[subject].map { $0.plan != nil || field.name == "digests" } ?? false
    case "backfilled": return below(2) == 0
    case "until", "persons": return below(2) == 0
    default: return below(4) == 0
    }
  }

  private mutating func value(of field: FieldDescription, within place: String) -> String {
    if !field.choices.isEmpty { return "\"\(one(of: field.choices))\"" }
    switch field.shape {
    case .object: return object(field.fields, within: place + "/" + field.name)
    case .boolean: return below(2) == 0 ? "true" : "false"
    case .personalText: return "\"a word to \(below(100))\""
    case .integer: return number(field)
    case .number: return one(of: ["0", "0.01", "2.5", "50", "100"])
    case .string: return "\"\(text(field, within: place))\""
    }
  }

  private mutating func number(_ field: FieldDescription) -> String {
    guard field.kind.contains("position") else {
      if field.kind.contains("level") { return String(3 + below(4)) }
      if field.kind.contains("rating") { return String(1 + below(5)) }
      return String(below(101))
    }
    let wanted: [EventType] =
      switch field.name {
      case "plan": []
      case "approval": [.approvalGiven]
      case "grant", "delegatedFrom": [.authorityGranted]
      case "ratifies", "override", "overrides": [.overrideDeclared]
      default: []
      }
    if field.name == "plan", let plan = known.pins[subject]?.plan, below(8) != 0 { return String(plan) }
    let fitting = wanted.flatMap { known.positions[$0] ?? [] }
    guard fitting.isEmpty || below(8) == 0 else { return String(fitting[below(fitting.count)]) }
    return String(below(Int(known.size) + 1))
  }

  private mutating func text(_ field: FieldDescription, within place: String) -> String {
    let kind = field.kind.replacing("a list, each: ", with: "")
    if kind.hasPrefix("a person") { return one(of: Self.accounts) }
    if kind.hasPrefix("a digest") { return digest() }
    if kind.hasPrefix("a time") { return time(days: field.name == "from" ? 0 : 1) }
    if kind.hasPrefix("a media type") { return "text/plain" }
    if kind.hasPrefix("a package URL") { return "pkg:deb/debian/curl@8" }
    if kind.hasPrefix("a length of time") { return one(of: ["PT4H", "P5D", "P2W"]) }
    if kind.hasPrefix("bytes") { return "cmVsbQ==" }
    if kind.hasPrefix("a URI") { return "https://example.org/\(below(9))" }
    if kind.hasPrefix("a release") { return one(of: Self.releases) }
    if kind.hasPrefix("a subject") { return one(of: Self.releases + ["service/a", "environment/dev"]) }
    if kind.hasPrefix("words") { return "it is so, \(below(100))" }
    return name(field.name, within: place)
  }

  private mutating func name(_ field: String, within place: String) -> String {
    switch field {
    case "environment", "environments": return one(of: Self.environments)
    case "version" where place != "/document": return one(of: ["1", "2", "1.0"])
    case "version": return one(of: ["1", "2", "3", "4"])
    case "restores": return one(of: ["1.0", "2.0"])
    // A document has the id of its stream, or is refused.
    case "id" where place == "/document" && below(8) != 0: return String(subject.split(separator: "/")[1])
    case "packages": return one(of: ["api", "web"])
    // Mostly the same one, so that what ends or answers something finds it.
    default: return below(4) == 0 ? "b" : "a"
    }
  }

  private mutating func digest() -> String {
    "sha256:" + String(repeating: one(of: ["0a", "0b", "0c"]), count: 32)
  }

  /// Around the clock's time: up to so many days after it, mostly; or before.
  private mutating func time(days: Int) -> String {
    let hours = below(12) == 0 ? below(48) - 24 : days * (1 + below(90 * 24)) + (days == 0 ? below(5) : 0)
    return known.now.advanced(byMicroseconds: Int64(hours) * 3_600_000_000).rfc3339Milliseconds
  }
}
