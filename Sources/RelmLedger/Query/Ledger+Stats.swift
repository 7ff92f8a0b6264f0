internal import RelmDomain
internal import RelmLog
internal import RelmViews
package import RelmProof
internal import RelmStorage

/// How large a ledger is.
package struct LedgerStats: Sendable {
  package let size: TreeSize
  package let streams: UInt64
  package let sources: UInt64
  /// How many events of each type there are, most first.
  package let types: [(name: String, count: UInt64)]
  /// What the files occupy on disk, in bytes.
  package let logBytes: Int
  package let viewBytes: Int
}

extension Ledger {
  package func stats() throws -> LedgerStats {
    try withRows { rows, _ in
      let checkpoint = try Views.checkpoint(of: rows)
      var types: [(String, UInt64)] = []
      try rows.scan(IndexTables.types, from: nil, upTo: nil, reversed: false) { _, value in
        guard let number = RowBytes.uint32(value) else { return true }
        var count: UInt64 = 0
        var first: Position?
        let prefix = Array(IndexKey.numbered(number, 0).dropLast(8))
        try rows.scan(IndexTables.typeEvents, prefix: prefix) { key, _ in
          count += 1
          if first == nil { first = RowBytes.place(key, at: 4).map { Position($0) } }
          return true
        }
        // A long name stands in the index as its hash, so that the name is read from an event.
        if let first, let event = try event(at: first) { types.append((event.record.envelope.type, count)) }
        return true
      }
      types.sort { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
      return LedgerStats(
        size: checkpoint.size, streams: UInt64(checkpoint.streamCount), sources: UInt64(checkpoint.sourceCount),
        types: types, logBytes: try log.environment.sizeOnDiskBytes,
        viewBytes: try views.currentAsItIs()?.sizeOnDiskBytes ?? 0)
    }
  }

  /// The views with the number of their rows, and how many events are folded in them.
  package func viewCounts() throws -> (counts: [(name: String, rows: UInt64)], size: TreeSize) {
    try withRows { rows, size in
      var counts: [(String, UInt64)] = []
      for table in Views.tables where table != Views.checkpoints {
        var count: UInt64 = 0
        try rows.scan(table, from: nil, upTo: nil, reversed: false) { _, _ in
          count += 1
          return true
        }
        counts.append((table.name, count))
      }
      return (counts, size)
    }
  }
}
