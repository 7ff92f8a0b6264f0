package import RelmDomain
internal import RelmLog
internal import RelmViews
package import RelmProof

extension Ledger {
  /// What a seal of the log as it is now says: the tree, and a root over the heads of all streams.
  ///
  /// The streams' tree is RFC 6962's, with one leaf a stream in the order of the names' bytes: the name, a zero byte,
  /// the number of its records in decimal, a zero byte, and the leaf hash of its last record in base64.
  ///
  /// - Returns: the data of the event, and the size on which it rests.
  package func seal(reason: String?) throws -> (data: LedgerSealed, size: TreeSize) {
    let (heads, checkpoint) = try views.withCurrentRows { rows, checkpoint in
      (try streamHeads(rows), checkpoint)
    }
    var streams = Frontier()
    for (name, head) in heads {
      streams.append(.leaf(name + [0] + Array("\(head.count)".utf8) + [0] + Array(head.digest.base64.utf8)))
    }
    let data = LedgerSealed(
      treeSize: Int(checkpoint.size.value), rootHash: checkpoint.frontier.root.base64, streams: heads.count,
      streamsRootHash: streams.root.base64, reason: reason)
    return (data, checkpoint.size)
  }

  /// The head of every stream, in the order of the names' bytes.
  private func streamHeads(_ rows: any RowReading) throws -> [(name: [UInt8], head: StreamHead)] {
    var heads: [(name: [UInt8], head: StreamHead)] = []
    try rows.scan(IndexTables.streams, from: nil, upTo: nil, reversed: false) { key, value in
      guard let head = StreamHead(bytes: value) else { throw DamagedRow(table: IndexTables.streams, key: key) }
      // A long name stands as its hash in the index; its last record has it in full.
      guard let event = try event(at: head.last) else {
        throw BrokenHistory(at: head.last, "is named by the indexes, and the log does not hold it")
      }
      heads.append((Array(event.record.envelope.stream.utf8), head))
      return true
    }
    return heads.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
