import RelmDomain
import Testing

@Suite("Subjects")
struct SubjectTests {
  private static let person = UUIDText(high: 0x0193_594E_1B1C_7D2E, low: 0x8F00_C0FF_EE12_3456)

  @Test(
    "a subject is read, and printed as it was",
    arguments: [
      ("release/payments-api/2026.11.3", .release(package: "payments-api", version: "2026.11.3")),
      ("release/acme/api/2.0", .release(package: "acme/api", version: "2.0")),
      ("release/@acme/api/2.0%2Fhotfix", .release(package: "@acme/api", version: "2.0/hotfix")),
      ("release/a/%25", .release(package: "a", version: "%")),
      ("environment/production/eu", .environment("production/eu")),
      ("service/über%20uns", .service("über uns")),
      ("policy/p%0A%7F", .policy("p\n\u{7F}")), ("procedure/x:y?z#", .procedure("x:y?z#")),
      ("capability/ci", .capability("ci")), ("incident/INC-1", .incident("INC-1")),
      ("person/0193594e-1b1c-7d2e-8f00-c0ffee123456", .person(PersonID(person))), ("ledger", .ledger),
    ] as [(String, Subject)])
  func roundTrip(_ text: String, _ subject: Subject) throws {
    #expect(try Subject(text) == subject)
    #expect(subject.text == text)
  }

  @Test(
    "another spelling is refused with the right one",
    arguments: [
      ("release/a/1%2f2", "release/a/1%2F2"), ("service/a b", "service/a%20b"),
      ("service/100%", "service/100%25"),
      ("service/a%2Fb", "service/a/b"), ("service/%41", "service/A"), ("release/a%2Fb/1", "release/a/b/1"),
      ("service/%C3%A9", "service/é"), ("service/%zz", "service/%25zz"),
      ("person/0193594E-1B1C-7D2E-8F00-C0FFEE123456", "person/0193594e-1b1c-7d2e-8f00-c0ffee123456"),
    ])
  func spelling(_ text: String, _ right: String) throws {
    let failure = try #require(throws: DecodingFailure.self) { try Subject(text) }
    #expect(failure.reason.hasSuffix("write \(right)"), "\(failure)")
    #expect(try Subject(right).text == right)
  }

  @Test(
    "the character that is spelt otherwise is named",
    arguments: [
      ("release/api/1.0.0 1", "a space, which is written %20"), ("release/api/1.0.0%2B1", "%2B for ‘+’"),
      ("release/api/100%", "a percent sign, which is written %25"), ("service/a%20b c", "a space"),
      ("service/%C3%A9", "%C3"),
    ])
  func namedCharacter(_ text: String, _ what: String) throws {
    let failure = try #require(throws: DecodingFailure.self) { try Subject(text) }
    #expect(failure.reason.contains(what), "\(failure)")
  }

  @Test(
    "what names no stream is refused",
    arguments: [
      "", "release", "release/a", "release//1", "release/a/", "release/a//1", "release//a/1", "service/",
      "service//a",
      "service/a/", "service/a//b", "ledger/", "ledger/x", "Ledger", "servce/a", "person/ana", "person/", "/",
      "service/%FF",
      "unknown/a", "service",
    ])
  func refusals(_ text: String) {
    #expect(throws: DecodingFailure.self) { try Subject(text) }
  }

  @Test("a kind that is nearly right is proposed")
  func proposal() throws {
    let failure = try #require(throws: DecodingFailure.self) { try Subject("relase/a/1") }
    #expect(failure.reason.contains("did you mean “release”?"))
  }

  @Test("any name survives being printed", arguments: 1...100 as ClosedRange<UInt64>)
  func names(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let parts = ["a", "%", " ", "/", "é", "%2F", "\n", "\u{7F}", "😀", "\0", "#"]
    func name(_ random: inout SeededBytes) -> String {
      "x" + (0..<5).map { _ in parts.randomElement(using: &random) ?? "" }.joined() + "x"
    }
    let version = name(&random)
    let package = name(&random).split(separator: "/").joined(separator: "/")
    let subject = Subject.release(package: package, version: version)
    #expect(try Subject(subject.text) == subject, "seed \(seed): \(subject.text)")
  }
}
