extension Event {
  /// Decodes what a stored record says.
  /// - Throws: `DecodingFailure` with a pointer from the whole event.
  package static func decode(_ envelope: Envelope) throws(DecodingFailure) -> Event {
    do throws(DecodingFailure) {
      var data = envelope.dataReader
      data?.isStored = true
      return try decode(type: envelope.type, dataschema: envelope.dataschema, data: data)
    } catch {
      throw error.within("data")
    }
  }

  /// Decodes what a claim or a record says.
  ///
  /// A claim without `dataschema` is of version 1, for ever: later versions must name themselves.
  ///
  /// - Parameters:
  ///   - type: the envelope's `type`.
  ///   - dataschema: the envelope's `dataschema`.
  ///   - data: a reader at the beginning of the record's data; nil where it has none.
  /// - Throws: `DecodingFailure` with a pointer below the data.
  package static func decode(
    type: String, dataschema: String?, data: CanonicalReader?
  ) throws(DecodingFailure) -> Event {
    guard let known = EventType.named(type) else { return type.hasPrefix("relm.") ? .newer : .foreign }
    guard dataschema.map(known.isDescribed) ?? true else { return .newer }
    guard var reader = data else { throw DecodingFailure(reason: "\(type) needs data, and there is none") }
    return try decode(known, from: &reader)
  }
}
