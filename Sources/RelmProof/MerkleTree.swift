/// The Merkle tree of RFC 6962, section 2.1, as pure functions: roots and proofs made from the hashes of full
/// subtrees, wherever those are kept.
package enum MerkleTree {
  /// The root over these leaf hashes, from the first one on.
  ///
  /// Over 2^k leaves it is also the node at level k above them.
  package static func root(of leaves: some Collection<Digest>) -> Digest {
    var row = Array(leaves)
    guard !row.isEmpty else { return .emptyTree }
    // Pairing from the left and carrying up what is left alone makes the tree of section 2.1.
    while row.count > 1 {
      let pairs = row.count / 2
      for pair in 0..<pairs { row[pair] = .node(row[pair * 2], row[pair * 2 + 1]) }
      guard row.count.isMultiple(of: 2) else {
        row[pairs] = row[row.count - 1]
        row.removeLast(row.count - pairs - 1)
        continue
      }
      row.removeLast(pairs)
    }
    return row[0]
  }

  /// The root of the tree as it was at a size: `MTH(D[0:size])`.
  package static func root<Reader: NodeReader & ~Copyable>(
    at size: TreeSize, from nodes: borrowing Reader
  ) throws(Reader.Failure) -> Digest {
    try root(over: 0..<size.value, from: nodes)
  }

  /// The right edge of the tree as it was at a size, from which appending goes on.
  package static func frontier<Reader: NodeReader & ~Copyable>(
    at size: TreeSize, from nodes: borrowing Reader
  ) throws(Reader.Failure) -> Frontier {
    var hashes: [Digest] = []
    for subtree in FullSubtrees(over: 0..<size.value) {
      hashes.append(try nodes.node(level: subtree.level, index: subtree.index))
    }
    return Frontier(exactly: size, hashes)
  }

  /// The proof that the tree of this size has the leaf at this position: `PATH(position, D[size])` of section
  /// 2.1.1.
  ///
  /// - Parameters:
  ///   - position: below `size`; another one is a bug of the caller.
  ///   - size: of the tree.
  ///   - nodes: the tree's hashes.
  package static func inclusionProof<Reader: NodeReader & ~Copyable>(
    of position: Position, in size: TreeSize, from nodes: borrowing Reader
  ) throws(Reader.Failure) -> InclusionProof {
    precondition(size.contains(position), "position \(position) is not in a tree of size \(size)")
    var path: [Digest] = []
    var low: UInt64 = 0
    var high = size.value
    while high - low > 1 {
      let middle = low + leftCount(of: high - low)
      if position.value < middle {
        path.append(try root(over: middle..<high, from: nodes))
        high = middle
      } else {
        path.append(try root(over: low..<middle, from: nodes))
        low = middle
      }
    }
    return InclusionProof(position: position, size: size, path: path.reversed())
  }

  /// The proof that one tree is the other's beginning: `PROOF(from, D[to])` of section 2.1.2.
  ///
  /// - Parameters:
  ///   - old: more than 0, since a tree without leaves has nothing to prove; at most `new`. Anything else is a
  ///     bug of the caller.
  ///   - new: the size of the larger tree.
  ///   - nodes: the larger tree's hashes.
  package static func consistencyProof<Reader: NodeReader & ~Copyable>(
    from old: TreeSize, to new: TreeSize, from nodes: borrowing Reader
  ) throws(Reader.Failure) -> ConsistencyProof {
    precondition(!old.isEmpty && old <= new, "there is no consistency proof from size \(old) to size \(new)")
    var path: [Digest] = []
    var low: UInt64 = 0
    var high = new.value
    while old.value < high {
      let middle = low + leftCount(of: high - low)
      if old.value <= middle {
        path.append(try root(over: middle..<high, from: nodes))
        high = middle
      } else {
        path.append(try root(over: low..<middle, from: nodes))
        low = middle
      }
    }
    // Whoever checks knows the old root; a smaller part of the old tree must be told.
    if low > 0 { path.append(try root(over: low..<high, from: nodes)) }
    return ConsistencyProof(from: old, to: new, path: path.reversed())
  }

  /// `MTH(D[low:high])` for a range that the recursion of section 2.1 reaches.
  private static func root<Reader: NodeReader & ~Copyable>(
    over leaves: Range<UInt64>, from nodes: borrowing Reader
  ) throws(Reader.Failure) -> Digest {
    // The right-most subtree is the smallest; the fold goes from there to the left.
    var root: Digest?
    for subtree in FullSubtrees(over: leaves).reversed() {
      let node = try nodes.node(level: subtree.level, index: subtree.index)
      root = root.map { right in .node(node, right) } ?? node
    }
    return root ?? .emptyTree
  }

  /// The largest power of two smaller than `count`, which is at least 2: the *k* of section 2.1.
  private static func leftCount(of count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }
}
