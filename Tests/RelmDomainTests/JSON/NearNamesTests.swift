import RelmDomain
import Testing

@Suite("Names that somebody may have meant")
struct NearNamesTests {
  private static let environments = ["production/eu", "production/us", "staging/eu", "demo"]

  @Test(
    "the nearest name comes first: another case, then an edit or two, then what lies below",
    arguments: [
      ("Production/EU", "production/eu"), ("production/ue", "production/eu"), ("production", "production/eu"),
      ("us", "production/us"), ("dmeo", "demo"),
    ])
  func nearest(_ word: String, _ meant: String) {
    #expect(NearNames.of(word, in: Self.environments).first == meant)
  }

  @Test("what shares nothing with a word is never proposed")
  func far() {
    #expect(NearNames.of("qa", in: Self.environments).isEmpty)
    #expect(NearNames.of("production/ap", in: Self.environments).isEmpty)
  }

  @Test(
    "a new name is a slip for a known one where letters differ little, and none where only digits do",
    arguments: [
      ("payments-apii", "payments-api", true), ("Payments-API", "payments-api", true),
      ("paymetns", "payments", true), ("host/web-12", "host/web-13", false), ("eu", "us", false),
      ("production/us", "production/eu", false),
      ("api", "app", false),
      ("api", "api", false), ("orders", "payments", false),
    ])
  func slips(_ word: String, _ name: String, _ isSlip: Bool) {
    #expect(NearNames.isSlip(word, for: name) == isSlip)
  }

  @Test("a hint ends a sentence with one name or several, and with nothing where there is none")
  func hints() {
    #expect(NearNames.hint([]) == "")
    #expect(NearNames.hint(["a"]) == "; did you mean 'a'?")
    #expect(NearNames.hint(["a", "b", "c"]) == "; did you mean 'a', 'b' or 'c'?")
  }
}
