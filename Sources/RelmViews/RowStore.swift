/// A named table of rows among the derived views: an index or a projection.
///
/// Rows are bytes under bytes, in the order of their keys. "The same views" means the same
/// (table, key, value) rows, so a value is canonical: no floats, no hash order, no clock.
package struct RowTable: Hashable, Sendable {
  /// The table's name as it is stored: `releases`, `ids`.
  package let name: String
  /// Where it stands among all tables, so that finding its rows hashes no name.
  package let place: Int

  /// - Parameter place: from 0, distinct for every table; `Views.tables` is in this order.
  package init(_ name: String, place: Int) {
    self.name = name
    self.place = place
  }

  package static func == (one: RowTable, other: RowTable) -> Bool { one.place == other.place }

  package func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

/// The bytes of a key as dictionaries and sorts want them: hashed at once and compared by words.
package struct PackedKey: Hashable, Comparable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// The order of the stored rows: unsigned bytes, a prefix before what it begins.
  package static func < (one: PackedKey, other: PackedKey) -> Bool {
    one.bytes.withUnsafeBytes { a in
      other.bytes.withUnsafeBytes { b in
        let shared = min(a.count, b.count)
        var offset = 0
        while offset + 8 <= shared {
          let left = UInt64(bigEndian: a.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          let right = UInt64(bigEndian: b.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          if left != right { return left < right }
          offset += 8
        }
        while offset < shared {
          if a[offset] != b[offset] { return a[offset] < b[offset] }
          offset += 1
        }
        return a.count < b.count
      }
    }
  }
}

/// Rows to read, wherever they lie: in LMDB, in memory, or in memory over LMDB.
package protocol RowReading {
  /// The value under a key; nil where there is none.
  func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]?
  /// The values under some keys, in their order.
  func rows(_ table: RowTable, _ keys: [[UInt8]]) throws -> [[UInt8]?]

  /// Walks the rows with `lower <= key < upper` in key order, or from the last to the first.
  ///
  /// - Parameters:
  ///   - lower: the first key that belongs; nil from the beginning.
  ///   - upper: the first key that no longer belongs; nil to the end.
  ///   - body: answers whether to go on.
  func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool) throws
}

/// Rows to read and write.
package protocol RowStore: RowReading {
  /// Sets the value under a key.
  func put(_ table: RowTable, _ key: [UInt8], _ value: [UInt8]) throws
  /// Removes a key; a key that is not there stays so.
  func delete(_ table: RowTable, _ key: [UInt8]) throws
}

extension RowReading {
  package func rows(_ table: RowTable, _ keys: [[UInt8]]) throws -> [[UInt8]?] {
    try keys.map { try row(table, $0) }
  }

  /// Walks the rows whose keys begin with a prefix, in key order.
  package func scan(
    _ table: RowTable, prefix: [UInt8], reversed: Bool = false,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try scan(table, from: prefix, upTo: RowBytes.successor(ofPrefix: prefix), reversed: reversed, body)
  }
}

/// How numbers and bounds are written in keys and values: big-endian, so that byte order is number order.
package enum RowBytes {
  /// Appends a number of 4 bytes.
  @inline(__always)
  package static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a number of 8 bytes.
  @inline(__always)
  package static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Reads 4 bytes at an offset; nil where they are not all there.
  package static func uint32(_ bytes: [UInt8], at offset: Int = 0) -> UInt32? {
    guard offset >= 0, bytes.count >= offset + 4 else { return nil }
    return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Reads 8 bytes at an offset; nil where they are not all there.
  package static func uint64(_ bytes: [UInt8], at offset: Int = 0) -> UInt64? {
    guard offset >= 0, bytes.count >= offset + 8 else { return nil }
    return bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads a position, a version or a count; nil where it is not all there, or is larger than any log is long: JSON holds
  /// no larger one, so a row that says so is damaged.
  package static func place(_ bytes: [UInt8], at offset: Int = 0) -> UInt64? {
    uint64(bytes, at: offset).flatMap { $0 < 1 << 53 ? $0 : nil }
  }

  /// The first key after all keys with this prefix; nil where there is none (the prefix is all 0xFF, or empty).
  package static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
    var successor = prefix
    while let last = successor.popLast() {
      if last < 0xFF { return successor + [last + 1] }
    }
    return nil
  }
}
