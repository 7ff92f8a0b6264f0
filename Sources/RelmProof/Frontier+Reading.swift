extension Frontier {
  /// The right edge of a tree as it was at some size, from the nodes of the tree that it has become.
  ///
  /// - Parameters:
  ///   - size: at most that of the tree which the nodes are of.
  ///   - nodes: its full subtrees, which never change however the log grows.
  package init<Nodes: NodeReader & ~Copyable>(
    of size: TreeSize, from nodes: borrowing Nodes
  ) throws(Nodes.Failure) {
    var hashes: [Digest] = []
    for subtree in FullSubtrees(over: 0..<size.value) {
      hashes.append(try nodes.node(level: subtree.level, index: subtree.index))
    }
    self.init(exactly: size, hashes)
  }
}
