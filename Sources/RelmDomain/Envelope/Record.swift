package import RelmProof

/// A stored event: a claim and the attributes that only the ledger sets, in canonical form.
package struct Record: Sendable, Equatable {
  /// The largest record that is stored, in bytes: what tlog-tiles can hold of one entry.
  package static let maximumBytes = 65_535

  package let envelope: Envelope
  /// When the ledger took it.
  package let recordedTime: Instant
  /// Its place in its stream, from 0.
  package let streamVersion: UInt64

  /// The canonical bytes (RFC 8785), as they are stored and hashed.
  package var bytes: [UInt8] { envelope.bytes }

  /// The leaf hash of the stream's record before; `nil` in the first of a stream.
  package var streamPrevious: Digest? { envelope.streamPrevious }

  /// - Parameter bytes: a record as it was stored.
  /// - Throws: a failure where it is none, or is damaged.
  package init(_ bytes: [UInt8]) throws(DecodingFailure) {
    envelope = try Envelope(bytes)
    guard let recordedTime = envelope.recordedTime else {
      throw DecodingFailure(reason: "the record has no “\(Attribute.recordedTime.name)”")
    }
    guard let streamVersion = envelope.streamVersion else {
      throw DecodingFailure(reason: "the record has no “\(Attribute.streamVersion.name)”")
    }
    guard (streamVersion == 0) == (envelope.streamPrevious == nil) else {
      let reason = "all records but the first of a stream have “\(Attribute.streamPrevious.name)”"
      throw DecodingFailure(reason: reason)
    }
    self.recordedTime = recordedTime
    self.streamVersion = streamVersion
  }

  /// What the caller claimed.
  package var claim: Claim {
    get throws(DecodingFailure) { try Claim(canonical: Self.claimBytes(of: bytes)) }
  }

  /// Why a claim cannot become a record.
  package struct TooLarge: Error, Equatable, Sendable {
    /// How many bytes the record would have.
    package let bytes: Int

    package init(bytes: Int) { self.bytes = bytes }
  }

  /// Puts the ledger's attributes into a claim, each where canonical order has its name. No value is read again.
  ///
  /// - Parameters:
  ///   - recordedTime: by the ledger's clock; written to the millisecond.
  ///   - streamVersion: the event's place in its stream, from 0; at most 2^53 - 1.
  ///   - streamPrevious: the leaf hash of the stream's record before; absent at 0, and only there.
  /// - Returns: the record's bytes; or that they would be more than ``maximumBytes``.
  package static func make(
    _ claim: Claim, recordedTime: Instant, streamVersion: UInt64, streamPrevious: Digest?
  ) -> Result<[UInt8], TooLarge> {
    precondition((streamVersion == 0) == (streamPrevious == nil), "only the first of a stream follows nothing")
    precondition(streamVersion <= UInt64(JSONNumber.largestSafeInteger), "a double does not hold the version")
    let source = claim.bytes
    var record: [UInt8] = []
    record.reserveCapacity(source.count + 160)
    var copied = 0
    var next = 0
    var reader = CanonicalReader(source)
    do throws(DecodingFailure) {
      try reader.members { (name, _) throws(DecodingFailure) in
        let before = next
        _ = Attribute.ledgers.match(source, name, from: &next)
        guard next > before else { return }
        // A member begins with the quote before its name; those passed over belong in front of it.
        JSONText.copy(source, copied..<name.lowerBound - 1, to: &record)
        copied = name.lowerBound - 1
        for index in before..<next {
          append(index, recordedTime, streamVersion, streamPrevious, to: &record)
        }
      }
    } catch {
      preconditionFailure("a claim was canonical, and is no longer: \(error)")
    }
    // “type”, which every event has, stands behind all of them.
    precondition(next == Attribute.ledgers.count, "a claim without a type")
    JSONText.copy(source, copied..<source.count, to: &record)
    return record.count <= maximumBytes ? .success(record) : .failure(TooLarge(bytes: record.count))
  }

  /// Appends one of the ledger's attributes with a comma behind it.
  private static func append(
    _ index: Int, _ recordedTime: Instant, _ streamVersion: UInt64, _ streamPrevious: Digest?,
    to record: inout [UInt8]
  ) {
    let name = Attribute.ledgers[index]
    if name == Attribute.streamPrevious.name && streamPrevious == nil { return }
    record.append(UInt8(ascii: "\""))
    record.append(contentsOf: name.utf8)
    record.append(contentsOf: "\":".utf8)
    switch index {
    case 0:
      record.append(UInt8(ascii: "\""))
      recordedTime.appendRFC3339Milliseconds(to: &record)
      record.append(UInt8(ascii: "\""))
    case 1: JSONText.appendQuoted((streamPrevious?.base64 ?? "").utf8, to: &record)
    default: JSONNumber.append(Int64(streamVersion), to: &record)
    }
    record.append(UInt8(ascii: ","))
  }

  /// The claim that a record was made of, byte for byte: what `make` puts in is taken
  /// out.
  ///
  /// - Throws: a failure where the bytes are no canonical object.
  package static func claimBytes(of record: [UInt8]) throws(DecodingFailure) -> [UInt8] {
    var claim: [UInt8] = []
    claim.reserveCapacity(record.count)
    var reader = CanonicalReader(record)
    var next = 0
    claim.append(UInt8(ascii: "{"))
    try reader.members { (name, reader) throws(DecodingFailure) in
      let value = try reader.skip()
      guard Attribute.ledgers.match(record, name, from: &next) == nil else { return }
      if claim.count > 1 { claim.append(UInt8(ascii: ",")) }
      JSONText.copy(record, name.lowerBound - 1..<value.upperBound, to: &claim)
    }
    try reader.finish()
    claim.append(UInt8(ascii: "}"))
    return claim
  }
}
