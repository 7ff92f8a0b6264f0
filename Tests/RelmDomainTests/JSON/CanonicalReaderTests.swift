import RelmDomain
import Testing

@Suite("Reading canonical bytes")
struct CanonicalReaderTests {
  private static let fields = FieldNames(
    "alpha", "beta", "deployment", "deploymentgroup", "deployments", "environment", "n")

  /// Reads an object of strings and numbers into "name=value" texts.
  private func read(_ text: String) throws(DecodingFailure) -> [String] {
    var reader = CanonicalReader(text.bytes)
    var found: [String] = []
    try reader.object(Self.fields) { (field, reader) throws(DecodingFailure) in
      let name = Self.fields[field]
      if reader.peekKind == .number {
        found.append("\(name)=\(try reader.integer())")
      } else {
        found.append("\(name)=\(try reader.string())")
      }
    }
    try reader.finish()
    return found
  }

  private func failure(_ body: () throws(DecodingFailure) -> Void) -> DecodingFailure? {
    do throws(DecodingFailure) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test("members are given by the index of their field, whichever are absent")
  func merge() throws {
    #expect(try read("{}").isEmpty)
    #expect(try read(#"{"alpha":"1","n":2}"#) == ["alpha=1", "n=2"])
    #expect(try read(#"{"deployment":"a","deploymentgroup":"b","deployments":"c"}"#).count == 3)
    #expect(try read(#"{"deploymentgroup":"é"}"#) == ["deploymentgroup=é"])
    #expect(try read(#"{"deployments":"\n\"","environment":"x"}"#) == ["deployments=\n\"", "environment=x"])
  }

  @Test(
    "an unknown member is named, with what was probably meant",
    arguments: [
      (#"{"alpah":1}"#, "/alpah", "did you mean “alpha”"), (#"{"zebra":1}"#, "/zebra", "“zebra” is not known"),
      (#"{"alpha":1,"bet":2}"#, "/bet", "did you mean “beta”"),
      (#"{"deploymentgroups":1}"#, "/deploymentgroups", "did you"),
      (#"{"a/b":1}"#, "/a~1b", "not known"), (#"{"":1}"#, "/", "not known"), (#"{"é":1}"#, "/é", "not known"),
      (#"{"n":1,"alpha":1}"#, "/alpha", "out of order or twice"),
      (#"{"n":1,"n":1}"#, "/n", "out of order or twice"),
    ])
  func unknown(_ text: String, _ pointer: String, _ reason: String) throws {
    let failure = try #require(failure { () throws(DecodingFailure) in _ = try read(text) })
    #expect(failure.pointer == pointer)
    #expect(failure.reason.contains(reason), "\(failure)")
  }

  @Test("what a body leaves unread is skipped")
  func skipping() throws {
    var reader = CanonicalReader(#"{"alpha":[{"x":[1,2]},"]"],"n":5}"#.bytes)
    var last: Int64 = 0
    try reader.object(Self.fields) { (field, reader) throws(DecodingFailure) in
      if field == 6 { last = try reader.integer() }
    }
    #expect(last == 5)
    #expect(reader.atEnd)
  }

  @Test("a failure inside points from the root")
  func pointers() throws {
    var reader = CanonicalReader(#"{"alpha":[{"n":1},{"n":"x"}]}"#.bytes)
    let failure = failure { () throws(DecodingFailure) in
      try reader.object(Self.fields) { (_, reader) throws(DecodingFailure) in
        try reader.array { (reader) throws(DecodingFailure) in
          try reader.object(Self.fields) { (_, reader) throws(DecodingFailure) in _ = try reader.integer() }
        }
      }
    }
    #expect(failure == DecodingFailure(pointer: "/alpha/1/n", reason: "a number is needed here, not a string"))
  }

  @Test("scalars are read, and others are refused in words")
  func scalars() throws {
    func reader(_ text: String) -> CanonicalReader { CanonicalReader(text.bytes) }
    var value = reader("true")
    #expect(try value.bool() && value.atEnd)
    value = reader("false")
    #expect(try !value.bool() && value.atEnd)
    value = reader("null")
    #expect(value.null() && value.atEnd)
    value = reader("-12.5e+3")
    #expect(try value.number() == -12500 && value.atEnd)
    value = reader("9007199254740991")
    #expect(try value.integer() == 9_007_199_254_740_991)
    value = reader("-7")
    #expect(try value.integer(in: -7...7) == -7)
    for (text, reason) in [
      ("8", "8 is not between -7 and 7"), ("-8", "not between"), ("9007199254740992", "not between"),
      ("99999999999999999999999999", "not between"), ("1.5", "whole number"), ("1e3", "whole number"),
      ("01", "begins with a zero"), ("-0", "begins with a zero"), ("-", "a number is needed"), ("", "nothing"),
      (#""1""#, "not a string"), ("true", "not true or false"),
    ] {
      var value = reader(text)
      let failure = failure { () throws(DecodingFailure) in _ = try value.integer(in: -7...7) }
      #expect(failure?.reason.contains(reason) == true, "\(text): \(String(describing: failure))")
    }
    for text in ["tru", "truex", "1", "", "falsey"] {
      var value = reader(text)
      #expect(failure { () throws(DecodingFailure) in _ = try value.bool() } != nil, "\(text)")
    }
    for text in [#""""#, "5", #""a"#, "\"\u{1}\"", #""\x""#, #""\ud800""#, #""\""#] {
      var value = reader(text)
      #expect(failure { () throws(DecodingFailure) in _ = try value.nonEmptyString() } != nil, "\(text)")
    }
    for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3]] as [[UInt8]] {
      var value = CanonicalReader(bytes)
      #expect(failure { () throws(DecodingFailure) in _ = try value.string() } != nil)
    }
  }

  @Test("a choice is read out of its list, and the refusal says the list and the nearest")
  func choice() throws {
    let outcomes = FieldNames(["cancelled", "failed", "succeeded"])
    var reader = CanonicalReader(#""failed""#.bytes)
    #expect(try reader.choice(of: outcomes) == 1)
    reader = CanonicalReader(#""suceeded""#.bytes)
    let failure = failure { () throws(DecodingFailure) in _ = try reader.choice(of: outcomes) }
    #expect(failure?.reason == "“suceeded” is none of cancelled, failed, succeeded; did you mean “succeeded”?")
  }

  @Test(
    "skipping refuses what does not end as it should",
    arguments: [
      "", "[", "{", "[1", #"{"a":1"#, "]", "}", ",", ":", "[}", "{]", #""abc"#,
      "[1]]x".dropLast(3).description + "]}",
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65), " ", "\u{1}",
    ])
  func badSkips(_ text: String) {
    var reader = CanonicalReader(text.bytes)
    let failed =
      failure { () throws(DecodingFailure) in
        try reader.skip()
        try reader.finish()
      } != nil
    #expect(failed, "\(text)")
  }

  @Test("a part of a buffer is read by itself")
  func ranges() throws {
    var reader = CanonicalReader("[12,34]".bytes, range: 1..<3)
    #expect(try reader.integer() == 12)
    #expect(reader.atEnd)
  }

  @Test("nothing is read beyond the end of the part, whatever stands there")
  func cutOff() throws {
    let text = #"{"alpha":"1","deploymentgroup":"2","n":3}"#.bytes
    let buffer = text + #""x":1}}}}}}}}"#.bytes
    for end in 0..<text.count {
      var reader = CanonicalReader(buffer, range: 0..<end)
      let failure = failure { () throws(DecodingFailure) in
        try reader.object(Self.fields) { (_, _) throws(DecodingFailure) in }
      }
      #expect(failure != nil, "cut at \(end)")
    }
    var reader = CanonicalReader(buffer, range: 0..<text.count)
    try reader.object(Self.fields) { (_, _) throws(DecodingFailure) in }
    #expect(reader.atEnd)
  }

  @Test("damaged bytes are a failure or a value, never a trap", arguments: 1...40 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let canonical = try JSONDocument(random.json(depth: 5).bytes).canonicalBytes()
    for _ in 0..<300 {
      var bytes = canonical
      for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        default: bytes[place] = #"{}[]",:\-0e"#.bytes.randomElement(using: &random) ?? 0
        }
      }
      var reader = CanonicalReader(bytes)
      _ = failure { () throws(DecodingFailure) in
        try decode(&reader, &random)
        try reader.finish()
      }
    }
  }

  /// Reads whatever stands there by what its first byte promises, now and then by another.
  private func decode(_ reader: inout CanonicalReader, _ random: inout SeededBytes) throws(DecodingFailure) {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: _ = try reader.string()
    case 1: _ = try reader.integer()
    case 2: _ = try reader.choice(of: Self.fields)
    case 3: _ = try reader.skip()
    case 4: _ = try reader.number()
    default: break
    }
    switch reader.peekKind {
    case .object:
      try reader.object(Self.fields) { (_, reader) throws(DecodingFailure) in try decode(&reader, &random) }
    case .array: try reader.array { (reader) throws(DecodingFailure) in try decode(&reader, &random) }
    case .string: _ = try reader.nonEmptyString()
    case .number: _ = try Bool.random(using: &random) ? Double(reader.integer()) : reader.number()
    case .boolean: _ = try reader.bool()
    case .null, nil: _ = reader.null()
    }
  }
}
