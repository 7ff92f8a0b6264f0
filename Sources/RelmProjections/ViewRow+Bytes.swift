package import RelmDomain

extension ViewRow {
  /// Decodes a row as a view stores it.
  package init(row: [UInt8]) throws(DecodingFailure) {
    var reader = CanonicalReader(row)
    try self.init(from: &reader)
    try reader.finish()
  }

  /// The row as a view stores it.
  package var bytes: [UInt8] {
    var writer = CanonicalWriter()
    write(to: &writer)
    return writer.bytes
  }
}
