import RelmDomain
import RelmProof
import Testing

@Suite("Records")
struct RecordTests {
  private static let recorded = Instant(microseconds: 1_795_379_220_123_000)
  private static let leaf = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

  private func claim(_ members: String = "") throws -> Claim {
    let text =
      #"{"specversion":"1.0","id":"1","source":"/ci","type":"t"\#(members.isEmpty ? "" : ",")\#(members)}"#
    return try Claim.parse(JSONDocument(text.bytes).root)
  }

  @Test("the ledger's attributes stand where canonical order has them")
  func make() throws {
    let previous = try #require(Digest(base64: Self.leaf))
    let claim = try claim(
      #""subject":"s","data":{"a":[1,{}]},"streamq":"x","r":1,"time":"2026-11-22T20:26:58Z""#)
    let bytes = try Record.make(claim, recordedTime: Self.recorded, streamVersion: 7, streamPrevious: previous)
      .get()
    #expect(
      String(canonical: bytes)
        == #"{"data":{"a":[1,{}]},"id":"1","r":1,"recordedtime":"2026-11-22T20:27:00.123Z","source":"/ci","#
        + #""specversion":"1.0","streamprevious":"\#(Self.leaf)","streamq":"x","streamversion":7,"subject":"s","#
        + #""time":"2026-11-22T20:26:58Z","type":"t"}"#)
    #expect(try JSONDocument(bytes).canonicalBytes() == bytes)
    let record = try Record(bytes)
    #expect(record.recordedTime == Self.recorded)
    #expect(record.streamVersion == 7)
    #expect(record.streamPrevious == previous)
    #expect(try record.claim == claim)
  }

  @Test("an envelope is what its bytes say")
  func envelope() throws {
    let claim = try claim(
      #""subject":"s\"é","time":"2026-11-22T20:26:58+01:00","dataschema":"urn:x","datacontenttype":"text/plain","authid":"a","#
        + #""authtype":"user","authsignature":"sig","causationid":"c","correlationid":"d","data":{"x":1},"ext":5"#
    )
    let envelope = claim.envelope
    #expect(envelope.id == "1")
    #expect(envelope.source == "/ci")
    #expect(envelope.type == "t")
    #expect(envelope.subject == "s\"é")
    #expect(envelope.time?.text == "2026-11-22T20:26:58+01:00")
    #expect(envelope.timeInstant == envelope.time?.instant)
    #expect(envelope.dataschema == "urn:x")
    #expect(envelope.datacontenttype == "text/plain")
    #expect(envelope.authid == "a")
    #expect(envelope.authtype == "user")
    #expect(envelope.authsignature == "sig")
    #expect(envelope.causationid == "c")
    #expect(envelope.correlationid == "d")
    #expect(envelope.dataBase64 == nil)
    #expect(envelope.data.map { String(canonical: Array(envelope.bytes[$0])) } == #"{"x":1}"#)
    #expect(envelope.dataReader?.peekKind == .object)
    #expect(envelope.recordedTime == nil && envelope.streamVersion == nil && envelope.streamPrevious == nil)
    let escaped = try Envelope(#"{"id":"a\"\\b","source":"é","specversion":"1.0","type":"t"}"#.bytes)
    #expect(escaped.id == "a\"\\b")
    #expect(escaped.withIDBytes { Array($0) } == "a\"\\b".bytes)
    #expect(escaped.withSourceBytes { Array($0) } == "é".bytes)
    #expect(escaped.data == nil && escaped.subject == nil && escaped.time == nil)
    #expect(try self.claim(#""data_base64":"AAAA""#).envelope.dataBase64 == "AAAA")
  }

  @Test(
    "bytes that are no record are refused",
    arguments: [
      "", "[]", "{}", #"{"id":"1","source":"/","specversion":"1.0"}"#,
      #"{"id":"1","specversion":"1.0","type":"t"}"#,
      #"{"source":"/","specversion":"1.0","type":"t"}"#,
      #"{"id":"1","source":"/","specversion":"1.0","type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","type":"t"}"#,
      #"{"id":"1","recordedtime":"2026","source":"/","specversion":"1.0","streamversion":0,"type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","streamversion":1,"type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"2.0","streamversion":0,"type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","streamversion":-1,"type":"t"}"#,
      #"{"id":"\x","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","streamversion":0,"type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","streamprevious":"x","streamversion":1,"type":"t"}"#,
      #"{"id":"1","recordedtime":"2026-11-22T20:27:00.123Z","source":"/","specversion":"1.0","streamversion":0,"type":"t"}x"#,
    ])
  func refusals(_ text: String) {
    #expect(throws: DecodingFailure.self) { try Record(text.bytes) }
  }

  @Test("a record is at most 65,535 bytes")
  func size() throws {
    func record(_ length: Int) throws -> Result<[UInt8], Record.TooLarge> {
      let claim = try claim(#""data":"\#(String(repeating: "x", count: length))""#)
      return Record.make(claim, recordedTime: Self.recorded, streamVersion: 0, streamPrevious: nil)
    }
    let overhead = try record(0).get().count
    #expect(try record(Record.maximumBytes - overhead).get().count == 65_535)
    #expect(try record(Record.maximumBytes - overhead + 1) == .failure(Record.TooLarge(bytes: 65_536)))
  }

  @Test("what is put into a claim is taken out of the record again", arguments: 1...200 as ClosedRange<UInt64>)
  func inverse(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let extras = [
      "a", "re", "recordedtimf", "recordedtime2", "s", "spf", "streamp", "streamprevious0", "streamv",
      "streamx", "z",
    ]
    var members = extras.filter { _ in Bool.random(using: &random) }.map { "\"\($0)\":\"v\"" }
    if Bool.random(using: &random) { members.append("\"data\":\(random.json())") }
    if Bool.random(using: &random) { members.append(#""subject":"x""#) }
    let claim = try claim(members.shuffled(using: &random).joined(separator: ","))
    let version = Bool.random(using: &random) ? 0 : random.next() >> 12
    let leaf: Digest = try #require(Digest(base64: Self.leaf))
    let previous = version == 0 ? nil : leaf
    let bytes = try Record.make(
      claim, recordedTime: Self.recorded, streamVersion: version, streamPrevious: previous
    ).get()
    #expect(try JSONDocument(bytes).canonicalBytes() == bytes, "seed \(seed)")
    #expect(try Record.claimBytes(of: bytes) == claim.bytes, "seed \(seed)")
    #expect(try Record(bytes).streamVersion == version, "seed \(seed)")
  }

  @Test("a damaged record is a failure or a record, never a trap", arguments: 1...20 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let claim = try claim(#""data":{"a":["é","\n"]},"subject":"s","time":"2026-11-22T20:26:58Z","x":5"#)
    let previous = try #require(Digest(base64: Self.leaf))
    let whole = try Record.make(claim, recordedTime: Self.recorded, streamVersion: 3, streamPrevious: previous)
      .get()
    for _ in 0..<1000 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      }
      _ = try? Record.claimBytes(of: bytes)
      guard let record = try? Record(bytes) else { continue }
      // What was read lazily can be asked for.
      _ = (record.envelope.id, record.envelope.source, record.envelope.time, record.envelope.subject)
    }
  }
}
