internal import RelmProof

/// What stands in canonical JSON (RFC 8785) as one value: a scalar, a word of a closed list, an object.
///
/// `write` after `init(from:)` gives the bytes that were read.
package protocol CanonicalValue: Sendable, Equatable {
  /// - Throws: `DecodingFailure` where the bytes are not such a value.
  init(from reader: inout CanonicalReader) throws(DecodingFailure)
  func write(to writer: inout CanonicalWriter)
}

/// A closed list of words, generated.
package protocol Word: CanonicalValue, RawRepresentable, CaseIterable where RawValue == String {}

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

  package func write(to writer: inout CanonicalWriter) { writer.string(rawValue) }
}

// MARK: Scalars

extension String: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) {
    self = try reader.nonEmptyString()
  }
  package func write(to writer: inout CanonicalWriter) { writer.string(self) }
}

extension Bool: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.bool() }
  package func write(to writer: inout CanonicalWriter) { writer.bool(self) }
}

extension Int: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.count() }
  package func write(to writer: inout CanonicalWriter) { writer.integer(Int64(self)) }
}

extension Position: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.position() }
  package func write(to writer: inout CanonicalWriter) { writer.position(self) }
}

extension PersonID: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.person() }
  package func write(to writer: inout CanonicalWriter) { writer.string(text) }
}

extension ContentDigest: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.contentDigest() }
  package func write(to writer: inout CanonicalWriter) { writer.string(text) }
}

extension Timestamp: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.timestamp() }
  package func write(to writer: inout CanonicalWriter) { writer.string(text) }
}

extension Instant: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.instant() }
  package func write(to writer: inout CanonicalWriter) { writer.instant(self) }
}

extension TimeSpan: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.timeSpan() }
  package func write(to writer: inout CanonicalWriter) { writer.string(text) }
}

extension Percentage: CanonicalValue {
  package init(from reader: inout CanonicalReader) throws(DecodingFailure) { self = try reader.percentage() }
  package func write(to writer: inout CanonicalWriter) { writer.percentage(self) }
}

// MARK: Members

extension CanonicalWriter {
  /// Writes a member.
  mutating func put(_ name: StaticString, _ value: some CanonicalValue) {
    plainKey(name)
    value.write(to: &self)
  }

  /// Writes a member; nothing without a value.
  mutating func put(_ name: StaticString, _ value: (some CanonicalValue)?) {
    guard let value else { return }
    put(name, value)
  }

  /// Writes a list; nothing where it is empty.
  mutating func put(_ name: StaticString, _ list: [some CanonicalValue]) {
    guard !list.isEmpty else { return }
    plainKey(name)
    beginArray()
    for item in list { item.write(to: &self) }
    endArray()
  }
}
