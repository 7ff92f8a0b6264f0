extension Reading where Self: ~Copyable {
  /// Shows rows in the order of their keys to `body`, until it says stop.
  ///
  /// The bytes lie in the map and must not leave `body`. The bounds name keys, not ends of the walk: a reversed
  /// scan shows the same rows from the last to the first.
  ///
  /// - Parameters:
  ///   - table: one of the environment's.
  ///   - from: the lowest key, included.
  ///   - through: the highest key, included.
  ///   - upTo: the highest key, excluded.
  ///   - prefix: what every key begins with.
  ///   - reversed: from the last row to the first.
  ///   - limit: the most rows to show.
  ///   - body: takes a row's key and value, and says whether to go on.
  @inlinable
  package func forEach<E: StorageErrorConvertible>(
    in table: Table, from: Key? = nil, through: Key? = nil, upTo: Key? = nil, prefix: Key? = nil,
    reversed: Bool = false, limit: Int = .max,
    _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(E) -> ScanStep
  ) throws(E) {
    try withCursor(
      in: table, from: from, through: through, upTo: upTo, prefix: prefix, reversed: reversed, limit: limit
    ) { cursor throws(E) in
      while true {
        let row: Cursor.Row?
        do throws(StorageError) { unsafe row = try cursor.next() } catch { throw E(error) }
        guard let row = unsafe row, try unsafe body(row.key, row.value) == .continue else { return }
      }
    }
  }

  /// The same for a body that throws nothing or `StorageError`.
  @inlinable
  package func forEach(
    in table: Table, from: Key? = nil, through: Key? = nil, upTo: Key? = nil, prefix: Key? = nil,
    reversed: Bool = false, limit: Int = .max,
    _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(StorageError) -> ScanStep
  ) throws(StorageError) {
    try withCursor(
      in: table, from: from, through: through, upTo: upTo, prefix: prefix, reversed: reversed, limit: limit
    ) { cursor throws(StorageError) in
      while let row = try unsafe cursor.next() {
        guard try unsafe body(row.key, row.value) == .continue else { return }
      }
    }
  }

  /// Lends a cursor over the same rows as `forEach` has, for walks that a closure per row does not suit, such as
  /// merging two tables.
  @inlinable
  package func withCursor<R, E: StorageErrorConvertible>(
    in table: Table, from: Key? = nil, through: Key? = nil, upTo: Key? = nil, prefix: Key? = nil,
    reversed: Bool = false, limit: Int = .max,
    _ body: (inout Cursor) throws(E) -> R
  ) throws(E) -> R {
    let bounds = KeyBounds(from: from, through: through, upTo: upTo, prefix: prefix)
    var cursor: Cursor
    do throws(StorageError) {
      cursor = try Cursor(snapshot, table, bounds, reversed: reversed, limit: limit)
    } catch {
      throw E(error)
    }
    return try body(&cursor)
  }
}
