import RelmBytes
import RelmDomain
import RelmYAML
import Testing

@testable import RelmInterchange

@Suite("A YAML document")
struct YAMLDocumentTests {
  private func json(_ text: String, _ fields: [FieldDescription] = []) throws -> String {
    String(decoding: try YAMLDocument(Array(text.utf8)).root.json(fields), as: UTF8.self)
  }

  private func error(_ text: String) throws -> String { try error(Array(text.utf8)) }

  private func error(_ bytes: [UInt8]) throws -> String {
    do throws(YAMLError) {
      let root = try YAMLDocument(bytes).root
      _ = try root.json([])
    } catch {
      return "\(error)"
    }
    Issue.record("it was taken")
    return ""
  }

  @Test(
    "a plain scalar is what the core schema of YAML 1.2 reads",
    arguments: [
      ("null", "null"), ("~", "null"), ("", "null"), ("Null", "null"), ("nULL", "\"nULL\""),
      ("true", "true"), ("FALSE", "false"), ("True", "true"), ("tRUE", "\"tRUE\""),
      // The Norway problem: none of these is a boolean.
      ("no", "\"no\""), ("NO", "\"NO\""), ("yes", "\"yes\""), ("on", "\"on\""), ("off", "\"off\""),
      ("y", "\"y\""),
      ("3", "3"), ("+3", "3"), ("-3", "-3"), ("007", "7"), ("0o17", "15"), ("0x1F", "31"), ("0o18", "\"0o18\""),
      ("-0", "0"), ("1.10", "1.1"), (".5", "0.5"), ("5.", "5"), ("1e3", "1000"), ("1E-2", "0.01"),
      ("1e", "\"1e\""),
      ("1_000", "\"1_000\""), ("0b1", "\"0b1\""), ("12:30:45", "\"12:30:45\""),
      ("2026-12-01", "\"2026-12-01\""),
      ("2026-12-01T00:00:00Z", "\"2026-12-01T00:00:00Z\""), ("1.2.3", "\"1.2.3\""), (".", "\".\""),
      ("-", "[null]"),
      ("'3'", "\"3\""), ("\"true\"", "\"true\""), ("''", "\"\""), ("a b", "\"a b\""), ("+", "\"+\""),
      ("9007199254740991", "9007199254740991"),
    ])
  func core(_ scalar: String, _ value: String) throws {
    #expect(try json("k: " + (scalar == "-" ? "\n  -" : scalar)) == "{\"k\":\(value)}")
  }

  @Test("where a text belongs, a plain scalar is its text as it is written; but nothing is no text")
  func texts() throws {
    let text = FieldDescription(name: "k", shape: .string, kind: "", meaning: "")
    for word in ["3", "1.10", "010", "0x1F", "no", "true", "1e999", ".inf", "2026-12-01"] {
      #expect(try json("k: \(word)", [text]) == "{\"k\":\"\(word)\"}")
      #expect(try json("k: [\(word)]", [text]) == "{\"k\":[\"\(word)\"]}")
    }
    for word in ["", "~", "null"] { #expect(try json("k: \(word)", [text]) == "{\"k\":null}") }
    let nested = FieldDescription(name: "o", shape: .object, kind: "", meaning: "", fields: [text])
    #expect(try json("o: {k: 1, n: 1}", [nested]) == #"{"o":{"k":"1","n":1}}"#)
    #expect(try json("o:\n- k: 1\n- {k: 2}", [nested]) == #"{"o":[{"k":"1"},{"k":"2"}]}"#)
  }

  @Test("JSON is YAML, and comes out as it went in, canonical")
  func sameAsJSON() throws {
    let text = #"{"b":[1,2.5,{"é":"\u00e9 \" \\ \/ \n"}],"a":{"x":null,"y":[true,false,[]],"z":{}}}"#
    #expect(
      try json(text) == String(decoding: try JSONDocument(Array(text.utf8)).canonicalBytes(), as: UTF8.self))
  }

  @Test("blocks, folds, quotes, comments, line ends of any kind and a byte order mark are read")
  func notations() throws {
    #expect(
      try json(
        "\u{FEFF}# c\r\n---\r\na: |\r\n  one\r\n  two\r\nb: >-\r\n  one\r\n  two\r\n'c d': \"\\u00e9\\t\" # c\r\n...\r\n"
      )
        == #"{"a":"one\ntwo\n","b":"one two","c d":"é\t"}"#)
  }

  @Test("every value and every name has its place, in characters")
  func places() throws {
    let document = try YAMLDocument(Array("é: 1\nlist:\n  - {x: ü, yy: [a, b]}\n  -\n    z/~: 3\n".utf8))
    func place(_ pointer: String, name: Bool = false) -> String {
      "\(document.place(of: pointer, isName: name))"
    }
    #expect(place("") == "1:1")
    #expect(place("/é") == "1:4")
    #expect(place("/é", name: true) == "1:1")
    #expect(place("/list/0") == "3:5")
    #expect(place("/list/0/x") == "3:9")
    #expect(place("/list/0/yy", name: true) == "3:12")
    #expect(place("/list/0/yy/1") == "3:20")
    #expect(place("/list/1/z~1~0") == "5:10")
    // What is not there is shown where it would be.
    #expect(place("/list/1/gone") == "5:5")
    #expect(place("/list/7/gone") == "3:3")
  }

  @Test("what has more than one reading is refused with its place")
  func refusals() throws {
    let elsewhere = "write things out where they belong"
    #expect(try error("") == "1:1: there is nothing in it but space and comments")
    #expect(try error("\n# nothing\n") == "1:1: there is nothing in it but space and comments")
    #expect(try error("a: 1\n---\nb: 2\n") == "3:1: a second document begins before here; write one to a file")
    #expect(try error("a: &x 1\nb: 2\n") == "1:4: “&x” is an anchor; \(elsewhere)")
    #expect(try error("a: &x {b: 1}\nc: *x\n") == "1:4: “&x” is an anchor; \(elsewhere)")
    #expect(try error("a: {b: &x 1, c: *x, *x : 2}\n") == "1:8: “&x” is an anchor; \(elsewhere)")
    #expect(try error("&k a: 1\n") == "1:1: “&k” is an anchor; \(elsewhere)")
    #expect(try error("a: *x\n") == "1:4: not YAML: found undefined alias")
    #expect(try error("<<: {a: 1}\n") == "1:1: “<<” is a merge key; \(elsewhere)")
    #expect(try error("a: !!str 1\n") == "1:4: a tag, “tag:yaml.org,2002:str”, stands here; none is taken")
    #expect(try error("a: !mine [1]\n") == "1:4: a tag, “!mine”, stands here; none is taken")
    #expect(try error("!!map {a: 1}\n") == "1:1: a tag, “tag:yaml.org,2002:map”, stands here; none is taken")
    #expect(try error("a: ! [1]\n") == "1:4: a tag, “!”, stands here; none is taken")
    // What such a tag says of a text is true without it.
    #expect(try json("! a: !!str \"b\"\n!!str c: d\n") == #"{"a":"b","c":"d"}"#)
    #expect(try error("1: 2\n") == "1:1: the key “1” is no text; quote it if it is meant as one")
    #expect(try error("a: 1\nnull: 2\n") == "2:1: the key “null” is no text; quote it if it is meant as one")
    #expect(try error("? [a]\n: 2\n") == "1:3: a key is a text, not a list or an object")
    #expect(try error("a: .nan\n") == "1:4: “.nan” is no number that JSON has; quote it if it is a text")
    #expect(try error("a: 1e999\n").hasPrefix("1:4: "))
    #expect(try error("a: 0xFFFFFFFFFFFFFFFFFF\n").hasPrefix("1:4: "))
  }

  @Test("a key that stands twice is refused with both places")
  func twice() throws {
    #expect(try error("id: a\nx: 1\nid: b\n") == "3:1: the key “id” stands twice, first at 1:1")
    #expect(try error("a: {x: 1, y: 2, \"x\": 3}\n") == "1:17: the key “x” stands twice, first at 1:5")
    #expect(try error("l:\n  - q: 1\n    'q': 2\n") == "3:5: the key “q” stands twice, first at 2:5")
    #expect(try error(#"{"id": 1, "id": 2}"#) == "1:11: the key “id” stands twice, first at 1:2")
    // Where it stands is known, not looked for: this “x” in a text is no key.
    #expect(try error("x: 1\ny: 'a, x: b'\nz: 3\n\"x\" : 4\n") == "4:1: the key “x” stands twice, first at 1:1")
    #expect(try error("b: 1\na: 1\nb: 2\na: 2\n") == "3:1: the key “b” stands twice, first at 1:1")
    #expect(try json("a: {x: 1}\nb: {x: 2}\n") == #"{"a":{"x":1},"b":{"x":2}}"#)
  }

  @Test("tabs, stray characters and bytes that are no text are refused with their place")
  func characters() throws {
    #expect(try error("a:\n\tb: 1\n") == "2:1: a tab stands here; YAML indents with spaces")
    #expect(try error("a:\n  b: 1\n\tc: 1\n") == "3:1: a tab stands here; YAML indents with spaces")
    #expect(try error(Array("a: é\nbc: ".utf8) + [0xC3, 0x28]) == "2:5: it is not UTF-8 from here on")
    #expect(try error(Array("a: b".utf8) + [0]) == "1:5: a control character stands here, U+0000")
    for text in ["a: \u{FEFF}b", "a: \"\\uFEFFb\"", "a: \"\\U0000feff\""] {
      #expect(try error(text).hasSuffix(" a character that nobody sees stands here, U+FEFF; take it away"))
    }
    #expect(try error("a: \u{1B}[1m\n") == "1:4: a control character stands here, U+001B")
    #expect(try error("a: 1\né: \u{80}\n") == "2:4: not YAML: control characters are not allowed")
    #expect(try error("a: [1, 2\n").hasPrefix("2:1: not YAML: "))
    #expect(try error("a: b: c\n").hasPrefix("1:5: not YAML: "))
    #expect(try error("a: \"b\n").hasPrefix("2:1: not YAML: "))
  }

  @Test("what is too deep, too large or grows without end is refused before it costs anything")
  func limits() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try json(nested(64)) == nested(64))
    #expect(try error(nested(65)) == "1:65: it is nested deeper than 64")
    #expect(try error(String(repeating: "[", count: 500_000)) == "1:65: it is nested deeper than 64")
    #expect(try error(String(repeating: "{a: ", count: 200_000)).hasSuffix(" it is nested deeper than 64"))
    #expect(try error("- " + String(repeating: "- ", count: 90) + "a") == "1:129: it is nested deeper than 64")
    #expect(try error(String(repeating: "a", count: 1 << 20 + 1)) == "1:1: the text is larger than 1 MiB")
    #expect(try json("a: " + String(repeating: "b", count: (1 << 20) - 3)).utf8.count == (1 << 20) + 5)
    let bomb = (1...12).map { level in
      "l\(level): &l\(level) ["
        + (1...9).map { _ in level == 1 ? "x" : "*l\(level - 1)" }.joined(separator: ", ") + "]\n"
    }.joined()
    #expect(try error(bomb) == "1:5: here anchors and aliases begin; write things out where they belong")
    #expect(try error("? " + bomb.replacing("\n", with: "\n? ") + "*l12\n").hasPrefix("1:"))
    #expect(
      try error("# c\n" + (0..<60_000).map { "%TAG !a\($0)! x\n" }.joined() + "---\na: 1\n")
        == "2:1: here directives of tags begin; no tag is taken")
    // A few of them change nothing, and in a text they are none.
    #expect(try json("%TAG !a! x\n---\na: 1\n") == #"{"a":1}"#)
    #expect(try json("a: |\n" + String(repeating: "  %TAG x\n", count: 100)).contains("%TAG x"))
    // Such signs in a text are no aliases.
    #expect(try json("a: R & D, *bold* and &c\n") == #"{"a":"R & D, *bold* and &c"}"#)
  }

  @Test(
    "whatever bytes it is given, it answers, and every place is in the text",
    arguments: 0..<400 as Range<UInt64>)
  func anything(seed: UInt64) throws {
    var chance = ChanceOfYAML(seed: seed)
    let pieces =
      [
        "a: ", "- ", "? ", ": ", "{", "}", "[", "]", ", ", "\n", "  ", "\"", "'", "|", ">", "&a ", "*a", "!t ",
        "<<", "#",
      ]
      + [
        "%YAML 1.2\n", "---\n", "...\n", "\\u00", "\\uD800", "\\UFFFFFFFF", "\t", "\r", "é", "\u{2028}", "@",
        "`", "~", "1", "x",
      ]
    for _ in 0..<50 {
      var bytes: [UInt8] = []
      for _ in 0..<chance.number(below: 24) { bytes += Array(pieces[chance.number(below: pieces.count)].utf8) }
      if chance.number(below: 4) == 0, !bytes.isEmpty {
        bytes[chance.number(below: bytes.count)] = UInt8(chance.number(below: 256))
      }
      do throws(YAMLError) {
        let json = try YAMLDocument(bytes).root.json([])
        #expect(throws: Never.self, "seed \(seed)") { try JSONDocument(json) }
      } catch {
        let lines =
          bytes.count { $0 == 0x0A || $0 == 0x0D } + 2
          + String(decoding: bytes, as: UTF8.self).count { $0 == "\u{2028}" }
        #expect((1...lines).contains(error.place.line) && error.place.column >= 1, "seed \(seed): \(error)")
      }
    }
  }
}

/// Numbers by chance, the same for the same seed (SplitMix64).
private struct ChanceOfYAML {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }
}
