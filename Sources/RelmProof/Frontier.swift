/// The right edge of a Merkle tree: the roots of the full subtrees of which it consists (RFC 6962, section
/// 2.1), the largest, which is the left-most, first.
///
/// It is all that a log must keep to append and to know its root: one digest for each bit that is set in the
/// size.
package struct Frontier: Sendable, Equatable {
  /// How many leaves have been appended.
  @usableFromInline package private(set) var size: TreeSize
  /// The roots, the largest subtree first; as many as the size has bits set.
  @usableFromInline package private(set) var hashes: [Digest]

  /// The tree without leaves.
  package init() {
    size = .empty
    hashes = []
    hashes.reserveCapacity(64)
  }

  /// A right edge as it was stored.
  ///
  /// - Returns: nil unless there are as many hashes as a tree of this size has full subtrees.
  package init?(size: TreeSize, hashes: [Digest]) {
    guard hashes.count == size.value.nonzeroBitCount else { return nil }
    self.init(exactly: size, hashes)
  }

  init(exactly size: TreeSize, _ hashes: [Digest]) {
    precondition(hashes.count == size.value.nonzeroBitCount, "one hash for each bit of the size")
    self.size = size
    self.hashes = hashes
  }

  /// The root of the whole tree: `MTH(D[0:size])`.
  package var root: Digest {
    guard var root = hashes.last else { return .emptyTree }
    for left in hashes.dropLast().reversed() { root = .node(left, root) }
    return root
  }

  /// Appends one leaf.
  package mutating func append(_ leaf: Digest) {
    append(leaf) { _, _, _ in }
  }

  /// Appends one leaf and tells of each full subtree that it completes, from small to large.
  ///
  /// - Parameters:
  ///   - leaf: the leaf hash, `Digest.leaf(record)`.
  ///   - completed: called with the level (1 or higher), the index in that level, and the root. Whoever keeps
  ///     levels 8, 16, … asks `TileNodes.isStored(level:)`.
  /// - Throws: what `completed` throws; the frontier is then as it was.
  @inlinable
  package mutating func append<E: Error>(
    _ leaf: Digest, completed: (_ level: Int, _ index: UInt64, _ root: Digest) throws(E) -> Void
  ) throws(E) {
    try append(subtree: leaf, level: 0, completed: completed)
  }

  /// Appends 2^level leaves at once, by the root of the full subtree over them, as when threads have each
  /// hashed their part of a log.
  ///
  /// - Parameters:
  ///   - root: `MerkleTree.root(of:)` over exactly 2^level leaf hashes.
  ///   - level: the size is a multiple of 2^level; anything else is a bug of the caller.
  ///   - completed: called for what is completed above the subtree, not for the subtree itself.
  /// - Throws: what `completed` throws; the frontier is then as it was.
  @inlinable
  package mutating func append<E: Error>(
    subtree root: Digest, level: Int,
    completed: (_ level: Int, _ index: UInt64, _ root: Digest) throws(E) -> Void
  ) throws(E) {
    let count: UInt64 = 1 << UInt64(level)
    precondition(size.value & (count - 1) == 0, "the tree ends inside that subtree")
    // Each bit that is set from there on is a subtree as large as the one that now stands beside it.
    let merged = (size.value >> UInt64(level) ^ .max).trailingZeroBitCount
    var node = root
    for step in 1..<(merged + 1) {
      node = .node(hashes[hashes.count - step], node)
      try completed(level + step, size.value >> UInt64(level + step), node)
    }
    grow(to: TreeSize(size.value + count), replacingLast: merged, with: node)
  }

  @usableFromInline
  mutating func grow(to size: TreeSize, replacingLast merged: Int, with node: Digest) {
    hashes.removeLast(merged)
    hashes.append(node)
    self.size = size
  }
}
