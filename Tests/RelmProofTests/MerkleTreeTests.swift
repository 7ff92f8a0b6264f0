import RelmProof
import Testing

@Suite("The Merkle tree")
struct MerkleTreeTests {
  static let largest = 64
  let tree = NaiveTree(size: Self.largest)

  @Test("the root over the leaves is the standard's, for each size", arguments: 0...Self.largest)
  func roots(size: Int) {
    let expected = tree.root(at: size)
    #expect(MerkleTree.root(of: tree.leaves.prefix(size)) == expected)
    #expect(MerkleTree.root(at: TreeSize(UInt64(size)), from: tree) == expected)
  }

  @Test("each inclusion proof is the standard's path and is valid", arguments: 1...Self.largest)
  func inclusion(size: Int) {
    let root = tree.root(at: size)
    for index in 0..<size {
      let proof = inclusionProof(index, size)
      #expect(proof.path == tree.path(index, 0..<size))
      #expect(proof.verify(leaf: tree.leaves[index], root: root) == .valid)
    }
  }

  @Test("each consistency proof is the standard's and is valid", arguments: 1...Self.largest)
  func consistency(new: Int) {
    for old in 1...new {
      let proof = consistencyProof(old, new)
      #expect(proof.path == tree.subproof(old, 0..<new, true))
      #expect(proof.verify(oldRoot: tree.root(at: old), newRoot: tree.root(at: new)) == .valid)
    }
  }

  @Test("an inclusion proof with any one bit changed is refused", arguments: 1...16)
  func inclusionBits(size: Int) {
    let root = tree.root(at: size)
    for index in 0..<size {
      let proof = inclusionProof(index, size)
      let leaf = tree.leaves[index]
      let accepted = changedPaths(of: proof.path).filter { path in
        InclusionProof(position: proof.position, size: proof.size, path: path)
          .verify(leaf: leaf, root: root).isValid
      }
      #expect(accepted.isEmpty)
      for bit in stride(from: 0, to: 256, by: 17) {
        #expect(!proof.verify(leaf: leaf.flipping(bit: bit), root: root).isValid)
        #expect(!proof.verify(leaf: leaf, root: root.flipping(bit: bit)).isValid)
      }
    }
  }

  @Test("a consistency proof with any one bit changed is refused", arguments: 2...16)
  func consistencyBits(new: Int) {
    let newRoot = tree.root(at: new)
    for old in 1..<new {
      let proof = consistencyProof(old, new)
      let oldRoot = tree.root(at: old)
      let accepted = changedPaths(of: proof.path).filter { path in
        ConsistencyProof(from: proof.from, to: proof.to, path: path)
          .verify(oldRoot: oldRoot, newRoot: newRoot).isValid
      }
      #expect(accepted.isEmpty)
      for bit in stride(from: 0, to: 256, by: 17) {
        #expect(!proof.verify(oldRoot: oldRoot.flipping(bit: bit), newRoot: newRoot).isValid)
        #expect(!proof.verify(oldRoot: oldRoot, newRoot: newRoot.flipping(bit: bit)).isValid)
      }
    }
  }

  @Test(
    "an inclusion proof with a hash dropped or added is refused for its length", arguments: 1...Self.largest)
  func inclusionLengths(size: Int) {
    let root = tree.root(at: size)
    for index in 0..<size {
      let proof = inclusionProof(index, size)
      for path in wrongLengths(of: proof.path, root) {
        let changed = InclusionProof(position: proof.position, size: proof.size, path: path)
        #expect(
          changed.verify(leaf: tree.leaves[index], root: root)
            == .refused(.pathLength(expected: proof.path.count, found: path.count)))
      }
    }
  }

  @Test(
    "a consistency proof with a hash dropped or added is refused for its length", arguments: 1...Self.largest)
  func consistencyLengths(new: Int) {
    let newRoot = tree.root(at: new)
    for old in 1...new {
      let proof = consistencyProof(old, new)
      for path in wrongLengths(of: proof.path, newRoot) {
        let changed = ConsistencyProof(from: proof.from, to: proof.to, path: path)
        #expect(
          changed.verify(oldRoot: tree.root(at: old), newRoot: newRoot)
            == .refused(.pathLength(expected: proof.path.count, found: path.count)))
      }
    }
  }

  @Test("a leaf is not proved to be at another position", arguments: 1...24)
  func otherPositions(size: Int) {
    let root = tree.root(at: size)
    for index in 0..<size {
      for other in 0..<size where other != index {
        let moved = InclusionProof(
          position: Position(UInt64(other)), size: TreeSize(UInt64(size)), path: tree.path(index, 0..<size))
        #expect(!moved.verify(leaf: tree.leaves[index], root: root).isValid)
      }
    }
  }

  @Test("a position outside the tree is refused, at the far end too")
  func outside() {
    let root = tree.root(at: 1)
    for (position, size) in [(1, 1), (0, 0), (5, 5), (UInt64.max, 1), (UInt64.max, UInt64.max)] {
      let proof = InclusionProof(position: Position(position), size: TreeSize(size), path: [])
      #expect(
        proof.verify(leaf: root, root: root)
          == .refused(.positionOutsideTree(Position(position), TreeSize(size))))
    }
  }

  @Test("the largest trees have paths of the right length")
  func extremes() {
    let leaf = tree.leaves[0]
    for (position, size, length) in [
      (0, UInt64.max, 64), (UInt64.max - 1, UInt64.max, 63), (1 << 63, UInt64(1) << 63 + 1, 1),
    ] {
      let proof = InclusionProof(position: Position(position), size: TreeSize(size), path: [])
      #expect(proof.verify(leaf: leaf, root: leaf) == .refused(.pathLength(expected: length, found: 0)))
    }
    let proof = ConsistencyProof(from: TreeSize(1), to: TreeSize(.max), path: [])
    #expect(proof.verify(oldRoot: leaf, newRoot: leaf) == .refused(.pathLength(expected: 64, found: 0)))
  }

  @Test("nothing is consistent with the tree without leaves, and no tree with a larger one")
  func senselessSizes() {
    let root = tree.root(at: 3)
    for size in [0, 1, 3] {
      let proof = ConsistencyProof(from: .empty, to: TreeSize(UInt64(size)), path: [])
      #expect(proof.verify(oldRoot: .emptyTree, newRoot: root) == .refused(.fromEmptyTree))
    }
    let reversed = ConsistencyProof(from: TreeSize(3), to: TreeSize(2), path: tree.subproof(2, 0..<3, true))
    #expect(
      reversed.verify(oldRoot: root, newRoot: tree.root(at: 2))
        == .refused(.sizesReversed(from: TreeSize(3), to: TreeSize(2))))
  }

  @Test("two roots of one size are not consistent")
  func forked() {
    let proof = ConsistencyProof(from: TreeSize(4), to: TreeSize(4), path: [])
    let root = tree.root(at: 4)
    let other = tree.root(at: 5)
    #expect(
      proof.verify(oldRoot: root, newRoot: other) == .refused(.rootDiffers(expected: other, computed: root)))
  }

  @Test("each refusal says in words what differs")
  func words() {
    let refusals: [ProofRefusal] = [
      .positionOutsideTree(Position(3), TreeSize(3)), .fromEmptyTree,
      .sizesReversed(from: TreeSize(3), to: TreeSize(2)), .pathLength(expected: 1, found: 2),
      .rootDiffers(expected: .emptyTree, computed: leafHash(at: 0)),
      .oldRootDiffers(expected: .emptyTree, computed: leafHash(at: 0)), .checkpoint(.signatures(.noKnownKey)),
    ]
    #expect(Set(refusals.map(\.description)).count == refusals.count)
  }

  private func inclusionProof(_ index: Int, _ size: Int) -> InclusionProof {
    MerkleTree.inclusionProof(of: Position(UInt64(index)), in: TreeSize(UInt64(size)), from: tree)
  }

  private func consistencyProof(_ old: Int, _ new: Int) -> ConsistencyProof {
    MerkleTree.consistencyProof(from: TreeSize(UInt64(old)), to: TreeSize(UInt64(new)), from: tree)
  }

  /// The path with each of its bits changed, one at a time.
  private func changedPaths(of path: [Digest]) -> [[Digest]] {
    path.indices.flatMap { place in
      (0..<256).map { bit in
        var changed = path
        changed[place] = path[place].flipping(bit: bit)
        return changed
      }
    }
  }

  /// The path with each hash dropped, with one repeated, and with another put before and behind it.
  private func wrongLengths(of path: [Digest], _ stranger: Digest) -> [[Digest]] {
    let shorter = path.indices.map { index in Array(path[..<index] + path[(index + 1)...]) }
    let repeated = path.indices.map { index in Array(path[...index] + path[index...]) }
    return shorter + repeated + [[stranger] + path, path + [stranger]]
  }
}
