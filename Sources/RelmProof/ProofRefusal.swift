/// Why a proof does not prove what it should (RFC 6962, sections 2.1.1 and 2.1.2; C2SP tlog-proof, "Verifying a
/// tlog proof").
package enum ProofRefusal: Hashable, Sendable {
  /// The tree has no leaf at that position.
  case positionOutsideTree(Position, TreeSize)
  /// From a tree without leaves, which is the beginning of every tree, nothing can be proved.
  case fromEmptyTree
  /// The older tree is the larger one.
  case sizesReversed(from: TreeSize, to: TreeSize)
  /// A proof about these sizes has another number of hashes.
  case pathLength(expected: Int, found: Int)
  /// The proof leads to another root than the one that is trusted; for consistency, the newer one.
  case rootDiffers(expected: Digest, computed: Digest)
  /// The proof leads to another root of the older tree than the one that is trusted.
  case oldRootDiffers(expected: Digest, computed: Digest)
  /// The checkpoint that carries the root cannot be trusted.
  case checkpoint(CheckpointRefusal)
}

extension ProofRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .positionOutsideTree(let position, let size):
      "a tree of size \(size) has no position \(position)"
    case .fromEmptyTree:
      "nothing can be proved from a tree of size 0"
    case .sizesReversed(let from, let to):
      "the older tree (size \(from)) is larger than the newer one (size \(to))"
    case .pathLength(let expected, let found):
      "the proof has \(found) hashes where \(expected) belong"
    case .rootDiffers(let expected, let computed):
      "the proof leads to root \(computed), not to \(expected)"
    case .oldRootDiffers(let expected, let computed):
      "the proof leads to older root \(computed), not to \(expected)"
    case .checkpoint(let refusal):
      "its checkpoint is not to be trusted: \(refusal)"
    }
  }
}

/// What came of checking a proof.
package enum ProofVerdict: Hashable, Sendable {
  case valid
  case refused(ProofRefusal)

  /// Whether the proof proves it.
  package var isValid: Bool { self == .valid }
}
