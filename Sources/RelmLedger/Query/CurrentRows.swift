internal import RelmViews

/// The ledger's rows, read anew for each question.
struct CurrentRows: RowReading {
  private let ledger: Ledger

  init(_ ledger: Ledger) { self.ledger = ledger }

  func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? {
    try ledger.withRows { rows, _ in try rows.row(table, key) }
  }

  func rows(_ table: RowTable, _ keys: [[UInt8]]) throws -> [[UInt8]?] {
    try ledger.withRows { rows, _ in try rows.rows(table, keys) }
  }

  func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try ledger.withRows { rows, _ in
      try rows.scan(table, from: lower, upTo: upper, reversed: reversed, body)
    }
  }
}
