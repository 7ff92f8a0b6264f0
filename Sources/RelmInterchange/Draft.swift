internal import RelmDomain

/// One event made from another program's record, as a caller would append it: a CloudEvent with people named by their
/// accounts, which the ledger's intake turns into pseudonyms.
package struct Draft: Sendable, Equatable {
  /// The event as canonical JSON (RFC 8785).
  package let json: [UInt8]
  /// Where it comes from, for a reader: "line 12", "tag v1.4".
  package let origin: String

  /// - Parameters:
  ///   - id: derived from what the event says, so that importing again adds nothing.
  ///   - type: with its `relm.` prefix.
  ///   - time: RFC 3339; nil where nobody knows when it happened.
  ///   - account: whose act it was, in clear; nil where the input does not say.
  ///   - data: writes the object that is the event's data.
  init(
    id: String, source: String, type: String, subject: String, time: String?, account: String? = nil,
    origin: String, data: (inout CanonicalWriter) -> Void
  ) {
    var writer = CanonicalWriter()
    writer.beginObject()
    if let account {
      writer.key("authid")
      writer.string(account)
    }
    writer.key("data")
    data(&writer)
    for (key, value) in [
      ("datacontenttype", "application/json"), ("id", id), ("source", source), ("specversion", "1.0"),
      ("subject", subject), ("time", time), ("type", type),
    ] {
      guard let value else { continue }
      writer.key(key)
      writer.string(value)
    }
    writer.endObject()
    json = writer.bytes
    self.origin = origin
  }
}
