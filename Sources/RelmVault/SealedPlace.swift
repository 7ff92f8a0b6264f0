/// Where a sealed text stands, and the only place where it opens: one field of one event.
package struct SealedPlace: Sendable, Hashable {
  /// The event's `source` and `id`, which together are unique.
  package let source: String
  package let id: String
  /// JSON pointer (RFC 6901) of the field in the event: "/data/note".
  package let pointer: String

  /// - Parameters: as the properties.
  package init(source: String, id: String, pointer: String) {
    self.source = source
    self.id = id
    self.pointer = pointer
  }

  /// The three parts, each after its length as eight big-endian bytes: no two places have the same bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for part in [source, id, pointer] {
      let length = UInt64(part.utf8.count)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
      }
      bytes.append(contentsOf: part.utf8)
    }
    return bytes
  }
}
