import RelmDomain
import Testing

@Suite("What is refused as JSON")
struct JSONRefusalTests {
  private func refusal(_ text: String) -> JSONError? { refusal(text.bytes) }

  private func refusal(_ bytes: [UInt8], range: Range<Int>? = nil, line: Int = 1) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONDocument(bytes, range: range, line: line)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "a text that is not JSON is refused with place, pointer and reason",
    arguments: [
      ("", 1, 1, "", "the input ends where a value"),
      ("  ", 1, 3, "", "the input ends where a value"),
      ("{", 1, 2, "", "where a member name"),
      ("[", 1, 2, "/0", "the input ends where a value"),
      ("[1", 1, 3, "/0", "ends inside an array"),
      (#"{"a":1"#, 1, 7, "/a", "ends inside an object"),
      ("[1,]", 1, 4, "/1", "comma too many"),
      (#"{"a":1,}"#, 1, 8, "", "where a member name"),
      ("[1 2]", 1, 4, "/0", "where a comma or the end of the array"),
      (#"{"a" 1}"#, 1, 6, "/a", "where the colon"),
      ("{a:1}", 1, 2, "", "where a member name"),
      ("{'a':1}", 1, 2, "", "where a member name"),
      ("[1}", 1, 3, "/0", "where a comma or the end of the array"),
      ("1 1", 1, 3, "", "after the end"),
      ("{} x", 1, 4, "", "after the end"),
      ("tru", 1, 1, "", "text needs double quotes"),
      ("nulL", 1, 1, "", "text needs double quotes"),
      ("NaN", 1, 1, "", "where a value should stand"),
      ("// x", 1, 1, "", "where a value should stand"),
      ("01", 1, 1, "", "must not begin with a zero"),
      ("-01", 1, 1, "", "must not begin with a zero"),
      ("-", 1, 2, "", "must have digits"),
      ("+1", 1, 1, "", "where a value should stand"),
      ("1.", 1, 3, "", "decimal point"),
      (".5", 1, 1, "", "where a value should stand"),
      ("1e", 1, 3, "", "exponent"),
      ("1e+", 1, 4, "", "exponent"),
      (#""a"#, 1, 3, "", "ends inside a string"),
      (#""a\"#, 1, 3, "", "ends inside a string"),
      (#""\x""#, 1, 2, "", "a backslash"),
      (#""\u12g4""#, 1, 2, "", "four hexadecimal digits"),
      ("\"a\tb\"", 1, 3, "", "control character"),
      ("\"a\nb\"", 1, 3, "", "control character"),
      ("\u{FEFF}{}", 1, 1, "", "byte order mark"),
      ("{\"é\": 1,\n \"b\": [true, {\"c/~\": flase}]}", 2, 22, "/b/1/c~1~0", "where a value should stand"),
    ])
  func syntax(_ text: String, _ line: Int, _ column: Int, _ pointer: String, _ reason: String) throws {
    let error = try #require(refusal(text), "\(text) was taken")
    #expect(error.line == line, "\(error)")
    #expect(error.column == column, "\(error)")
    #expect(error.pointer == pointer, "\(error)")
    #expect(error.reason.contains(reason), "\(error)")
  }

  @Test(
    "two members of one name are refused at the second, however they are spelt",
    arguments: [
      (#"{"a":1,"b":2,"a":3}"#, "/a", 14), (#"{"b":1,"\u0062":2}"#, "/b", 8),
      (#"[{"x":{"é":1,"\u00e9":2}}]"#, "/0/x/é", 14), (#"{"":1,"":2}"#, "/", 7),
      (
        #"{"p":1,"o":1,"n":1,"m":1,"l":1,"k":1,"j":1,"i":1,"h":1,"g":1,"f":1,"e":1,"d":1,"c":1,"p":1}"#, "/p",
        86
      ),
    ])
  func duplicates(_ text: String, _ pointer: String, _ column: Int) throws {
    let error = try #require(refusal(text))
    #expect(error.pointer == pointer)
    #expect(error.column == column)
    #expect(error.reason.contains("twice"))
  }

  @Test("names that only look alike are two names")
  func lookalikes() throws {
    // One letter composed, one of two scalars: RFC 8259 compares code units.
    let document = try JSONDocument("{\"\u{E9}\":1,\"e\u{301}\":2}".bytes)
    #expect(document.root.count == 2)
    #expect(document.root["\u{E9}"]?.integer == 1)
    #expect(document.root["e\u{301}"]?.integer == 2)
  }

  @Test(
    "half a surrogate pair is refused",
    arguments: [
      #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud83d\u0041""#,
    ])
  func escapedSurrogates(_ text: String) throws {
    #expect(try #require(refusal(text)).reason.contains("surrogate"))
  }

  @Test("half a surrogate pair as bytes is refused")
  func rawSurrogates() throws {
    let error = try #require(refusal([0x22, 0xED, 0xA0, 0x80, 0x22]))
    #expect(error.reason.contains("surrogate"))
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xE2, 0x28, 0xA1],
    ] as [[UInt8]])
  func illFormed(_ bytes: [UInt8]) throws {
    let error = try #require(refusal([0x22] + bytes + [0x22]))
    #expect(error.reason.contains("UTF-8"))
    #expect(error.column == 2)
  }

  @Test(
    "a number that a double does not hold is refused",
    arguments: [
      ("1e400", "outside the range"), ("-1e309", "outside the range"), ("1e-400", "too near to zero"),
      ("9007199254740993", "cannot be held exactly"), ("-9007199254740993", "cannot be held exactly"),
      ("100000000000000000001", "cannot be held exactly"),
      ("18446744073709551615", "it would become 18446744073709552000"),
      ("100000000000000000000000", "it would become 1e+23"),
      ("1" + String(repeating: "0", count: 309), "outside the range"),
    ])
  func numbers(_ literal: String, _ reason: String) throws {
    let error = try #require(refusal("{\"n\":\(literal)}"), "\(literal) was taken")
    #expect(error.pointer == "/n")
    #expect(error.column == 6)
    #expect(error.reason.contains(reason), "\(error)")
  }

  @Test(
    "a number with a fraction or an exponent is refused where it says more than a double holds, as its plain form is",
    arguments: [
      "9007199254740993.0", "9007199254740993e0", "900719925474099.3e1", "-9007199254740993.00",
      "100000000000000000001.0", "0.123456789012345678901", "1.0000000000000000001",
    ])
  func fractions(_ literal: String) throws {
    #expect(refusal(literal)?.reason.contains("cannot be held exactly") == true, "\(literal)")
  }

  @Test(
    "a number is taken as programs print a double: to 17 digits, with zeros behind, with an exponent",
    arguments: [
      "0.1", "0.10000000000000001", "333333333.33333329", "1E30", "1e23", "4.50", "2e-3",
      "0.000000000000000000000000001",
      "9007199254740992.0", "1.7976931348623157e308", "5e-324", "123456789.000", "0.0", "-0.0", "12e2",
      "1.5e300",
    ])
  func fractionsTaken(_ literal: String) throws {
    #expect(refusal(literal) == nil, "\(literal)")
  }

  @Test("an integer is taken to its last digit, and refused for any other")
  func exactness() throws {
    let largest =
      "179769313486231570814527423731704356798070567525844996598917476803157260780028538760589558"
      + "632766878171540458953514382464234321326889464182768467546703537516986049910576551282076245"
      + "490090389328944075868508455133942304583236903222948165808559332123348274797826204144723168"
      + "738177180919299881250404026184124858368"
    #expect(try JSONDocument(largest.bytes).root.number == .greatestFiniteMagnitude)
    #expect(try JSONDocument("-\(largest)".bytes).root.number == -.greatestFiniteMagnitude)
    let other = largest.dropLast() + "9"
    #expect(refusal(String(other))?.reason.contains("cannot be held exactly") == true)
    #expect(try JSONDocument("1267650600228229401496703205376".bytes).root.number == 0x1p100)
    #expect(refusal("1267650600228229401496703205377") != nil)
  }

  @Test("nesting is taken to 64 and refused beyond")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(refusal(nested(64)) == nil)
    let error = try #require(refusal(nested(65)))
    #expect(error.reason.contains("64"))
    #expect(error.column == 65)
    #expect(self.refusal(String(repeating: "[", count: 1_000_000)) != nil)
    #expect(self.refusal(String(repeating: #"{"a":"#, count: 1_000_000)) != nil)
  }

  @Test("one line of a larger buffer is read by itself, and counted from its own number")
  func slice() throws {
    let lines = "{\"a\":1}\n{\"b\": é}\n{\"c\":3}".bytes
    let first = try JSONDocument(lines, range: 0..<7, line: 1)
    #expect(first.root["a"]?.integer == 1)
    let error = try #require(refusal(lines, range: 8..<17, line: 2))
    #expect(error.line == 2)
    #expect(error.column == 7)
    #expect(error.reason.hasPrefix("“é”"))
    let third = try JSONDocument(lines, range: 18..<25, line: 3)
    #expect(third.root["c"]?.line == 3)
  }

  @Test("a damaged text is refused or read, and never traps", arguments: 1...40 as ClosedRange<UInt64>)
  func damage(seed: UInt64) {
    var random = SeededBytes(seed: seed)
    let text = random.json().bytes
    for _ in 0..<200 {
      var bytes = text
      for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        if Bool.random(using: &random) {
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        } else {
          bytes.remove(at: place)
        }
      }
      guard let document = try? JSONDocument(bytes) else { continue }
      let canonical = document.canonicalBytes()
      #expect((try? JSONDocument(canonical))?.canonicalBytes() == canonical, "seed \(seed)")
    }
  }
}
