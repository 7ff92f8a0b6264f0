import RelmDomain
import Testing

@Suite("Writing canonical bytes")
struct CanonicalWriterTests {
  @Test("commas stand where they must")
  func structure() throws {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.integer(-1)
    writer.string("x\"\n:")
    writer.beginArray()
    writer.endArray()
    writer.beginObject()
    writer.endObject()
    writer.null()
    writer.endArray()
    writer.key("b")
    writer.bool(true)
    writer.key("c")
    writer.raw("{\"z\":1}".bytes)
    writer.key("d")
    writer.number(0.5)
    writer.endObject()
    #expect(
      String(canonical: writer.bytes)
        == #"{"a":[-1,"x\"\n:",[],{},null],"b":true,"c":{"z":1},"d":0.5}"#)
    #expect(try JSONDocument(writer.bytes).canonicalBytes() == writer.bytes)
  }

  @Test("a string that ends like an opening does not swallow a comma")
  func confusing() {
    var writer = CanonicalWriter()
    writer.beginArray()
    writer.string("[")
    writer.string(":")
    writer.string("{")
    writer.endArray()
    #expect(String(canonical: writer.bytes) == #"["[",":","{"]"#)
  }

  @Test("a buffer is appended to")
  func appending() {
    var writer = CanonicalWriter(appendingTo: "1\n".bytes)
    writer.beginObject()
    writer.endObject()
    #expect(String(canonical: writer.bytes) == "1\n{}")
  }

  @Test(
    "integers are written to the last that JSON holds",
    arguments: [0, 9, 10, -10, 9_007_199_254_740_991, -9_007_199_254_740_991])
  func integers(_ value: Int64) {
    var writer = CanonicalWriter()
    writer.integer(value)
    #expect(String(canonical: writer.bytes) == String(value))
  }

  @Test("any string survives", arguments: 1...200 as ClosedRange<UInt64>)
  func strings(seed: UInt64) throws {
    var random = SeededBytes(seed: seed)
    let document = try JSONDocument(random.string().bytes)
    let value = try #require(document.root.string)
    var writer = CanonicalWriter()
    writer.string(value)
    #expect(writer.bytes == document.canonicalBytes(), "seed \(seed)")
    var reader = CanonicalReader(writer.bytes)
    #expect(try Array(reader.string().utf8) == Array(value.utf8), "seed \(seed)")
  }
}
