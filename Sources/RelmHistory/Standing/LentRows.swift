package import RelmViews

/// Rows that are lent for a while, and then others of the same moment: so that what keeps looking things up holds no
/// transaction open from its beginning to its end.
package final class LentRows: RowReading {
  private var lent: (any RowReading)?

  package init() {}

  /// Lends rows for as long as the body runs.
  package func lending<R>(_ rows: any RowReading, _ body: () throws -> R) rethrows -> R {
    lent = rows
    defer { lent = nil }
    return try body()
  }

  package func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? { try rows.row(table, key) }

  package func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try rows.scan(table, from: lower, upTo: upper, reversed: reversed, body)
  }

  private var rows: any RowReading {
    guard let lent else { preconditionFailure("rows are read only while they are lent") }
    return lent
  }
}
