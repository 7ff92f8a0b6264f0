internal import RelmProof

/// A structure whose generated accessors read its members out of ``Fields``: an event's data, or a part of it.
protocol FieldsBacked: Sendable, Equatable {
  init(fields: Fields)
  var fields: Fields { get }
}

/// The data of an event type.
protocol EventData: FieldsBacked {
  /// The table that its schema became.
  static var structure: Structure { get }
}

extension EventData {
  /// - Throws: `DecodingFailure` with the pointer and the reason, where the data is not what the schema says.
  init(from reader: inout CanonicalReader) throws(DecodingFailure) {
    self.init(fields: try Fields(Self.structure, from: &reader))
  }

  func write(to writer: inout CanonicalWriter) { fields.write(to: &writer) }
}

/// A closed list of words, generated.
package protocol Word: RawRepresentable, CaseIterable, Sendable, Equatable where RawValue == String {}

extension Word {
  /// - Throws: `DecodingFailure` for any other word.
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) {
    let start = reader.index
    let text = try reader.string()
    if let word = Self(rawValue: text) {
      self = word
      return
    }
    reader.index = start
    _ = try reader.choice(of: FieldNames(Self.allCases.map(\.rawValue).sorted()))
    preconditionFailure("a word that is none was taken for one")
  }
}

/// A scalar that has a type of its own.
protocol Scalar: Sendable {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure)
}

extension ContentDigest: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.contentDigest() }
}
extension PersonID: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.person() }
}
extension Timestamp: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.timestamp() }
}
extension Instant: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.instant() }
}
extension Position: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.position() }
}
extension TimeSpan: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.timeSpan() }
}
extension Percentage: Scalar {
  init(scalar reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.percentage() }
}
