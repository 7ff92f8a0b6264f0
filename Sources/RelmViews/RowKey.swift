internal import RelmProof

/// What a row stands under: the names of its entity, from the general to the special.
package struct RowKey: Hashable, Sendable {
  package let components: [String]

  package init(_ components: String...) { self.components = components }
  package init(_ components: [String]) { self.components = components }

  /// The longest key: what the store takes, with room for the place of the view before it.
  package static let limitBytes = 510

  /// The key's bytes: the components' UTF-8 joined by 0x00, so that the rows of one entity are neighbours. A zero byte
  /// inside a component is followed by 0xFF, which UTF-8 never has. What would be too long ends in the SHA-256 of
  /// the whole instead.
  package var bytes: [UInt8] {
    let bytes = unabridged
    guard bytes.count > Self.limitBytes else { return bytes }
    return Array(bytes.prefix(Self.limitBytes - 32)) + Digest(of: bytes).bytes
  }

  /// The key's bytes however long they are.
  var unabridged: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(components.reduce(components.count) { $0 + $1.utf8.count })
    for (index, component) in components.enumerated() {
      if index > 0 { bytes.append(0) }
      for byte in component.utf8 {
        bytes.append(byte)
        if byte == 0 { bytes.append(0xff) }
      }
    }
    return bytes
  }

  /// Reads a key that is not abridged.
  init(unabridged bytes: [UInt8]) {
    var components: [[UInt8]] = [[]]
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      let isEscaped = byte == 0 && place + 1 < bytes.count && bytes[place + 1] == 0xff
      if byte == 0, !isEscaped {
        components.append([])
      } else {
        components[components.count - 1].append(byte)
      }
      place += isEscaped ? 2 : 1
    }
    self.components = components.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The key under which a row stands or once stood; nil where none ever did.
  package static func stored(_ bytes: [UInt8], in table: RowTable, _ rows: any RowReading) throws -> RowKey? {
    if let whole = try rows.row(IndexTables.keys, [UInt8(table.place)] + bytes) {
      return RowKey(unabridged: whole)
    }
    return try rows.row(table, bytes) == nil ? nil : RowKey(unabridged: bytes)
  }

  /// The bytes with which every key begins that has these components and more; for scans.
  package var prefix: [UInt8] { bytes + [0] }
}
