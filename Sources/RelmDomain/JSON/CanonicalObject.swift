/// An object that is read from and written as canonical JSON (RFC 8785), as a schema says it.
package protocol CanonicalObject: CanonicalValue {}

/// A row of a view, generated from `schemas/view/`. "The same views" means the same bytes.
package protocol ViewRow: CanonicalObject {}

/// What a command answers with as JSON, generated from `schemas/report/`. Persons are in it as their pseudonyms.
package protocol Report: CanonicalObject {}

extension CanonicalObject {
  /// Reads one that is stored, whole.
  package init(canonical bytes: [UInt8]) throws(DecodingFailure) {
    var reader = CanonicalReader(bytes)
    try self.init(from: &reader)
    try reader.finish()
  }

  /// It as canonical JSON.
  package var bytes: [UInt8] {
    var writer = CanonicalWriter()
    write(to: &writer)
    return writer.bytes
  }
}
