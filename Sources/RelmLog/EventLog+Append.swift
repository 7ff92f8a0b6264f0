package import RelmDomain
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
    return LogAppend(transaction, head: try Self.head(stored, path: environment.path))
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
    try transaction.commit()
  }
}
