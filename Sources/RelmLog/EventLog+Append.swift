package import RelmDomain
internal import RelmFiles
package import RelmProof
internal import RelmStorage

extension EventLog {
  /// Takes the log's write lock: until it is committed or dropped, nobody else appends.
  ///
  /// - Parameter limit: how long to wait for whoever holds it.
  /// - Throws: `StorageError`, with code `busy` where the limit passed.
  package func beginAppend(within limit: Duration) throws -> LogAppend {
    let transaction = try environment.beginWrite(within: limit)
    let stored = try transaction.get(LogSchema.meta, LogSchema.headKey)
    let head = try Self.head(stored, path: environment.path)
    guard try isEnd(head, in: transaction) else { throw LogError.damagedHead(path: environment.path) }
    return LogAppend(transaction, head: head)
  }

  /// Whether the log ends as its head says: so many rows, the last of them at the last position, taken when the head says
  /// that it was. What is appended to a log that does not would be acknowledged and lost.
  private func isEnd(_ head: LogHead, in transaction: borrowing WriteTransaction) throws -> Bool {
    let (count, last) = (
      try transaction.count(of: LogSchema.events), try transaction.lastKey(in: LogSchema.events)
    )
    guard UInt64(count) == head.size.value else { return false }
    guard let position = head.size.lastPosition else { return last == nil }
    guard last == Key(bigEndian: position.value).bytes,
      let bytes = try transaction.get(LogSchema.events, Key(bigEndian: position.value))
    else { return false }
    // The smallest full subtree of a tree of odd size is its last leaf.
    if !head.size.value.isMultiple(of: 2), head.frontier.hashes.last != Digest.leaf(bytes) { return false }
    do throws(DecodingFailure) {
      return try Record(bytes).recordedTime == head.lastRecorded
    } catch {
      throw BrokenHistory(at: position, "does not read: \(error.pointer): \(error.reason)")
    }
  }
}

/// The log while it is held for appending: records go to its end, and all land at once or not at all.
///
/// It begins and ends on one thread. Dropped, it leaves the log as it was.
package struct LogAppend: ~Copyable {
  private var transaction: WriteTransaction
  /// The end of the log, with what has been appended here.
  package private(set) var head: LogHead

  init(_ transaction: consuming WriteTransaction, head: LogHead) {
    self.transaction = transaction
    self.head = head
  }

  /// Appends one record.
  ///
  /// - Parameters:
  ///   - record: its bytes: canonical JSON with the ledger's attributes in it.
  ///   - recorded: its `recordedtime`, not earlier than the last.
  ///   - digest: the leaf hash of its bytes.
  /// - Throws: `StorageError`; the append is then to be dropped.
  package mutating func append(_ record: [UInt8], recorded: Instant, digest: Digest) throws {
    precondition(head.lastRecorded.map { $0 <= recorded } ?? true, "recordedtime never runs backwards")
    try transaction.put(
      Key(bigEndian: head.size.value), record, in: LogSchema.events, mode: .append)
    head.frontier.append(digest)
    head.lastRecorded = recorded
  }

  /// The bytes of a record that stands before this append.
  package func bytes(at position: Position) throws -> [UInt8]? {
    try transaction.get(LogSchema.events, Key(bigEndian: position.value))
  }

  /// Puts what was appended on disk. Once it returns, it is there whatever happens.
  ///
  /// - Throws: `StorageError`; where the disk failed it is unknown whether the records are there: trying again with
  ///   the same ids is safe.
  package consuming func commit() throws {
    try transaction.put(LogSchema.headKey, head.bytes, in: LogSchema.meta)
    // A command that is begun anew would append again, with another id.
    Traces.leave()
    try transaction.commit()
  }
}
