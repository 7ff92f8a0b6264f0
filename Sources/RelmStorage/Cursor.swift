internal import CLMDB

/// A walk over the rows of a table within bounds, in one direction.
///
/// It lives inside the closure that it is lent to, hence inside its transaction.
@safe
package struct Cursor: ~Copyable {
  /// A row as it lies in the map: valid until the transaction ends or, in a write, changes something.
  package typealias Row = (key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)

  private let snapshot: Snapshot
  private let table: Table
  /// Nil for a table that the file does not have.
  private let cursor: OpaquePointer?
  private let bounds: KeyBounds
  private let step: MDB_cursor_op
  private let isReversed: Bool
  private var remaining: Int
  private var hasBegun = false
  /// The key of the row before, where it lies in the map: in a reading transaction, until that ends.
  private var last: UnsafeRawBufferPointer?

  package init(
    _ snapshot: Snapshot, _ table: Table, _ bounds: KeyBounds, reversed: Bool, limit: Int
  ) throws(StorageError) {
    self.snapshot = snapshot
    self.table = table
    self.bounds = bounds
    step = reversed ? MDB_PREV : MDB_NEXT
    isReversed = reversed
    guard let handle = snapshot.handle(of: table), !bounds.isEmpty, limit > 0 else {
      unsafe cursor = nil
      remaining = 0
      return
    }
    remaining = limit
    var opened: OpaquePointer?
    snapshot.touch()
    try snapshot.checkRead(unsafe mdb_cursor_open(snapshot.transaction, handle, &opened), .cursor, table)
    unsafe cursor = opened
  }

  deinit {
    // A cursor of a read transaction is not freed with it.
    if let cursor = unsafe cursor { unsafe mdb_cursor_close(cursor) }
  }

  /// The next row, or nil at the end.
  package mutating func next() throws(StorageError) -> Row? {
    guard remaining > 0, let cursor = unsafe cursor else { return nil }
    var key = unsafe MDB_val()
    var value = unsafe MDB_val()
    let status: Int32
    snapshot.touch()
    if hasBegun {
      status = unsafe mdb_cursor_get(cursor, &key, &value, step)
    } else {
      hasBegun = true
      status = unsafe begin(cursor, &key, &value)
    }
    if status != MDB_SUCCESS {
      remaining = 0
      if status == MDB_NOTFOUND { return nil }
      try snapshot.checkRead(status, .cursor, table)
    }
    try unsafe snapshot.checkSize(of: value, .cursor, table)
    let name = unsafe UnsafeRawBufferPointer(key)
    try unsafe checkOrder(of: name)
    guard unsafe isReversed ? bounds.isAtOrAboveLower(name) : bounds.isBelowUpper(name) else {
      remaining = 0
      return nil
    }
    remaining -= 1
    return unsafe (name, UnsafeRawBufferPointer(value))
  }

  /// Checks that the rows come in their order. Pages that are damaged can lead in a circle, and a walk over them
  /// would never end.
  @inline(__always)
  private mutating func checkOrder(of key: UnsafeRawBufferPointer) throws(StorageError) {
    guard !snapshot.isForWriting else { return }
    if let last = unsafe last, unsafe isReversed ? order(key, last) >= 0 : order(key, last) <= 0 {
      throw StorageError(.damaged, .cursor, snapshot.context(table), detail: "its rows are not in their order")
    }
    unsafe last = unsafe key
  }

  /// Goes to the first row within the bounds on the side where the walk begins. The other side is for `next`.
  private func begin(_ cursor: OpaquePointer, _ key: inout MDB_val, _ value: inout MDB_val) -> Int32 {
    guard isReversed else {
      guard bounds.hasLower else { return unsafe mdb_cursor_get(cursor, &key, &value, MDB_FIRST) }
      return unsafe seek(cursor, bounds.lower, &key, &value)
    }
    guard bounds.hasUpper else { return unsafe mdb_cursor_get(cursor, &key, &value, MDB_LAST) }
    let status = unsafe seek(cursor, bounds.upper, &key, &value)
    if status == MDB_NOTFOUND { return unsafe mdb_cursor_get(cursor, &key, &value, MDB_LAST) }
    guard status == MDB_SUCCESS, unsafe !bounds.isBelowUpper(UnsafeRawBufferPointer(key)) else { return status }
    return unsafe mdb_cursor_get(cursor, &key, &value, MDB_PREV)
  }

  /// Goes to the first key at or behind the one given.
  private func seek(
    _ cursor: OpaquePointer, _ target: Key, _ key: inout MDB_val, _ value: inout MDB_val
  ) -> Int32 {
    unsafe target.withRawBytes { bytes in
      unsafe key = MDB_val(bytes)
      return unsafe mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE)
    }
  }
}

/// The keys from a lowest one, included, to a highest one, included or not; either may be missing.
package struct KeyBounds {
  let lower: Key
  let upper: Key
  let hasLower: Bool
  let hasUpper: Bool
  let includesUpper: Bool

  /// The keys that fulfil all of the conditions.
  package init(from: Key?, through: Key?, upTo: Key?, prefix: Key?) {
    let low = max(from ?? Key(), prefix ?? Key())
    let excluded = [upTo, prefix?.endOfPrefix].compactMap(\.self).min()
    lower = low
    hasLower = !low.isEmpty
    if let through, excluded.map({ through < $0 }) ?? true {
      (upper, hasUpper, includesUpper) = (through, true, true)
    } else {
      (upper, hasUpper, includesUpper) = (excluded ?? Key(), excluded != nil, false)
    }
  }

  /// Whether no key can be within.
  var isEmpty: Bool { hasUpper && (includesUpper ? upper < lower || upper.isEmpty : upper <= lower) }

  @inline(__always)
  func isBelowUpper(_ key: UnsafeRawBufferPointer) -> Bool {
    guard hasUpper else { return true }
    let order = unsafe upper.withRawBytes { upper in unsafe RelmStorage.order(key, upper) }
    return includesUpper ? order <= 0 : order < 0
  }

  @inline(__always)
  func isAtOrAboveLower(_ key: UnsafeRawBufferPointer) -> Bool {
    guard hasLower else { return true }
    return unsafe lower.withRawBytes { lower in unsafe order(key, lower) } >= 0
  }
}
