internal import CLMDB
internal import Glibc
internal import RelmFiles
internal import Synchronization

extension Environment {
  /// Begins the one transaction that may change the store, when no other is going on in any thread or process.
  ///
  /// It must end on the same thread, so asynchronous code cannot begin one: call a synchronous function that does
  /// the whole of it. A thread that is already writing to this store traps.
  ///
  /// - Parameter limit: how long to wait for other writers.
  /// - Throws: `busy` after that time; `readOnly`, `forked`, `damaged`, `inputOutput`.
  @available(*, noasync, message: "a write transaction stays on one thread; write in a synchronous function")
  package func beginWrite(within limit: Duration) throws(StorageError) -> WriteTransaction {
    try checkProcess(.begin)
    guard let writerLock else { throw StorageError(.readOnly, .begin, path) }
    try writerLock.acquire(within: limit)
    unsafe GuardedStore.touch(guarded)
    var transaction: OpaquePointer?
    let status = unsafe mdb_txn_begin(handle, nil, 0, &transaction)
    guard status == MDB_SUCCESS, let transaction = unsafe transaction else {
      writerLock.release()
      throw StorageError(system: status, .begin, path)
    }
    let write = unsafe WriteTransaction(
      Snapshot(
        transaction, of: .passRetained(self), handles: UnsafeBufferPointer(tableHandles), guarded,
        isForWriting: true))
    // One that is just being made has nothing to build on.
    if identity != nil, !isCheckedForWriting.load(ordering: .relaxed) {
      try PageCheck.check(self, before: unsafe Int(mdb_txn_id(transaction)))
      isCheckedForWriting.store(true, ordering: .relaxed)
    }
    return write
  }

  /// Lets the next writer in. LMDB has let go of its own lock by then.
  func endWrite() { writerLock?.release() }

  /// Why a commit failed. A write that the system cut short is all that LMDB tells of a full disk or of a file at
  /// its size limit, and it calls that `EIO`.
  func failureOfCommit(_ status: Int32) -> StorageError {
    let error = StorageError(system: status, .commit, path)
    guard status == EIO else { return error }
    var file = stat()
    var limit = rlimit()
    if unsafe fstatat(directory.number, StoreFile.data, &file, 0) == 0,
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
      UInt64(file.st_size) >= limit.rlim_cur
    {
      return StorageError(system: EFBIG, .commit, path)
    }
    var volume = statvfs()
    if unsafe fstatvfs(directory.number, &volume) == 0, volume.f_bavail * volume.f_frsize < 65_536 {
      return StorageError(system: ENOSPC, .commit, path)
    }
    return error
  }
}
