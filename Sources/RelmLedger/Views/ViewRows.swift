internal import RelmViews
internal import RelmStorage

/// The storage tables of the views.
enum ViewTables {
  static let all = Views.tables.map { Table($0.name) }

  static func of(_ table: RowTable) -> Table { all[table.place] }
}

/// The stored views as rows to read, as of one moment. It does not outlive the read that lends it.
struct StoredRows: RowReading, Reading {
  let snapshot: Snapshot

  func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? {
    try get(ViewTables.of(table), key)
  }

  func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try AnyFailure.unwrapping { () throws(AnyFailure) in
      try forEach(
        in: ViewTables.of(table), from: lower.map { Key($0) }, upTo: upper.map { Key($0) }, reversed: reversed
      ) { key, value throws(AnyFailure) in
        try AnyFailure.wrapping { try body([UInt8](key), [UInt8](value)) ? .continue : .stop }
      }
    }
  }
}

extension Environment {
  /// Lends the stored views to a body.
  func readRows<R>(_ body: (StoredRows) throws -> R) throws -> R {
    try AnyFailure.unwrapping { () throws(AnyFailure) in
      try read { transaction throws(AnyFailure) in
        let rows = StoredRows(snapshot: transaction.snapshot)
        return try AnyFailure.wrapping { try body(rows) }
      }
    }
  }
}

/// The stored views while they are held for writing: one writer, one thread, all changes at once.
final class ViewWriter: RowStore {
  /// The generation that is held.
  let environment: Environment
  private var transaction: WriteTransaction?

  init(_ environment: Environment, within limit: Duration) throws {
    self.environment = environment
    transaction = try environment.beginWrite(within: limit)
  }

  func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? { try rows.row(table, key) }

  func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try rows.scan(table, from: lower, upTo: upper, reversed: reversed, body)
  }

  func put(_ table: RowTable, _ key: [UInt8], _ value: [UInt8]) throws {
    try transaction?.put(key, value, in: ViewTables.of(table))
  }

  func delete(_ table: RowTable, _ key: [UInt8]) throws {
    _ = try transaction?.delete(key, in: ViewTables.of(table))
  }

  /// Makes the changes visible. The writer is then spent.
  func commit() throws {
    guard let transaction = transaction.take() else { preconditionFailure("a writer commits once") }
    try transaction.commit()
  }

  /// Leaves the stored views as they were. The writer is then spent.
  func abandon() {
    transaction = nil
  }

  private var rows: StoredRows {
    guard let snapshot = transaction?.snapshot else { preconditionFailure("the writer is spent") }
    return StoredRows(snapshot: snapshot)
  }
}
