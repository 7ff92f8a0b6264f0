internal import CLMDB
internal import Glibc

/// What both kinds of transaction read through: LMDB's transaction and the handles of the tables.
///
/// It owns nothing and outlives nothing; the transaction that lends it does. Outside this target it is opaque.
@safe
package struct Snapshot {
  let transaction: OpaquePointer
  let environment: Unmanaged<Environment>
  /// LMDB's handle of each table, by the table's number.
  let handles: UnsafeBufferPointer<UInt32>
  /// As the guard knows the store.
  let guarded: UnsafeMutablePointer<GuardedStore>

  init(
    _ transaction: OpaquePointer, of environment: Unmanaged<Environment>, handles: UnsafeBufferPointer<UInt32>,
    _ guarded: UnsafeMutablePointer<GuardedStore>, isForWriting: Bool
  ) {
    self.isForWriting = isForWriting
    unsafe self.transaction = transaction
    unsafe self.environment = environment
    unsafe self.handles = handles
    unsafe self.guarded = unsafe guarded
  }

  /// Whether it is a writing transaction's, in which a row may move while it is looked at.
  let isForWriting: Bool

  /// Tells the guard which store is touched now. To be called before every call into LMDB.
  @inline(__always)
  func touch() { unsafe GuardedStore.touch(guarded) }

  /// The table's handle, or nil if the file has no such table (possible only where it may not be made).
  @inline(__always)
  func handle(of table: Table) -> UInt32? {
    let handle = unsafe table.number < handles.count ? handles[table.number] : TableHandle.unnamed
    guard handle != TableHandle.unnamed else {
      preconditionFailure("table \(table) was not named when the store was opened")
    }
    return handle == TableHandle.absent ? nil : handle
  }

  /// Where an error happened, in words.
  func context(_ table: Table) -> String {
    unsafe environment._withUnsafeGuaranteedRef { environment in "\(environment.path), table \(table)" }
  }

  /// The value in the map, valid while the transaction lives and, in a write transaction, until its next change.
  @usableFromInline
  func value(of key: UnsafeRawBufferPointer, in table: Table) throws(StorageError) -> UnsafeRawBufferPointer? {
    try unsafe checkLength(of: key, .get, table)
    guard let handle = handle(of: table) else { return nil }
    var name = unsafe MDB_val(key)
    var value = unsafe MDB_val()
    touch()
    let status = unsafe mdb_get(transaction, handle, &name, &value)
    if status == MDB_NOTFOUND { return nil }
    try checkRead(status, .get, table)
    try unsafe checkSize(of: value, .get, table)
    return unsafe UnsafeRawBufferPointer(value)
  }

  func count(of table: Table) throws(StorageError) -> Int {
    guard let handle = handle(of: table) else { return 0 }
    var statistics = MDB_stat()
    touch()
    try checkRead(unsafe mdb_stat(transaction, handle, &statistics), .count, table)
    // A number that no store reaches, which C has without a sign, would trap where it is counted with.
    return Int(min(UInt(bitPattern: statistics.ms_entries), UInt(Int.max / 2)))
  }

  /// Checks what a reading call returned: a transaction that cannot go on, or an argument that is wrong, is a page that
  /// is not what was written, for nothing else in a reading transaction fails.
  @inline(__always)
  func checkRead(_ status: Int32, _ operation: StorageError.Operation, _ table: Table) throws(StorageError) {
    if status == MDB_SUCCESS { return }
    if [MDB_BAD_TXN, MDB_BAD_VALSIZE, MDB_BAD_DBI, EINVAL].contains(status) {
      throw StorageError(.damaged, operation, context(table), systemCode: status)
    }
    throw StorageError(system: status, operation, context(table))
  }

  /// The longest value that any table holds, with room; a longer one would be copied from behind the file's end.
  static let largestValueBytes = 1 << 28

  @inline(__always)
  func checkSize(of value: MDB_val, _ operation: StorageError.Operation, _ table: Table) throws(StorageError) {
    guard unsafe value.mv_size > Self.largestValueBytes else { return }
    throw StorageError(
      .damaged, operation, context(table), detail: "a row claims to have \(unsafe value.mv_size) bytes")
  }

  @inline(__always)
  func checkLength(
    of key: UnsafeRawBufferPointer, _ operation: StorageError.Operation, _ table: Table
  ) throws(StorageError) {
    guard key.count - 1 < Key.maximumBytes, key.count > 0 else {
      let detail = key.count == 0 ? "the key is empty" : "the key has \(key.count) bytes, and 511 is the most"
      throw StorageError(.keyTooLong, operation, context(table), detail: detail)
    }
  }
}

/// Stand-ins for a table's handle where there is none.
enum TableHandle {
  /// The environment was not told of the table.
  static let unnamed = UInt32.max
  /// The file does not have the table.
  static let absent = UInt32.max - 1
}

extension MDB_val {
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  init(_ value: MDB_val) {
    unsafe self.init(start: value.mv_data, count: value.mv_size)
  }
}
