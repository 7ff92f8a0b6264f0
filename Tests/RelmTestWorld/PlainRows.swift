package import RelmViews

/// The plainest rows there are: what an overlay must be indistinguishable from.
package struct PlainRows: RowStore {
  package final class Content {
    package var tables: [RowTable: [[UInt8]: [UInt8]]] = [:]
  }

  package let content = Content()

  package init() {}

  package func row(_ table: RowTable, _ key: [UInt8]) -> [UInt8]? { content.tables[table]?[key] }
  package func put(_ table: RowTable, _ key: [UInt8], _ value: [UInt8]) {
    content.tables[table, default: [:]][key] = value
  }
  package func delete(_ table: RowTable, _ key: [UInt8]) { content.tables[table]?[key] = nil }

  package func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: ([UInt8], [UInt8]) throws -> Bool
  ) throws {
    for row in rows(table, from: lower, upTo: upper, reversed: reversed) {
      guard try body(row.key, row.value) else { return }
    }
  }

  package func rows(
    _ table: RowTable, from lower: [UInt8]? = nil, upTo upper: [UInt8]? = nil, reversed: Bool = false
  )
    -> [PlainRow]
  {
    let inRange = (content.tables[table] ?? [:]).filter { key, _ in
      (lower.map { !key.lexicographicallyPrecedes($0) } ?? true)
        && (upper.map { key.lexicographicallyPrecedes($0) } ?? true)
    }
    let ascending = inRange.map { PlainRow(key: $0, value: $1) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return reversed ? ascending.reversed() : ascending
  }
}

package struct PlainRow: Equatable {
  package let key: [UInt8]
  package let value: [UInt8]

  package init(key: [UInt8], value: [UInt8]) {
    self.key = key
    self.value = value
  }
}

extension RowReading {
  /// The first rows of a scan.
  package func collected(
    _ table: RowTable, from lower: [UInt8]? = nil, upTo upper: [UInt8]? = nil, reversed: Bool = false,
    limit: Int = .max
  ) throws -> [PlainRow] {
    var found: [PlainRow] = []
    guard limit > 0 else { return found }
    try scan(table, from: lower, upTo: upper, reversed: reversed) { key, value in
      found.append(PlainRow(key: key, value: value))
      return found.count < limit
    }
    return found
  }
}
