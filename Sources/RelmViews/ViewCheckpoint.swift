internal import RelmDomain
package import RelmProof

/// How far the views have come: what they have folded, and what the next fold builds on.
///
/// It is written in the same transaction as the rows. Its tree frontier is the proof of what was folded: views whose
/// frontier is not the log's at that size have folded another history.
package struct ViewCheckpoint: Equatable, Sendable {
  /// The right edge of the tree over every record folded so far; its size is how many those are.
  package var frontier: Frontier
  /// The leaf hash of the last record folded: views of another history are told by it at a glance.
  package var lastLeaf: Digest?
  /// How many sources, streams and types have a number.
  package var sourceCount: UInt32
  package var streamCount: UInt32
  package var typeCount: UInt32
  /// Where the first event stands that a newer program wrote; nil where all are known.
  package var firstNewer: Position?

  /// Before the first event.
  package init() {
    frontier = Frontier()
    sourceCount = 0
    streamCount = 0
    typeCount = 0
  }

  package var size: TreeSize { frontier.size }

  package init?(bytes: [UInt8]) {
    guard let size = RowBytes.place(bytes), let sources = RowBytes.uint32(bytes, at: 8),
      let streams = RowBytes.uint32(bytes, at: 12), let types = RowBytes.uint32(bytes, at: 16),
      let newer = RowBytes.uint64(bytes, at: 20), bytes.count >= 60, (bytes.count - 60).isMultiple(of: 32),
      let last = Digest(bytes: bytes[28..<60])
    else { return nil }
    var hashes: [Digest] = []
    for offset in stride(from: 60, to: bytes.count, by: 32) {
      guard let digest = Digest(bytes: bytes[offset..<offset + 32]) else { return nil }
      hashes.append(digest)
    }
    // A larger number would run over when the next is given.
    guard let frontier = Frontier(size: TreeSize(size), hashes: hashes),
      [sources, streams, types].allSatisfy({ $0 < UInt32.max / 2 })
    else { return nil }
    self.frontier = frontier
    lastLeaf = size == 0 ? nil : last
    sourceCount = sources
    streamCount = streams
    typeCount = types
    firstNewer = newer == .max ? nil : Position(newer)
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    RowBytes.append(size.value, to: &bytes)
    RowBytes.append(sourceCount, to: &bytes)
    RowBytes.append(streamCount, to: &bytes)
    RowBytes.append(typeCount, to: &bytes)
    RowBytes.append(firstNewer?.value ?? .max, to: &bytes)
    bytes.append(contentsOf: (lastLeaf ?? .emptyTree).bytes)
    for hash in frontier.hashes { bytes.append(contentsOf: hash.bytes) }
    return bytes
  }
}
