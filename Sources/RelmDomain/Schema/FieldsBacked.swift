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
