import Testing

@testable import RelmDomain

@Suite("Names that mix alphabets")
struct MixedAlphabetsTests {
  @Test(
    "a letter of another alphabet among Latin ones is found",
    arguments: [
      ("p\u{430}yments", "U+0430, Cyrillic"), ("acme/p\u{430}yments", "U+0430, Cyrillic"),
      ("producti\u{3BF}n/eu", "U+03BF, Greek"), ("production/\u{435}u", "U+0435, Cyrillic"),
      ("web-\u{430}", "U+0430, Cyrillic"), ("\u{FF57}eb", "U+FF57, full width"),
      ("we\u{1D41B}", "U+1D41B, mathematical"), ("web2\u{441}", "U+0441, Cyrillic"),
      ("p\u{430}\u{301}y", "U+0430, Cyrillic"), ("\u{570}ost", "U+0570, Armenian"),
    ])
  func found(name: String, words: String) throws {
    let stranger = try #require(MixedAlphabets.stranger(in: name))
    #expect(stranger.words.contains(words), "\(stranger.words)")
  }

  @Test(
    "what is written in one alphabet, or in each of its words, is nobody's disguise",
    arguments: [
      "payments-api", "Zürich/straße", "платежи", "сервис-api", "production/москва", "Ελληνικά", "日本語-release",
      "web-本番", "naïve", "1.0-rc.1", "εφαρμογή/v2", "Отчёт о API", "отчёт-о-api", "", "/",
    ])
  func plain(name: String) {
    #expect(MixedAlphabets.stranger(in: name) == nil)
  }

  @Test(
    "no new event has such a name, in its subject or in a field, plain or percent-encoded; a stored one reads")
  func names() throws {
    let name = "p\u{430}yments"
    for text in ["release/\(name)/1.0", "release/p%D0%B0yments/1.0", "environment/\(name)", "service/\(name)"] {
      if let subject = Subject.named(text) { #expect(subject.unprintable != nil, "\(text)") }
    }
    let json = Array("\"\(name)\"".utf8)
    var reader = CanonicalReader(json)
    #expect(throws: DecodingFailure.self) { try reader.name() }
    var stored = CanonicalReader(json)
    stored.isStored = true
    #expect(try stored.name() == name)
  }

  @Test(
    "a letter that only looks like those around it is shown as its number",
    arguments: [
      ("p\u{430}yments is up", #"p\u{430}yments is up"#), ("\u{421}I/CD", #"\u{421}I/CD"#),
      ("SQL-запрос", "SQL-запрос"), ("платежи и payments", "платежи и payments"), ("SQLем", "SQLем"),
    ])
  func shown(text: String, legible: String) {
    #expect(LegibleText.line(text) == legible)
  }
}
