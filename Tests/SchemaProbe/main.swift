// Says of events whether the strict decoders take them, for tools/lib/schema_agreement.py to compare with schemas/.
// It reads lines of {"type":"relm.…","data":…}, where the type may also be the $id of a document's schema, and writes one line for each:
//   accepted                    the data is what the type may hold, and is written back as it was read
//   differs                     it is taken, but is written back otherwise
//   refused POINTER REASON      it is not taken; the pointer, which may be empty, is one below the data
import RelmDomain

/// What the decoders say of one line.
func verdict(_ line: String) -> String {
  do throws(JSONError) {
    let document = try JSONDocument(Array(line.utf8))
    guard let type = document.root["type"]?.string else { return "refused /type an event has a type" }
    return verdict(type: type, data: document.root["data"].map { document.canonicalBytes(of: $0) })
  } catch {
    return "refused \(error.pointer) \(error.reason)"
  }
}

func verdict(type: String, data: [UInt8]?) -> String {
  do throws(DecodingFailure) {
    if type == "urn:relm:controls:1" {
      var reader = CanonicalReader(data ?? [])
      let framework = try ControlFramework(from: &reader)
      try reader.finish()
      var writer = CanonicalWriter()
      framework.write(to: &writer)
      return writer.bytes == data ? "accepted" : "differs"
    }
    let reader = data.map { CanonicalReader($0) }
    let event = try Event.decode(type: type, dataschema: nil, data: reader)
    guard event.type != nil else { return "refused /type \(type) is no type of this program" }
    var writer = CanonicalWriter()
    event.write(to: &writer)
    return writer.bytes == data ? "accepted" : "differs"
  } catch {
    return "refused \(error.pointer) \(error.reason)"
  }
}

/// A text without line breaks, for a reason may quote what was refused.
func oneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? "\u{FFFD}" : $0 }))
}

while let line = readLine() { print(oneLine(verdict(line))) }
