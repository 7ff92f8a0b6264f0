internal import RelmProof

/// What a row stands under: the names of its entity, from the general to the special.
package struct RowKey: Hashable, Sendable {
  package let components: [String]

  package init(_ components: String...) { self.components = components }
  package init(_ components: [String]) { self.components = components }

  /// The longest key that the store takes.
  package static let limitBytes = 511

  /// The key's bytes: the components' UTF-8 joined by 0x00, so that the rows of one entity are neighbours. A zero byte
  /// inside a component is followed by 0xFF, which UTF-8 never has. What would be too long ends in the SHA-256 of
  /// the whole instead.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(components.reduce(components.count) { $0 + $1.utf8.count })
    for (index, component) in components.enumerated() {
      if index > 0 { bytes.append(0) }
      for byte in component.utf8 {
        bytes.append(byte)
        if byte == 0 { bytes.append(0xff) }
      }
    }
    guard bytes.count > Self.limitBytes else { return bytes }
    return Array(bytes.prefix(Self.limitBytes - 32)) + Digest(of: bytes).bytes
  }

  /// The bytes with which every key begins that has these components and more; for scans.
  package var prefix: [UInt8] { bytes + [0] }
}
