/// Where a proof reads the tree's inner hashes.
///
/// A node at level *k* and index *i* is the root of the full subtree over the leaves from `i * 2^k` up to, not
/// including, `(i + 1) * 2^k` (RFC 6962, section 2.1: `MTH(D[i * 2^k : (i + 1) * 2^k])`). Level 0 are the leaf
/// hashes. Only full subtrees are asked for: their hashes never change however the log grows.
package protocol NodeReader<Failure>: ~Copyable {
  associatedtype Failure: Error

  /// The root of one full subtree.
  ///
  /// - Throws: when it cannot be read; the proof that needs it is then not made.
  func node(level: Int, index: UInt64) throws(Failure) -> Digest
}
