import RelmBytes
import RelmDomain
import Testing

@testable import RelmInterchange

@Suite("A policy as text")
struct PolicyTextTests {
  private func faults(_ text: String) -> [String] {
    do throws(PolicyText.Faults) {
      _ = try PolicyText(Array(text.utf8))
      return []
    } catch {
      return error.faults.map { "\($0)" }
    }
  }

  private static let head = "id: p\nversion: 1\ntitle: t\ncontext: production\n"

  @Test("all that is wrong is told, in the order of the text")
  func all() {
    #expect(
      faults(
        """
        id: p
        version: [1]
        title: ~
        context: production
        rules:
          - rule: planned
            quorum: 1
          - level: 5
            rul: approved
          - rule: tested
            suites: []
          - approved
          - rule: approved
            quorum: two
            separate: [author, aprover]
        nonWaivable: approved
        """)
        == [
          "2:10: /version: a string is needed here, not an array",
          "3:8: /title: a string is needed here, not null",
          "7:5: /rules/0/quorum: planned has no parameter quorum; it takes none. Leave it out, or set the rule that "
            + "takes it: approved",
          "8:5: /rules/1/rule: rule is missing",
          "9:5: /rules/1/rul: “rul” is not known here; did you mean “rule”?",
          "11:13: /rules/2/suites: the list is empty; leave it out instead",
          "12:5: /rules/3: an object is needed here, not a string",
          "14:13: /rules/4/quorum: a number is needed here, not a string",
          "15:24: /rules/4/separate/1: “aprover” is none of approver, author, deployer, initiator, requester; did you "
            + "mean “approver”?",
          "16:14: /nonWaivable: an array is needed here, not a string",
        ])
    #expect(faults("{}").count == 5)
    #expect(faults("just text") == ["1:1: an object is needed here, not a string"])
    #expect(faults(Self.head + "rules:\n" + String(repeating: "- rule: x\n", count: 100)).count == 20)
  }

  @Test("what only makes no sense is told with its place too")
  func problems() {
    #expect(
      faults(Self.head + "rules:\n  - rule: approved\n    quorum: 0\n  - rule: approved\n")
        == [
          "7:13: /rules/0/quorum: a quorum of 0 asks for nobody. Give at least 1, or leave the rule out",
          "8:11: /rules/1/rule: approved is asked by /rules/0 already, about the same. Make one rule of the two, or let "
            + "each be about something else",
        ])
  }

  @Test(
    "a version, an id and a title may look like numbers and words of YAML",
    arguments: [
      "1", "1.10", "010", "no", "true", "2026-12-01", "1e3", "0x10",
    ])
  func words(_ word: String) throws {
    let text = "id: \(word)\nversion: \(word)\ntitle: \(word)\ncontext: production\nrules: [{rule: planned}]\n"
    let document = try PolicyText(Array(text.utf8)).document
    #expect([document.id, document.version, document.title] == [word, word, word])
  }

  @Test("any policy that is written as YAML reads as the same", arguments: 0..<300 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let document = chance.policy()
    let yaml = document.yaml
    let read = try PolicyReadingProbe.document(yaml)
    #expect(read == document, "seed \(seed):\n\(yaml)")
    #expect(read.yaml == yaml)
  }

  @Test("the fields come out in the order of the schema, and the text is plain where it can be")
  func written() throws {
    let document = PolicyDocument(
      id: "p/q", version: "3", title: "no", purpose: "A: b # c\n\u{85}é", context: .development,
      appliesTo: Applicability(packages: ["a b", "1"], classes: [.normal]), lateWithin: TimeSpan("PT4H"),
      nonWaivable: [.notFrozen],
      rules: [.init(rule: .approved, quorum: 2, scopes: [.plan]), .init(rule: .planned)],
      reviewBy: Timestamp("2027-06-01T00:00:00Z"))
    #expect(
      document.yaml == #"""
        id: p/q
        version: "3"
        title: "no"
        purpose: "A: b # c\n\u0085é"
        context: development
        appliesTo:
          packages: [a b, "1"]
          classes: [normal]
        lateWithin: PT4H
        nonWaivable: [not-frozen]
        rules:
          - rule: approved
            quorum: 2
            scopes: [plan]
          - rule: planned
        reviewBy: "2027-06-01T00:00:00Z"

        """#)
  }
}

/// Reads a policy without asking whether it makes sense.
private enum PolicyReadingProbe {
  static func document(_ yaml: String) throws -> PolicyDocument {
    var reading = DocumentReading<PolicyDocument>(try YAMLDocument(Array(yaml.utf8)))
    let document = reading.document()
    try #require(reading.faults.isEmpty, "\(reading.faults)\n\(yaml)")
    return try #require(document)
  }
}

/// Policies by chance, the same for the same seed (SplitMix64).
private struct Chance: RandomNumberGenerator {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { numbers.next() }

  private mutating func happens() -> Bool { Bool.random(using: &self) }

  private mutating func some<Item>(_ items: [Item]) -> [Item] {
    happens() ? Array(items.shuffled(using: &self).prefix(Int.random(in: 0...items.count, using: &self))) : []
  }

  private mutating func text(_ most: Int, _ alphabet: [String]) -> String {
    (0..<Int.random(in: 1...most, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? "x" }
      .joined()
  }

  private static let plain =
    [
      "a", "Z", "0", "9", " ", "-", "_", ".", "/", "@", ":", "#", "'", "\"", "\\", "&", "*", "!", "|", ">", "%",
      "?", ",",
    ]
    + [
      "[", "]", "{", "}", "~", "=", "<", "é", "日", "😀", "\u{2028}", "\u{A0}", "null", "true", "no",
      "0x", "- ",
    ]
  private static let wild =
    plain + ["\n", "\t", "\r", "\u{85}", "\u{7F}", "\u{1}", "\u{FFFE}", "\u{0}", "\n- ", ": "]

  /// A name as one may be: without a space at its ends, and with something on either side of a slash.
  private mutating func name() -> String {
    while true {
      let name = text(6, Self.plain)
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      if name.first != " ", name.last != " ", parts.allSatisfy({ !$0.isEmpty }) { return name }
    }
  }

  private mutating func names() -> [String] { happens() ? (0...2).map { _ in name() } : [] }
  /// Names of what has a stream: no part of one is empty, or has a space at an end.
  private mutating func entities() -> [String] {
    names().map { name in
      let parts = name.split { "/ \u{2028}\u{A0}".contains($0) }.map(String.init)
      return parts.isEmpty ? "x" : parts.joined(separator: happens() ? "/" : " ")
    }
  }
  private mutating func span() -> TimeSpan? {
    happens() ? TimeSpan("P\(Int.random(in: 1...99, using: &self))D") : nil
  }
  private mutating func number() -> Int? { happens() ? Int.random(in: 0...999_999, using: &self) : nil }

  mutating func policy() -> PolicyDocument {
    PolicyDocument(
      id: name(), version: name(), title: text(12, Self.wild), purpose: happens() ? text(20, Self.wild) : nil,
      context: happens() ? .production : .development,
      appliesTo: happens()
        ? Applicability(
          packages: entities(), services: entities(), environments: entities(),
          classes: some(ReleaseClass.allCases))
        : nil,
      criticalWhen: happens()
        ? .init(
          classes: some(ReleaseClass.allCases), services: entities(), residualRisk: number(),
          securityImpact: .low)
        : nil, lateWithin: span(), gateValidity: span(), nonWaivable: some(RuleName.allCases),
      rules: (0...Int.random(in: 0...4, using: &self)).map { _ in requirement() },
      effectiveFrom: happens() ? Timestamp("2026-12-01T00:00:00.5+01:00") : nil,
      reviewBy: happens() ? Timestamp("2027-12-01T00:00:00Z") : nil)
  }

  private mutating func requirement() -> PolicyDocument.Requirement {
    PolicyDocument.Requirement(
      rule: RuleName.allCases.randomElement(using: &self) ?? .planned, quorum: number(),
      level: happens() ? 5 : nil,
      separate: some([.author, .approver, .requester]), suites: names(), maximumResidual: number(),
      moments: some([.before, .after]), leadTime: span(),
      predicateTypes: happens() ? ["https://a/b#c?d=%20"] : [],
      within: span(), capabilities: entities())
  }
}
