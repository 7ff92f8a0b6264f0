internal import CLMDB

extension Environment {
  /// Lends a consistent picture of the store to `body`. Neither readers nor writers wait for each other.
  ///
  /// The body throws an error of the caller's own, which wraps the failures of the transaction around it. Its type
  /// must be written: `{ txn throws(LogError) in … }`.
  ///
  /// - Throws: from outside the body: `readersFull`, `forked`, `busy` (the process's pid is in use from another PID
  ///   namespace; or the store is read without a lock and was written too quickly), `damaged`.
  package func read<R, E: StorageErrorConvertible>(
    _ body: (borrowing ReadTransaction) throws(E) -> R
  ) throws(E) -> R {
    try perform(body)
  }

  private func perform<R, E: StorageErrorConvertible>(
    _ body: (borrowing ReadTransaction) throws(E) -> R
  ) throws(E) -> R {
    let transaction: ReadTransaction
    do throws(StorageError) { transaction = try beginRead() } catch { throw E(error) }
    guard isUnlocked else { return try body(transaction) }

    let outcome: Result<R, E>
    do throws(E) { outcome = .success(try body(transaction)) } catch { outcome = .failure(error) }
    // What was read may not have been there any more, so neither a result nor an error of it counts.
    do throws(StorageError) { try checkNotOverwritten(transaction) } catch { throw E(error) }
    return try outcome.get()
  }

  /// The same for a body that throws nothing or `StorageError`.
  package func read<R>(
    _ body: (borrowing ReadTransaction) throws(StorageError) -> R
  ) throws(StorageError) -> R {
    try perform(body)
  }

  private func beginRead() throws(StorageError) -> ReadTransaction {
    try checkProcess(.begin)
    unsafe GuardedStore.touch(guarded)
    var transaction: OpaquePointer?
    var status = unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
    if status == MDB_READERS_FULL {
      // Some of them may have died since the store was opened.
      var dead: Int32 = 0
      try check(unsafe mdb_reader_check(handle, &dead), .begin, path)
      status = unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
    }
    try check(status, .begin, path)
    guard let transaction = unsafe transaction else { throw StorageError(.inputOutput, .begin, path) }
    return unsafe ReadTransaction(
      Snapshot(
        transaction, of: .passUnretained(self), handles: UnsafeBufferPointer(tableHandles), guarded,
        isForWriting: false))
  }

  /// Without a lock no writer knows of this reader. A writer uses the pages again that the commit before the last
  /// one set free; so what this reader saw is whole as long as at most one commit has come behind its own.
  private func checkNotOverwritten(_ transaction: borrowing ReadTransaction) throws(StorageError) {
    let seen = unsafe Int(mdb_txn_id(transaction.snapshot.transaction))
    guard try lastTransaction > seen + 1 else { return }
    throw StorageError(
      .busy, .begin, path,
      detail: "it is read without a lock, and was written meanwhile faster than it was read")
  }
}
