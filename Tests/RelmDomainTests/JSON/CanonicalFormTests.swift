import RelmDomain
import RelmTestSupport
import Testing

@Suite("Canonical form (RFC 8785)")
struct CanonicalFormTests {
  @Test(
    "the published vectors come out byte for byte",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)),
    arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
  func vectors(_ name: String) throws {
    let canonical = try JSONDocument(Vectors.bytes("jcs/input/\(name).json")).canonicalBytes()
    #expect(canonical == (try Vectors.bytes("jcs/output/\(name).json")))
    let digits = try String(canonical: Vectors.bytes("jcs/outhex/\(name).txt"))
    let hex = digits.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
    #expect(canonical == hex)
  }

  @Test(
    "a double is written as ECMAScript writes it",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
      (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
      (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"), (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xC340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
      (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"), (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"),
      (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"),
      (0xBECB_F647_612F_3696, "-0.0000033333333333333333"), (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func doubles(_ bits: UInt64, _ text: String) {
    var writer = CanonicalWriter()
    writer.number(Double(bitPattern: bits))
    #expect(String(canonical: writer.bytes) == text)
  }

  @Test(
    "a literal is written in its canonical form",
    arguments: [
      ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("0e5", "0"), ("1", "1"), ("-1", "-1"), ("10", "10"),
      ("1.0", "1"),
      ("1.50", "1.5"), ("1e2", "100"), ("1E+2", "100"), ("12e-1", "1.2"), ("0.1", "0.1"),
      ("0.00001", "0.00001"),
      ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("123456789012345", "123456789012345"),
      ("9007199254740991", "9007199254740991"), ("-9007199254740991", "-9007199254740991"),
      ("9007199254740994", "9007199254740994"), ("100000000000000000000", "100000000000000000000"),
      ("18446744073709551616", "18446744073709552000"), ("18446744073709552000", "18446744073709552000"),
      ("1e20", "100000000000000000000"), ("1e21", "1e+21"), ("10000000000000000000000", "1e+22"),
      ("123e-20", "1.23e-18"), ("1.7976931348623157e308", "1.7976931348623157e+308"), ("4.5", "4.5"),
    ])
  func literals(_ literal: String, _ canonical: String) throws {
    #expect(String(canonical: try JSONDocument(literal.bytes).canonicalBytes()) == canonical)
  }

  @Test("what is written of any double reads as that double", arguments: 1...4 as ClosedRange<UInt64>)
  func doublesSurvive(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      var writer = CanonicalWriter()
      writer.number(value)
      let text = String(canonical: writer.bytes)
      #expect(Double(text) == value, "seed \(seed)")
      // It is JSON that is taken, and canonical already.
      let document = try JSONDocument(writer.bytes)
      #expect(document.root.number == value, "seed \(seed)")
      #expect(document.canonicalBytes() == writer.bytes, "seed \(seed)")
    }
  }

  @Test("large integers are taken where their digits survive, and only there", arguments: [1, 2] as [UInt64])
  func largeIntegers(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    for _ in 0..<5000 {
      let value = random.next() >> UInt64.random(in: 0...12, using: &random)
      let document = try? JSONDocument(String(value).bytes)
      var writer = CanonicalWriter()
      writer.number(Double(value))
      let survives = UInt64(exactly: Double(value)) == value || String(canonical: writer.bytes) == String(value)
      #expect((document != nil) == survives, "seed \(seed): \(value)")
      if let document { #expect(document.root.number == Double(value)) }
    }
  }

  @Test("names are sorted by UTF-16 code units, not by code points")
  func order() throws {
    let text = #"{"\ufb33":1,"\ud83d\ude02":2,"€":3,"a":4,"":5,"\r":6}"#
    let canonical = try JSONDocument(text.bytes).canonicalBytes()
    #expect(String(canonical: canonical) == "{\"\":5,\"\\r\":6,\"a\":4,\"€\":3,\"😂\":2,\"\u{FB33}\":1}")
  }

  @Test("only what must be is escaped")
  func escapes() throws {
    let text = #""\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001f\u0020\u0022\u005c\u002f\u007f\u00e9\u2028""#
    let expected = #""\u0000\b\t\n\u000b\f\r\u001f \"\\/"# + "\u{7F}é\u{2028}\""
    #expect(String(canonical: try JSONDocument(text.bytes).canonicalBytes()) == expected)
  }

  @Test("canonical form is a fixed point, with the same values", arguments: 1...300 as ClosedRange<UInt64>)
  func fixedPoint(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let text = random.json()
    let document = try JSONDocument(text.bytes)
    let once = document.canonicalBytes()
    let again = try JSONDocument(once)
    #expect(again.canonicalBytes() == once, "seed \(seed): \(text)")
    #expect(same(document.root, again.root), "seed \(seed): \(text)")
    // The reader of canonical bytes agrees on where the value ends.
    var reader = CanonicalReader(once)
    #expect(try reader.skip() == once.indices, "seed \(seed)")
  }

  private func same(_ left: JSONNode, _ right: JSONNode) -> Bool {
    guard left.kind == right.kind, left.count == right.count else { return false }
    return switch left.kind {
    case .null: true
    case .boolean: left.bool == right.bool
    case .number: left.number == right.number
    case .string: left.string.map { Array($0.utf8) } == right.string.map { Array($0.utf8) }
    case .array: zip(left.elements, right.elements).allSatisfy { same($0, $1) }
    case .object:
      left.members.allSatisfy { member in right[member.name].map { same(member.value, $0) } ?? false }
    }
  }

  @Test("an edit replaces values anywhere, and adds and omits members of the root")
  func edits() throws {
    let document = try JSONDocument(#"{"z":[1,{"secret":"x"}],"a":"ana@example.org","m":null}"#.bytes)
    var edits = JSONEdits()
    edits.replace(try #require(document.node(at: "/z/1/secret")), with: #"{"sealed":1}"#.bytes)
    edits.replace(try #require(document.node(at: "/a")), with: #""person:1""#.bytes)
    edits.omit("m")
    edits.add("b", "true".bytes)
    edits.add("zz", "2".bytes)
    let edited = String(canonical: document.canonicalBytes(edits: edits))
    #expect(edited == #"{"a":"person:1","b":true,"z":[1,{"secret":{"sealed":1}}],"zz":2}"#)
    var overriding = JSONEdits()
    overriding.add("a", "1".bytes)
    overriding.add("a", "2".bytes)
    #expect(String(canonical: document.canonicalBytes(edits: overriding)).hasPrefix(#"{"a":2,"m":null"#))
  }

  @Test("an inner value is written by itself")
  func inner() throws {
    let document = try JSONDocument(#" {"a": {"c": 1.0, "b": [ ]}} "#.bytes)
    let node = try #require(document.root["a"])
    #expect(String(canonical: document.canonicalBytes(of: node)) == #"{"b":[],"c":1}"#)
  }
}
