/// What can be read in a transaction of either kind.
///
/// Generic code takes `borrowing some Reading & ~Copyable` and works inside a read as well as inside a write, where
/// it sees what that write has changed so far.
package protocol Reading: ~Copyable {
  var snapshot: Snapshot { get }
}

/// Whether a scan goes on.
package enum ScanStep: Sendable, Hashable {
  case `continue`, stop
}

extension Reading where Self: ~Copyable {
  /// A copy of the value, or nil if there is no such row.
  ///
  /// - Throws: `keyTooLong` for a key that is empty or over 511 bytes; `damaged`.
  @inlinable
  package func get(
    _ table: Table, _ key: borrowing some RawBytes & ~Copyable & ~Escapable
  ) throws(StorageError) -> [UInt8]? {
    let snapshot = snapshot
    return try unsafe key.withRawBytes { key throws(StorageError) in
      try unsafe snapshot.value(of: key, in: table).map { value in unsafe [UInt8](value) }
    }
  }

  /// Whether there is such a row.
  @inlinable
  package func contains(
    _ table: Table, _ key: borrowing some RawBytes & ~Copyable & ~Escapable
  ) throws(StorageError) -> Bool {
    let snapshot = snapshot
    return try unsafe key.withRawBytes { key throws(StorageError) in
      try unsafe snapshot.value(of: key, in: table) != nil
    }
  }

  /// Lends the value as it lies in the map, without a copy; the bytes must not leave `body`.
  ///
  /// - Returns: what `body` returns, or nil if there is no such row.
  @inlinable
  package func withValue<R, E: StorageErrorConvertible>(
    _ table: Table, _ key: borrowing some RawBytes & ~Copyable & ~Escapable,
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R? {
    let snapshot = snapshot
    let value: UnsafeRawBufferPointer?
    do throws(StorageError) {
      unsafe value = try unsafe key.withRawBytes { key throws(StorageError) in
        try unsafe snapshot.value(of: key, in: table)
      }
    } catch {
      throw E(error)
    }
    guard let value = unsafe value else { return nil }
    return try unsafe body(value)
  }

  /// Lends the value as it lies in the map, to a body that throws nothing or `StorageError`.
  @inlinable
  package func withValue<R>(
    _ table: Table, _ key: borrowing some RawBytes & ~Copyable & ~Escapable,
    _ body: (UnsafeRawBufferPointer) throws(StorageError) -> R
  ) throws(StorageError) -> R? {
    let snapshot = snapshot
    let value = try unsafe key.withRawBytes { key throws(StorageError) in
      try unsafe snapshot.value(of: key, in: table)
    }
    guard let value = unsafe value else { return nil }
    return try unsafe body(value)
  }

  /// How many rows the table has; kept by LMDB, not counted.
  package func count(of table: Table) throws(StorageError) -> Int { try snapshot.count(of: table) }

  package func firstKey(in table: Table) throws(StorageError) -> [UInt8]? {
    try withCursor(in: table, limit: 1) { cursor throws(StorageError) in
      try unsafe cursor.next().map { row in unsafe [UInt8](row.key) }
    }
  }

  package func lastKey(in table: Table) throws(StorageError) -> [UInt8]? {
    try withCursor(in: table, reversed: true, limit: 1) { cursor throws(StorageError) in
      try unsafe cursor.next().map { row in unsafe [UInt8](row.key) }
    }
  }
}
