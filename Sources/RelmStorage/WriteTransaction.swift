internal import CLMDB
internal import Glibc

/// How a row is put.
package enum PutMode: Sendable, Hashable {
  /// Whether or not there is a row with that key.
  case upsert
  /// Behind the last row, which fills pages to the brim; `alreadyExists` if the key is not behind it.
  case append
  /// Only if there is no row with that key; `alreadyExists` otherwise.
  case insert
}

/// The one transaction of the store that may change it, until `commit`; otherwise it leaves no trace.
///
/// It begins and ends on one thread, because LMDB's writer mutex belongs to the thread that locked it. Most
/// misuse does not compile: it cannot be copied, is not `Sendable`, and `beginWrite` is not available in
/// asynchronous code, so that no `await` can move it. What is left, such as sending it before its first use, traps.
@safe
package struct WriteTransaction: ~Copyable, Reading {
  private let inner: Snapshot
  private let thread: pthread_t

  /// Takes over the writer lock, and one reference to the environment.
  init(_ snapshot: Snapshot) {
    inner = snapshot
    thread = pthread_self()
  }

  package var snapshot: Snapshot {
    precondition(pthread_self() == thread, "a write transaction stays on the thread on which it began")
    return inner
  }

  /// Puts a row.
  ///
  /// After an error other than `alreadyExists` and `keyTooLong` the transaction can only be given up.
  ///
  /// - Throws: `alreadyExists` as `mode` says; `keyTooLong`; `mapFull`; `damaged`; `inputOutput`.
  @inlinable
  package mutating func put(
    _ key: borrowing some RawBytes & ~Copyable & ~Escapable,
    _ value: borrowing some RawBytes & ~Copyable & ~Escapable,
    in table: Table, mode: PutMode = .upsert
  ) throws(StorageError) {
    let snapshot = snapshot
    try unsafe key.withRawBytes { key throws(StorageError) in
      try unsafe value.withRawBytes { value throws(StorageError) in
        try unsafe snapshot.put(key, value, in: table, mode)
      }
    }
  }

  /// Deletes a row.
  ///
  /// - Returns: whether it was there.
  @inlinable @discardableResult
  package mutating func delete(
    _ key: borrowing some RawBytes & ~Copyable & ~Escapable, in table: Table
  ) throws(StorageError) -> Bool {
    let snapshot = snapshot
    return try unsafe key.withRawBytes { key throws(StorageError) in
      try unsafe snapshot.delete(key, in: table)
    }
  }

  /// Deletes all rows of the table; the table stays.
  package mutating func clear(_ table: Table) throws(StorageError) { try snapshot.clear(table) }

  /// Makes the changes last: when it returns they are on disk, under `Durability.everyCommit`.
  ///
  /// - Throws: `noSpace`, `fileTooLarge`, `badTransaction`: nothing has changed. `inputOutput`: the outcome is
  ///   unknown until the store is read again.
  package consuming func commit() throws(StorageError) {
    let snapshot = snapshot
    // Commit frees the handle even when it fails, so deinit must not abort it.
    discard self
    let environment = unsafe snapshot.environment.takeRetainedValue()
    guard environment.isOfThisProcess else {
      // The transaction and the mutex under it are the parent's. It is left alone, at the cost of its memory.
      throw StorageError(.forked, .commit, environment.path)
    }
    snapshot.touchToWrite()
    let status = unsafe mdb_txn_commit(snapshot.transaction)
    environment.endWrite()
    if status != MDB_SUCCESS { throw environment.failureOfCommit(status) }
  }

  /// Gives the changes up. So does the end of the transaction's life.
  package consuming func abort() {}

  deinit {
    let environment = unsafe inner.environment.takeRetainedValue()
    guard environment.isOfThisProcess else { return }
    precondition(pthread_self() == thread, "a write transaction ends on the thread on which it began")
    inner.touch()
    unsafe mdb_txn_abort(inner.transaction)
    environment.endWrite()
  }
}

extension Snapshot {
  /// The same as `touch`, before a call that changes pages in memory: one that is damaged can spoil the heap.
  @inline(__always)
  func touchToWrite() {
    touch()
    if unsafe !guarded.pointee.isTruth { unsafe GuardState.shared.pointee.lastWritten = unsafe guarded }
  }

  @usableFromInline
  func put(
    _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, in table: Table, _ mode: PutMode
  ) throws(StorageError) {
    try unsafe checkLength(of: key, .put, table)
    guard let handle = handle(of: table) else { throw StorageError(.notFound, .put, context(table)) }
    var name = unsafe MDB_val(key)
    var content = unsafe MDB_val(value)
    let flags: Int32 =
      switch mode {
      case .upsert: 0
      case .append: MDB_APPEND
      case .insert: MDB_NOOVERWRITE
      }
    touchToWrite()
    let status = unsafe mdb_put(transaction, handle, &name, &content, UInt32(flags))
    if status == MDB_SUCCESS { return }
    if status == MDB_KEYEXIST, mode == .append {
      throw StorageError(
        .alreadyExists, .put, context(table), systemCode: status, detail: "the key is not behind the last one")
    }
    throw StorageError(system: status, .put, context(table))
  }

  @usableFromInline
  func delete(_ key: UnsafeRawBufferPointer, in table: Table) throws(StorageError) -> Bool {
    try unsafe checkLength(of: key, .delete, table)
    guard let handle = handle(of: table) else { return false }
    var name = unsafe MDB_val(key)
    touchToWrite()
    let status = unsafe mdb_del(transaction, handle, &name, nil)
    if status == MDB_NOTFOUND { return false }
    try check(status, .delete, context(table))
    return true
  }

  func clear(_ table: Table) throws(StorageError) {
    guard let handle = handle(of: table) else { return }
    touchToWrite()
    try check(unsafe mdb_drop(transaction, handle, 0), .clear, context(table))
  }
}
