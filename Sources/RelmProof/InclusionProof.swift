/// The proof that a tree has a certain leaf at a certain position: the audit path of RFC 6962, section 2.1.1.
package struct InclusionProof: Hashable, Sendable {
  package let position: Position
  package let size: TreeSize
  /// From the leaf's sibling up to the root's child.
  package let path: [Digest]

  package init(position: Position, size: TreeSize, path: [Digest]) {
    self.position = position
    self.size = size
    self.path = path
  }

  /// Whether a tree with this root has this leaf there.
  ///
  /// - Parameters:
  ///   - leaf: the leaf hash, `Digest.leaf(record)`.
  ///   - root: of the tree of `size`, from a checkpoint that is trusted.
  package func verify(leaf: Digest, root: Digest) -> ProofVerdict {
    guard size.contains(position) else { return .refused(.positionOutsideTree(position, size)) }
    let shape = PathShape(to: position, in: size)
    guard path.count == shape.inner + shape.border else {
      return .refused(.pathLength(expected: shape.inner + shape.border, found: path.count))
    }
    var node = leaf
    for (level, sibling) in path.prefix(shape.inner).enumerated() {
      let isRight = position.value >> UInt64(level) & 1 == 1
      node = isRight ? .node(sibling, node) : .node(node, sibling)
    }
    for sibling in path.dropFirst(shape.inner) { node = .node(sibling, node) }
    return node == root ? .valid : .refused(.rootDiffers(expected: root, computed: node))
  }
}

/// How many hashes a path has, and on which sides.
///
/// Up to the level where a leaf's path meets that of the tree's last leaf, each level has a sibling, left or
/// right. Above, the path runs along the right edge, where there is a sibling only on the left, one for each
/// bit set.
struct PathShape {
  let inner: Int
  let border: Int

  /// - Parameter size: contains `position`.
  init(to position: Position, in size: TreeSize) {
    inner = 64 - (position.value ^ (size.value - 1)).leadingZeroBitCount
    border = inner == 64 ? 0 : (position.value >> UInt64(inner)).nonzeroBitCount
  }
}
