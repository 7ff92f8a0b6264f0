internal import Crypto

/// A position's lot in a sample that anybody can draw again.
///
/// The lot is SHA-256 over the seed in UTF-8, a zero byte, the 32 bytes of a tree's root, and the position as 8 bytes, the
/// highest first; the lowest lots are drawn. Whoever chooses the seed once the root is fixed knows that nobody arranged the
/// records for it, and whoever keeps the root knows that nobody chose among seeds for him. In Python:
/// `sha256(seed.encode() + b"\0" + b64decode(root) + position.to_bytes(8, "big"))`.
package struct SampleDraw: Hashable, Sendable {
  package let position: Position
  /// By which it is drawn.
  package let lot: Digest

  package init(of position: Position, seed: String, root: Digest) {
    var hasher = SHA256()
    hasher.update(data: Array(seed.utf8) + [0])
    root.withUnsafeBytes { bytes in hasher.update(bufferPointer: bytes) }
    withUnsafeBytes(of: position.value.bigEndian) { bytes in hasher.update(bufferPointer: bytes) }
    self.position = position
    lot = hasher.finalize().withUnsafeBytes { bytes in Digest(copying: bytes) }
  }

  /// Draws some of a population, the lowest lot first; all of it where it is smaller.
  package static func lowest(
    _ count: Int, of population: some Sequence<Position>, seed: String, root: Digest
  ) -> [SampleDraw] {
    let lots = population.map { SampleDraw(of: $0, seed: seed, root: root) }
    return Array(lots.sorted { ($0.lot, $0.position) < ($1.lot, $1.position) }.prefix(count))
  }
}
