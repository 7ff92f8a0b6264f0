package import RelmDomain
package import RelmProof

/// Which part of the history counts when somebody asks what was true.
///
/// A ledger has two clocks. ``size`` goes by the one of recording: what the ledger knew. ``happenedBy`` goes by the one
/// of the claims: what had happened, whenever it came to be known.
package struct AsOf: Hashable, Sendable {
  /// How many of the log's first events count.
  package var size: TreeSize
  /// Only what had happened by then counts; nil for everything.
  package var happenedBy: Instant?

  package init(size: TreeSize, happenedBy: Instant? = nil) {
    self.size = size
    self.happenedBy = happenedBy
  }
}
