internal import Dispatch
package import RelmDomain
package import RelmProof
internal import Synchronization

/// What the records themselves give when every one is read and hashed again.
package struct Audit: Sendable {
  /// The right edge of the tree over them.
  package private(set) var frontier = Frontier()
  /// When the last of them was recorded.
  package private(set) var lastRecorded: Instant?
  /// The roots at the sizes that were asked for, as far as the log reaches.
  package private(set) var roots: [UInt64: Digest] = [0: .emptyTree]

  /// Records that one thread reads: a full subtree, but at the log's end.
  fileprivate static let blockLevel = 13
  fileprivate static let blockSize: UInt64 = 1 << UInt64(blockLevel)

  /// Joins the next block on.
  ///
  /// - Throws: `BrokenHistory` where the clock ran backwards between the blocks.
  fileprivate mutating func join(_ block: Block) throws {
    if let last = lastRecorded, let first = block.firstRecorded, first < last {
      throw BrokenHistory(at: block.start, "was recorded before the one before it")
    }
    for (size, inner) in block.edges { roots[size] = joined(inner).root }
    frontier = joined(block.frontier)
    lastRecorded = block.lastRecorded ?? lastRecorded
  }

  /// The tree so far with a block's own tree behind it.
  private func joined(_ inner: Frontier) -> Frontier {
    var whole = frontier
    var rest = inner.size.value
    for hash in inner.hashes {
      let level = 63 - rest.leadingZeroBitCount
      whole.append(subtree: hash, level: level) { _, _, _ in }
      rest -= 1 << UInt64(level)
    }
    return whole
  }
}

/// What one thread has read.
private struct Block: Sendable {
  let start: Position
  var frontier = Frontier()
  var firstRecorded: Instant?
  var lastRecorded: Instant?
  /// The block's own tree at the sizes of the whole log that were asked for.
  var edges: [UInt64: Frontier] = [:]

  init(start: Position) {
    self.start = start
  }

  mutating func read(_ bytes: [UInt8], at position: Position, _ sizes: Set<UInt64>) throws {
    guard bytes.count <= Record.maximumBytes else {
      throw BrokenHistory(at: position, "is larger than a record may be: \(bytes.count) bytes")
    }
    let recorded: Instant
    do {
      recorded = try Record(bytes).recordedTime
    } catch {
      throw BrokenHistory(at: position, "does not read: \(error)")
    }
    if let last = lastRecorded, recorded < last {
      throw BrokenHistory(at: position, "was recorded before the one before it")
    }
    if firstRecorded == nil { firstRecorded = recorded }
    lastRecorded = recorded
    frontier.append(.leaf(bytes))
    if sizes.contains(position.value + 1) { edges[position.value + 1] = frontier }
  }
}

extension EventLog {
  /// Reads every record again, on all processors: each in its place, the clock never backwards.
  ///
  /// - Parameters:
  ///   - size: how many records there must be.
  ///   - sizes: where the root is wanted besides the end.
  ///   - progress: told how many records are done, of how many.
  /// - Throws: `BrokenHistory` for the first record that is wrong; ``LogError/missingRecord(_:)``; `StorageError`.
  package func audit(
    upTo size: TreeSize, rootsAt sizes: [UInt64], progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws -> Audit {
    var audit = Audit()
    let wanted = Set(sizes)
    let blocksPerWave = 16
    var next: UInt64 = 0
    while next < size.value {
      let starts = stride(from: next, to: size.value, by: Int(Audit.blockSize)).prefix(blocksPerWave).map { $0 }
      let results = Mutex<[Result<Block, any Error>?]>(Array(repeating: nil, count: starts.count))
      DispatchQueue.concurrentPerform(iterations: starts.count) { place in
        let block = Result { try readBlock(from: starts[place], upTo: size.value, wanted) }
        results.withLock { $0[place] = block }
      }
      for result in results.withLock({ $0 }) {
        guard let result else { preconditionFailure("every block is read") }
        try audit.join(try result.get())
      }
      next = min(size.value, next + UInt64(blocksPerWave) * Audit.blockSize)
      progress(next, size.value)
    }
    return audit
  }

  private func readBlock(from start: UInt64, upTo size: UInt64, _ sizes: Set<UInt64>) throws -> Block {
    var block = Block(start: Position(start))
    try forEach(from: Position(start), upTo: Position(min(size, start + Audit.blockSize))) { position, bytes in
      try block.read(bytes, at: position, sizes)
      return true
    }
    return block
  }
}
