import RelmDomain
import RelmTestSupport
import Testing

@Suite("Claims (CloudEvents 1.0.2)")
struct ClaimTests {
  private func claim(_ members: String, defaults: [String: String] = [:]) throws -> Claim {
    let text =
      #"{"specversion":"1.0","id":"1","source":"/ci","type":"t"\#(members.isEmpty ? "" : ",")\#(members)}"#
    return try Claim.parse(JSONDocument(text.bytes).root, defaults: defaults)
  }

  private func events(_ path: String) throws -> [(id: String, event: JSONNode)] {
    let tests = try #require(JSONDocument(Vectors.bytes(path)).root["tests"])
    return try tests.elements.map { (try #require($0["id"]?.string), try #require($0["event"])) }
  }

  @Test(
    "the published valid events are taken",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func validVectors() throws {
    let events = try events("cloudevents/valid-events.json")
    #expect(events.count == 10)
    for (id, event) in events {
      let claim = try Claim.parse(event)
      #expect(claim.envelope.id == event["id"]?.string, "\(id)")
      #expect(claim.envelope.time?.text == event["time"]?.string, "\(id)")
    }
  }

  @Test(
    "the published invalid events are refused, with a reason",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func invalidVectors() throws {
    let events = try events("cloudevents/invalid-events.json")
    #expect(events.count == 25)
    for (id, event) in events {
      let failure = #expect(throws: DecodingFailure.self, "\(id)") { try Claim.parse(event) }
      #expect(failure?.reason.isEmpty == false)
    }
  }

  @Test(
    "an attribute that is not what it must be is refused at its pointer",
    arguments: [
      (#""subject":"""#, "/subject", "empty"), (#""time":"lunchtime""#, "/time", "date and time"),
      (#""dataschema":"/relative""#, "/dataschema", "absolute URI"),
      (#""dataschema":"https://a/b#c""#, "/dataschema", "absolute URI"),
      (#""datacontenttype":"json""#, "/datacontenttype", "media type"), (#""Big":"x""#, "/Big", "a to z"),
      (#""dataschmea":{}"#, "/dataschmea", "string, a whole number"),
      (#""data_base65":"x""#, "/data_base65", "data_base64"),
      (#""x":1.5"#, "/x", "32 bits"), (#""x":1.0"#, "/x", "32 bits"), (#""x":2147483648"#, "/x", "32 bits"),
      (#""x":[1]"#, "/x", "data"), (#""x":{"a":1}"#, "/x", "data"), (#""x":"a\u0007""#, "/x", "U+0007"),
      (#""x":"a\u0085""#, "/x", "U+0085"), (#""x":"\ufffe""#, "/x", "U+FFFE"),
      (#""x":"\ufdd0""#, "/x", "U+FDD0"),
      (#""subject":"a\nb""#, "/subject", "U+000A"), (#""authid":5"#, "/authid", "a string is needed"),
      (#""data_base64":"a""#, "/data_base64", "base64"), (#""data_base64":"a-_=""#, "/data_base64", "base64"),
      (#""data_base64":"=AAA""#, "/data_base64", "base64"), (#""data_base64":{}"#, "/data_base64", "a string"),
      (#""data":null,"data_base64":"AAAA""#, "/data_base64", "not both"),
      (#""recordedtime":"2026-11-22T20:27:00.123Z""#, "/recordedtime", "only the ledger"),
      (#""streamversion":0"#, "/streamversion", "only the ledger"),
      (#""streamprevious":"x""#, "/streamprevious", "only the ledger"), (#""":"x""#, "/", "a to z"),
    ])
  func refusals(_ member: String, _ pointer: String, _ reason: String) throws {
    let failure = try #require(throws: DecodingFailure.self) { try claim(member) }
    #expect(failure.pointer == pointer, "\(failure)")
    #expect(failure.reason.contains(reason), "\(failure)")
  }

  @Test("what is missing is named", arguments: ["specversion", "id", "source", "type"])
  func missing(_ name: String) throws {
    let members = ["specversion": "1.0", "id": "1", "source": "/ci", "type": "t"].filter { $0.key != name }
    let text = "{" + members.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + ",\"\(name)\":null}"
    let document = try JSONDocument(text.bytes)
    let failure = try #require(throws: DecodingFailure.self) { try Claim.parse(document.root) }
    #expect(failure.reason == "the event has no “\(name)”")
    let value = name == "specversion" ? "1.0" : "x"
    #expect(try Claim.parse(document.root, defaults: [name: value]).bytes.count > text.utf8.count - 6)
  }

  @Test("what is no object is no event", arguments: ["[]", "1", "null", "\"x\""])
  func notObject(_ text: String) {
    #expect(throws: DecodingFailure.self) { try Claim.parse(JSONDocument(text.bytes).root) }
  }

  @Test("null attributes are absent, and null data is data")
  func nulls() throws {
    let plain = try claim("")
    #expect(try claim(#""subject":null,"x":null,"data_base64":null"#) == plain)
    let withData = try claim(#""data":null"#)
    #expect(withData != plain)
    #expect(withData.envelope.data.map { withData.bytes[$0].elementsEqual("null".utf8) } == true)
  }

  @Test("extensions of every type are kept")
  func extensions() throws {
    let bytes = try claim(#""a1":true,"b2":-2147483648,"c3":"é","traceparent":"00-1""#).bytes
    #expect(
      String(canonical: bytes)
        == #"{"a1":true,"b2":-2147483648,"c3":"é","id":"1","source":"/ci","specversion":"1.0","traceparent":"00-1","type":"t"}"#
    )
  }

  @Test("defaults fill what is absent, and nothing else")
  func defaults() throws {
    let claim = try claim(
      #""subject":null,"authid":"a""#,
      defaults: ["source": "/other", "authid": "b", "subject": "é\"", "x": "1"])
    #expect(claim.envelope.source == "/ci")
    #expect(claim.envelope.authid == "a")
    #expect(claim.envelope.subject == "é\"")
    #expect(String(canonical: claim.bytes).contains(#""x":"1""#))
    let failure = try #require(throws: DecodingFailure.self) { try self.claim("", defaults: ["time": "now"]) }
    #expect(failure.pointer == "/time")
    #expect(throws: DecodingFailure.self) { try self.claim("", defaults: ["streamversion": "1"]) }
  }

  @Test("edits reach the claim, and cannot break it")
  func edits() throws {
    let text =
      #"{"specversion":"1.0","id":"1","source":"/ci","type":"t","authid":"ana@example.org","data":{"note":"Ana"}}"#
    let document = try JSONDocument(text.bytes)
    var edits = JSONEdits()
    edits.replace(try #require(document.node(at: "/data/note")), with: #"{"sealed":{}}"#.bytes)
    edits.replace(try #require(document.node(at: "/authid")), with: #""person:1""#.bytes)
    let claim = try Claim.parse(document.root, edits: edits)
    #expect(claim.envelope.authid == "person:1")
    #expect(String(canonical: claim.bytes).contains(#""data":{"note":{"sealed":{}}}"#))
    edits.add("id", "5".bytes)
    #expect(throws: DecodingFailure.self) { try Claim.parse(document.root, edits: edits) }
  }

  @Test("the order and spacing of members make no other claim")
  func canonical() throws {
    let left = try JSONDocument(
      #"{"id":"1","source":"/a","type":"t","specversion":"1.0","data":{"b":1.0,"a":2}}"#.bytes)
    let right = try JSONDocument(
      #"{ "data":{"a":2,"b":1}, "type":"\u0074","specversion":"1.0","source":"/a","id":"1" }"#.bytes)
    #expect(try Claim.parse(left.root) == Claim.parse(right.root))
  }
}
