import RelmDomain
import Testing

@Suite("Text that anybody can have written")
struct LegibleTextTests {
  @Test(
    "what steers, turns round or has no width is shown as its number",
    arguments: [
      ("\u{1B}[31mred", #"\u{1B}[31mred"#), ("a\u{9B}2Jb", #"a\u{9B}2Jb"#),
      ("user\u{202E}txt.exe", #"user\u{202E}txt.exe"#),
      ("pay\u{200B}pal", #"pay\u{200B}pal"#), ("\u{FEFF}x", #"\u{FEFF}x"#),
      ("a\u{2066}b\u{2069}", #"a\u{2066}b\u{2069}"#),
      ("a\u{7F}", #"a\u{7F}"#), ("a\u{0}b", #"a\u{0}b"#), ("a\u{2028}b", #"a\u{2028}b"#),
      ("a\u{AD}b", #"a\u{AD}b"#),
      ("\u{E0041}", #"\u{E0041}"#), ("\u{3164}", #"\u{3164}"#), ("a\u{85}b", #"a\u{85}b"#), ("a\rb", #"a\rb"#),
    ])
  func hidden(text: String, shown: String) {
    #expect(LegibleText.line(text) == shown)
    #expect(LegibleText.lines(text) == shown)
  }

  @Test(
    "what people write in their languages stays as it is",
    arguments: [
      "Ünïcode", "日本語のリリース", "Ελληνικά", "עברית", "العربية", "🙂❤️", "a~b", "",
    ])
  func plain(text: String) {
    #expect(LegibleText.line(text) == text)
  }

  @Test("lines stay lines where a text has several, and are told where it has one")
  func lines() {
    #expect(LegibleText.lines("a\n\tb\u{1B}") == "a\n\tb\\u{1B}")
    #expect(LegibleText.line("a\n\tb") == #"a\n\tb"#)
  }

  @Test("no scalar that is left can steer: of all there are")
  func everyScalar() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = LegibleText.line(String(scalar))
      #expect(
        !shown.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.properties.isBidiControl
        })
      if scalar.properties.isDefaultIgnorableCodePoint, !(0xFE0E...0xFE0F).contains(value),
        scalar.properties.generalCategory != .unassigned
      {
        #expect(shown != String(scalar), "\(String(value, radix: 16))")
      }
    }
  }
}
