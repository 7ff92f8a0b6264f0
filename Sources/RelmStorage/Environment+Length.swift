internal import CLMDB
internal import Glibc

extension Environment {
  /// Finds a file that has lost its tail. LMDB does not look, and reading a page that is gone kills the process
  /// (`SIGBUS`) instead of returning an error.
  ///
  /// A file may rightly be shorter than its number of pages, if the last of them were set free before they were
  /// ever written. So each page that is missing must be a free one.
  ///
  /// - Throws: `damaged`.
  func checkLength(in transaction: OpaquePointer?) throws(StorageError) {
    var statistics = MDB_stat()
    try check(unsafe mdb_env_stat(handle, &statistics), .open, path)
    let pageSize = Int(statistics.ms_psize)
    let heads = [0, pageSize].compactMap { offset in HeadPage(in: directory, at: offset) }
    // A commit in between has written another head; the next opening will look.
    guard let head = heads.first(where: { unsafe $0.transaction == mdb_txn_id(transaction) }) else { return }
    let present = UInt64(try sizeOnDiskBytes / pageSize)
    guard head.lastPage >= present else { return }

    let isReadable = [head.freeRoot, head.mainRoot].allSatisfy { $0 < present || $0 == HeadPage.noPage }
    let missing = head.lastPage + 1 - present
    if isReadable, try unsafe countFree(from: present, in: transaction) == missing { return }
    throw StorageError(
      .damaged, .open, path + "/" + StoreFile.data,
      detail: "the file has lost its tail: it has \(present) pages of \(head.lastPage + 1)")
  }

  /// How many pages are free from this one on, in LMDB's own table 0: lists that begin with their length.
  private func countFree(from first: UInt64, in transaction: OpaquePointer?) throws(StorageError) -> UInt64 {
    var cursor: OpaquePointer?
    try check(unsafe mdb_cursor_open(transaction, 0, &cursor), .open, path)
    defer { unsafe mdb_cursor_close(cursor) }
    var count: UInt64 = 0
    var last: UInt64 = 0
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    while true {
      let status = unsafe mdb_cursor_get(cursor, &key, &value, MDB_NEXT)
      if status == MDB_NOTFOUND { return count }
      try check(status, .open, path)
      // The commits that set them free, in their order; a walk over damaged pages may go in a circle.
      let number = unsafe key.mv_size == 8 ? key.mv_data.loadUnaligned(as: UInt64.self) : 0
      guard number > last else { return 0 }
      last = number
      let list = unsafe UnsafeRawBufferPointer(value)
      for offset in stride(from: 8, to: list.count - 7, by: 8) {
        let page = unsafe list.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let used = unsafe list.loadUnaligned(as: UInt64.self)
        if offset / 8 <= used, page >= first { count += 1 }
      }
    }
  }
}
