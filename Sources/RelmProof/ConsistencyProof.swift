/// The proof that a tree is the beginning of a larger one, so that nothing in it was changed or cut away: RFC
/// 6962, section 2.1.2.
package struct ConsistencyProof: Hashable, Sendable {
  /// The older, smaller tree. A proof from size 0 is always refused: it would be empty and prove nothing.
  package let from: TreeSize
  package let to: TreeSize
  package let path: [Digest]

  package init(from: TreeSize, to: TreeSize, path: [Digest]) {
    self.from = from
    self.to = to
    self.path = path
  }

  /// Whether the tree with the older root is the beginning of the tree with the newer one.
  package func verify(oldRoot: Digest, newRoot: Digest) -> ProofVerdict {
    guard !from.isEmpty else { return .refused(.fromEmptyTree) }
    guard from <= to else { return .refused(.sizesReversed(from: from, to: to)) }
    guard from < to else {
      guard path.isEmpty else { return .refused(.pathLength(expected: 0, found: path.count)) }
      return oldRoot == newRoot ? .valid : .refused(.rootDiffers(expected: newRoot, computed: oldRoot))
    }

    // It is the path to the older tree's last leaf, without what lies inside that tree's last full subtree.
    // When the older tree is that subtree, its root begins the path unsaid.
    let level = from.value.trailingZeroBitCount
    let shape = PathShape(to: Position(from.value - 1), in: to)
    let isFullSubtree = from.value == 1 << UInt64(level)
    let expected = shape.inner - level + shape.border + (isFullSubtree ? 0 : 1)
    guard path.count == expected else {
      return .refused(.pathLength(expected: expected, found: path.count))
    }
    let start = isFullSubtree ? oldRoot : path[0]
    let siblings = isFullSubtree ? path[...] : path.dropFirst()
    let inner = siblings.prefix(shape.inner - level)
    let border = siblings.dropFirst(inner.count)

    // Only what lies to the left belongs to the older tree.
    var old = start
    var new = start
    for (step, sibling) in inner.enumerated() {
      guard (from.value - 1) >> UInt64(level + step) & 1 == 1 else {
        new = .node(new, sibling)
        continue
      }
      old = .node(sibling, old)
      new = .node(sibling, new)
    }
    for sibling in border {
      old = .node(sibling, old)
      new = .node(sibling, new)
    }
    guard old == oldRoot else { return .refused(.oldRootDiffers(expected: oldRoot, computed: old)) }
    return new == newRoot ? .valid : .refused(.rootDiffers(expected: newRoot, computed: new))
  }
}
