/// What a caller says has happened: a CloudEvent (CloudEvents 1.0.2) in canonical form, before the ledger adds its
/// own attributes.
package struct Claim: Sendable, Equatable {
  /// How far ahead of the ledger's clock a claim's `time` may be: clocks differ by a little.
  package static let latitudeMicroseconds: Int64 = 5 * 60 * 1_000_000

  package let envelope: Envelope

  /// The canonical bytes (RFC 8785).
  package var bytes: [UInt8] { envelope.bytes }

  /// A claim out of canonical bytes that were checked before, such as those of a record.
  ///
  /// - Throws: a failure where the bytes are damaged, or have attributes that only the ledger sets.
  package init(canonical bytes: [UInt8]) throws(DecodingFailure) {
    try self.init(Envelope(bytes))
  }

  private init(_ envelope: Envelope) throws(DecodingFailure) {
    if envelope.recordedTime != nil { throw CloudEventRules.ledgerSets(.recordedTime) }
    if envelope.streamVersion != nil { throw CloudEventRules.ledgerSets(.streamVersion) }
    if envelope.streamPrevious != nil { throw CloudEventRules.ledgerSets(.streamPrevious) }
    self.envelope = envelope
  }

  /// Checks a CloudEvent in the JSON format and makes a claim of it.
  ///
  /// An attribute that is null is absent (JSON format, section 2.2), and left away; `data` that is null is data (3.1.1).
  ///
  /// - Parameters:
  ///   - event: the object of the event.
  ///   - defaults: string attributes for where the event has none.
  ///   - edits: what to change of it on the way; it may replace, add and omit what it likes, and the result must be
  ///     an event again.
  /// - Throws: a failure with the pointer from the event, and the reason.
  package static func parse(
    _ event: JSONNode, defaults: [String: String] = [:], edits: JSONEdits = JSONEdits()
  ) throws(DecodingFailure) -> Claim {
    guard event.kind == .object else {
      throw DecodingFailure(reason: "an event is an object, not \(event.kind.phrase)")
    }
    var edits = edits
    var present = try CloudEventRules.check(event, omitting: &edits)
    for (name, value) in defaults.sorted(by: { $0.key < $1.key }) where event[name]?.isNull ?? true {
      let content = Array(value.utf8)
      do throws(DecodingFailure) {
        let attribute = try CloudEventRules.check(name, text: content)
        if let attribute { present.insert(attribute) }
      } catch {
        throw error.within(name)
      }
      var text: [UInt8] = []
      JSONText.appendQuoted(content, to: &text)
      edits.add(name, text)
    }
    if present.contains(.data) && present.contains(.dataBase64) {
      throw DecodingFailure(pointer: "/data_base64", reason: "an event has “data” or “data_base64”, not both")
    }
    for attribute in Attribute.required where !present.contains(attribute) {
      guard edits.additions.contains(where: { $0.name == attribute.name }) else {
        throw DecodingFailure(reason: "the event has no “\(attribute.name)”").within(attribute.name)
      }
    }
    return try Claim(canonical: event.document.canonicalBytes(of: event, edits: edits))
  }
}
