package import RelmProof

/// What stands around the data of an event, read from its canonical bytes in one pass.
///
/// A fold looks at the type, the subject and the times of each event and at little else, so only these are made
/// into values; the rest stays where it is in the bytes until it is asked for. Attributes that are not known here are
/// extensions, and stepped over.
package struct Envelope: Sendable {
  /// The canonical bytes of the whole claim or record.
  package let bytes: [UInt8]
  package private(set) var type = ""
  package private(set) var subject: String?
  /// The moment that the claim's `time` says.
  package private(set) var timeInstant: Instant?
  /// When the ledger took the event; only in a record.
  package private(set) var recordedTime: Instant?
  /// The event's place in its stream; only in a record.
  package private(set) var streamVersion: UInt64?
  /// The leaf hash of the stream's record before; only in a record, and not in the first of a stream.
  package private(set) var streamPrevious: Digest?
  /// Where in the bytes the value of `data` stands.
  package private(set) var data: Range<Int>?

  private var idPlace = Place()
  private var sourcePlace = Place()
  private var timePlace = Place()
  private var schemaPlace = Place()
  private var contentTypePlace = Place()
  private var base64Place = Place()
  private var authIDPlace = Place()
  private var authTypePlace = Place()
  private var authSignaturePlace = Place()
  private var causationPlace = Place()
  private var correlationPlace = Place()

  /// Where a string's characters stand; the end is 0 where the attribute is absent.
  private struct Place {
    var start: UInt32 = 0
    var end: UInt32 = 0
  }

  /// - Parameter bytes: a claim or a record in canonical form.
  /// - Throws: a failure where a known attribute is not what it must be, one that every event has is missing, or the
  ///   bytes are damaged.
  package init(_ bytes: [UInt8]) throws(DecodingFailure) {
    guard bytes.count <= UInt32.max else { throw DecodingFailure(reason: "the event is larger than 4 GiB") }
    self.bytes = bytes
    var reader = CanonicalReader(bytes)
    try reader.merge(Attribute.names) { (field, _, reader) throws(DecodingFailure) in
      guard let field, let attribute = Attribute(rawValue: field) else { return }
      switch attribute {
      case .id: idPlace = try Self.name(&reader)
      case .source: sourcePlace = try Self.name(&reader)
      case .type: type = try reader.nonEmptyString()
      case .subject: subject = try reader.nonEmptyString()
      case .time: (timePlace, timeInstant) = try Self.time(&reader)
      case .data: data = try reader.skip()
      case .dataBase64: base64Place = try Self.text(&reader)
      case .dataContentType: contentTypePlace = try Self.name(&reader)
      case .dataSchema: schemaPlace = try Self.name(&reader)
      case .authID: authIDPlace = try Self.name(&reader)
      case .authType: authTypePlace = try Self.name(&reader)
      case .authSignature: authSignaturePlace = try Self.name(&reader)
      case .causationID: causationPlace = try Self.name(&reader)
      case .correlationID: correlationPlace = try Self.name(&reader)
      case .specVersion: try Self.checkVersion(&reader)
      case .recordedTime: recordedTime = try Self.time(&reader).instant
      case .streamVersion: streamVersion = UInt64(try reader.integer(in: 0...JSONNumber.largestSafeInteger))
      case .streamPrevious: streamPrevious = try Self.digest(&reader)
      }
    }
    try reader.finish()
    if idPlace.end == 0 { throw DecodingFailure(reason: "the event has no “id”") }
    if sourcePlace.end == 0 { throw DecodingFailure(reason: "the event has no “source”") }
    if type.isEmpty { throw DecodingFailure(reason: "the event has no “type”") }
  }

  // MARK: Attributes

  package var id: String { text(at: idPlace) ?? "" }
  package var source: String { text(at: sourcePlace) ?? "" }
  package var dataschema: String? { text(at: schemaPlace) }
  package var datacontenttype: String? { text(at: contentTypePlace) }
  /// Binary data, in base64.
  package var dataBase64: String? { text(at: base64Place) }
  package var authid: String? { text(at: authIDPlace) }
  package var authtype: String? { text(at: authTypePlace) }
  package var authsignature: String? { text(at: authSignaturePlace) }
  package var causationid: String? { text(at: causationPlace) }
  package var correlationid: String? { text(at: correlationPlace) }

  /// When it happened, as the caller wrote it. Who needs only the moment asks for ``timeInstant``.
  package var time: Timestamp? {
    guard let timeInstant, let text = text(at: timePlace) else { return nil }
    return Timestamp(text: text, instant: timeInstant)
  }

  /// A reader that stands before the value of `data`.
  package var dataReader: CanonicalReader? { data.map { CanonicalReader(bytes, range: $0) } }

  /// Calls the body with the UTF-8 of the id, which needs no string where it has no escapes.
  package func withIDBytes<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    withText(at: idPlace) { body($0 ?? []) }
  }

  /// Calls the body with the UTF-8 of the source.
  package func withSourceBytes<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    withText(at: sourcePlace) { body($0 ?? []) }
  }

  private func text(at place: Place) -> String? {
    withText(at: place) { content in content.map { String(decoding: $0, as: UTF8.self) } }
  }

  private func withText<Result>(at place: Place, _ body: (ArraySlice<UInt8>?) -> Result) -> Result {
    guard place.end > 0 else { return body(nil) }
    let range = Int(place.start)..<Int(place.end)
    let content = bytes[range]
    guard content.contains(UInt8(ascii: "\\")) else { return body(content) }
    return body(JSONText.unescaped(bytes, range)?[...])
  }

  // MARK: Reading

  private static func text(_ reader: inout CanonicalReader) throws(DecodingFailure) -> Place {
    let (content, isPlain) = try reader.stringContent()
    if !isPlain, JSONText.unescaped(reader.bytes, content) == nil {
      throw reader.damaged("an escape in a string is malformed")
    }
    return Place(start: UInt32(content.lowerBound), end: UInt32(content.upperBound))
  }

  private static func name(_ reader: inout CanonicalReader) throws(DecodingFailure) -> Place {
    let place = try text(&reader)
    guard place.end > place.start else {
      throw DecodingFailure(reason: "a text is needed here, not an empty string")
    }
    return place
  }

  private static func time(
    _ reader: inout CanonicalReader
  ) throws(DecodingFailure) -> (place: Place, instant: Instant) {
    let place = try text(&reader)
    guard let instant = RFC3339.instant(of: reader.bytes, Int(place.start)..<Int(place.end)) else {
      throw DecodingFailure(reason: Timestamp.requirement)
    }
    return (place, instant)
  }

  private static func checkVersion(_ reader: inout CanonicalReader) throws(DecodingFailure) {
    let place = try text(&reader)
    guard reader.bytes[Int(place.start)..<Int(place.end)].elementsEqual("1.0".utf8) else {
      throw DecodingFailure(reason: "only CloudEvents “1.0” is known here")
    }
  }

  private static func digest(_ reader: inout CanonicalReader) throws(DecodingFailure) -> Digest {
    guard let digest = Digest(base64: try reader.string()) else {
      throw DecodingFailure(reason: "a SHA-256 digest in base64 is needed here")
    }
    return digest
  }
}

extension Envelope: Equatable {
  /// The bytes say all.
  package static func == (left: Envelope, right: Envelope) -> Bool { left.bytes == right.bytes }
}
