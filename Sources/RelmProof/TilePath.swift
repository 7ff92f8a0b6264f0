/// Where one tile of a tree, or one bundle of its entries, is served: C2SP tlog-tiles, "Merkle Tree" and "Log
/// entries".
package struct TilePath: Hashable, Sendable {
  /// Of tiles: 0 has the leaf hashes, 1 the nodes over 256 leaves, and so on.
  package let level: Int
  /// Which tile of that level.
  package let index: UInt64
  /// How many hashes it has: 256, or fewer in the last one.
  package let width: Int

  /// The tile as a tree of this size has it, or nil when it has none there.
  package init?(level: Int, index: UInt64, in size: TreeSize) {
    guard (0..<8).contains(level), index <= UInt64.max >> 8 else { return nil }
    let count = size.value >> UInt64(level * 8)
    guard index << 8 < count else { return nil }
    self.level = level
    self.index = index
    width = Int(min(count - index << 8, 256))
  }

  /// Below the log's prefix, such as `tile/0/x001/x234/067` or, for a partial tile, `tile/0/000.p/112`.
  package var path: String { "tile/\(level)/\(suffix)" }

  /// Of the bundle of the entries whose hashes a tile of level 0 has, such as `tile/entries/x001/234`.
  package var entriesPath: String { "tile/entries/\(suffix)" }

  /// All tiles of a tree of this size, level by level, the partial ones included.
  package static func all(in size: TreeSize) -> [TilePath] {
    (0..<8).flatMap { level in
      let count = size.value >> UInt64(level * 8)
      let tiles = count >> 8 + (count & 255 == 0 ? 0 : 1)
      return (0..<tiles).compactMap { index in TilePath(level: level, index: index, in: size) }
    }
  }

  private var suffix: String {
    var text = threeDigits(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      text = "x" + threeDigits(rest % 1000) + "/" + text
      rest /= 1000
    }
    return width == 256 ? text : "\(text).p/\(width)"
  }

  private func threeDigits(_ value: UInt64) -> String {
    let digits = String(value)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
