import RelmDomain
import RelmTestSupport
import Testing

@Suite("Identifiers, references and media types")
struct GrammarTests {
  @Test(
    "the published UUIDs are read or refused as they say",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func uuidVectors() throws {
    let count = try forEachString(in: "json-schema-formats/uuid.json") { text, valid, description in
      #expect((UUIDText(text) != nil) == valid, "\(description): \(text)")
      if valid { #expect(UUIDText(text)?.text == text.lowercased()) }
    }
    #expect(count > 15)
  }

  @Test("a UUID of version 7 begins with the time and carries the bits that it is given")
  func version7() {
    let at = Instant(microseconds: 0x0193_594E_1B1C * 1000 + 999)
    let uuid = UUIDText(version7: at, random: (.max, .max))
    #expect(uuid.text == "0193594e-1b1c-7fff-bfff-ffffffffffff")
    #expect(uuid.version == 7)
    #expect(UUIDText(version7: at, random: (0, 0)).text == "0193594e-1b1c-7000-8000-000000000000")
    #expect(UUIDText(version7: Instant(microseconds: -5), random: (0, 0)).high == 0x7000)
    #expect(UUIDText(version7: at.advanced(byMicroseconds: 1000), random: (0, 0)) > uuid)
  }

  @Test("a UUID of version 4 carries the bits that it is given")
  func version4() {
    #expect(UUIDText.version4(random: (.max, .max)).text == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(UUIDText.version4(random: (0, 0)).text == "00000000-0000-4000-8000-000000000000")
  }

  @Test("a UUID of version 5 follows from its namespace and name, as in RFC 9562 and in Python")
  func version5() throws {
    let dns = try #require(UUIDText("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
    #expect(UUIDText(namespace: dns, name: "www.example.com").text == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    let url = UUIDText(namespace: .urlNamespace, name: "https://example.org/é")
    #expect(url.text == "4db32f13-2b90-551e-bb13-4c966035961b")
  }

  @Test("a pseudonym has one spelling")
  func persons() {
    let text = "person:0193594e-1b1c-7d2e-8f00-c0ffee123456"
    #expect(PersonID(text)?.text == text)
    for other in [
      text.uppercased(), "person:0193594E-1b1c-7d2e-8f00-c0ffee123456", String(text.dropFirst(7)), text + " ",
      "user:0193594e-1b1c-7d2e-8f00-c0ffee123456", "",
    ] {
      #expect(PersonID(other) == nil, "\(other)")
    }
  }

  @Test(
    "the published URI references are taken or refused as they say",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func uriVectors() throws {
    let count = try forEachString(in: "json-schema-formats/uri-reference.json") { text, valid, description in
      #expect(URIReference.isValid(text) == valid, "\(description): \(text)")
    }
    #expect(count > 15)
  }

  @Test(
    "references of every form are taken",
    arguments: [
      "http://[::1]:80/", "http://[2001:db8::8:800:200c:417a]", "http://[::ffff:192.168.0.1]/p",
      "http://[v1.a:b]/",
      "http://[1:2:3:4:5:6:7:8]", "http://[1:2:3:4:5:6:1.2.3.4]", "http://[::]", "http://[1::]",
      "http://[::2:3:4:5:6:7:8]",
      "http://user:pw@host:/a;b=c?d/e?f#g", "mailto:a@b", "urn:relm:event:x:1", "file:///etc", "a:",
      "/ci/payments", ".",
      "//h%41st", "a/b:c", "?", "#", "x:?q",
    ])
  func references(_ text: String) {
    #expect(URIReference.isValid(text))
  }

  @Test(
    "what is no reference is refused",
    arguments: [
      "http://[::1", "http://[]", "http://[:::]", "http://[1:2:3:4:5:6:7]", "http://[1:2:3:4:5:6:7:8:9]",
      "http://[1::2::3]",
      "http://[12345::]", "http://[::1]x", "http://[::256.1.1.1]", "http://[1:2:3:4:5:6:7::8]", "http://[v.a]",
      "http://h:8a", "http://a b", "a b", "%", "%4", "/é", "a\\b", "<x>", "{x}", "http://a[b]", "^", "x:/a#b#c",
      "`", "\u{0}",
    ])
  func badReferences(_ text: String) {
    #expect(!URIReference.isValid(text))
  }

  @Test("an absolute URI has a scheme and no fragment")
  func absolute() {
    #expect(URIReference.isAbsolute("https://example.org/schema?x"))
    #expect(URIReference.isAbsolute("urn:relm:event:x:1"))
    #expect(!URIReference.isAbsolute("https://example.org/schema#x"))
    #expect(!URIReference.isAbsolute("/schema"))
    #expect(!URIReference.isAbsolute(""))
    #expect(URIReference.isURI("https://example.org/schema#x"))
    #expect(!URIReference.isURI("//example.org"))
  }

  @Test(
    "media types are taken with their parameters",
    arguments: [
      "text/plain", "application/json", "application/cloudevents+json; charset=utf-8",
      "text/plain;charset=\"utf\\\"8 \"",
      "multipart/form-data ; boundary=x;a=b", "application/vnd.a.b-c_d+json", "TEXT/HTML", "x/y;a=\"\"", "a/1",
    ])
  func mediaTypes(_ text: String) {
    #expect(MediaType.isValid(text))
  }

  @Test(
    "what is no media type is refused",
    arguments: [
      "", "xyz", "text/", "/plain", "text/plain;", "text/plain; charset", "text/plain; charset=",
      "text/plain;a=\"b",
      "text plain", "text/plain x", "text/pl ain", "text/plain;a=b c", "text/*", "é/x", "text/plain\n",
      "text//plain",
      "-a/b", "a/" + String(repeating: "b", count: 128), "text/plain;a=\"\u{1}\"",
    ])
  func badMediaTypes(_ text: String) {
    #expect(!MediaType.isValid(text))
  }
}
