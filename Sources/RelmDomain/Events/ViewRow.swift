/// A row of a view. Its bytes are canonical JSON, so that "the same views" can mean the same bytes.
///
/// Rows are generated from `schemas/view/`. `write` after `init(from:)` gives the bytes that were read.
package protocol ViewRow: Sendable, Equatable {
  /// - Throws: `DecodingFailure` where the bytes are not a row as its schema says.
  init(from reader: inout CanonicalReader) throws(DecodingFailure)
  func write(to writer: inout CanonicalWriter)
}
