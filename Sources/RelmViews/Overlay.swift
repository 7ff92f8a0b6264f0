/// Changes held in memory over rows that lie elsewhere, which can be undone to a savepoint or written down at once.
///
/// One mechanism serves three needs: a batch that is refused half-way leaves nothing; a fold of many events writes
/// each row once; and a ledger that may not be written to catches up in memory.
package final class Overlay: RowStore {
  private struct Change {
    let place: Int
    let key: PackedKey
    let before: Pending?
  }

  /// What is pending under a key: a value, or its removal.
  private enum Pending {
    case value([UInt8])
    case removed
  }

  private let base: any RowReading
  /// By the tables' places.
  private var tables: [[PackedKey: Pending]]
  /// The keys of the tables that were walked: whoever walks one mostly does so again, and between two walks few keys come.
  private var orders: [SortedKeys?]
  private var journal: [Change]?

  package init(over base: any RowReading) {
    self.base = base
    tables = Array(repeating: [:], count: Views.tables.count)
    orders = Array(repeating: nil, count: Views.tables.count)
  }

  package func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? {
    switch tables[table.place][PackedKey(key)] {
    case .value(let value): return value
    case .removed: return nil
    case nil: return try base.row(table, key)
    }
  }

  package func put(_ table: RowTable, _ key: [UInt8], _ value: [UInt8]) {
    set(table, key, .value(value))
  }

  package func delete(_ table: RowTable, _ key: [UInt8]) {
    set(table, key, .removed)
  }

  package func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    var walk = order(of: table).walk(
      from: lower.map { PackedKey($0) }, upTo: upper.map { PackedKey($0) }, reversed: reversed)
    let comesFirst: (PackedKey, PackedKey) -> Bool = reversed ? (>) : (<)
    var next = walk.next()
    var goesOn = true
    /// Hands out the pending row that is next.
    func handOut(_ key: PackedKey) throws {
      next = walk.next()
      if case .value(let value)? = tables[table.place][key] { goesOn = try body(key.bytes, value) }
    }
    /// Hands out the pending rows that come before a key (all of them for nil).
    func drain(before key: PackedKey?) throws {
      while goesOn, let pending = next, key.map({ comesFirst(pending, $0) }) ?? true { try handOut(pending) }
    }
    try base.scan(table, from: lower, upTo: upper, reversed: reversed) { key, value in
      let packed = PackedKey(key)
      try drain(before: packed)
      guard goesOn else { return false }
      if let pending = next, pending == packed {
        try handOut(pending)
      } else {
        goesOn = try body(key, value)
      }
      return goesOn
    }
    try drain(before: nil)
  }

  /// From here on changes can be undone.
  package func savepoint() {
    journal = []
  }

  /// Undoes every change since the savepoint.
  package func rollBack() {
    for change in (journal ?? []).reversed() {
      tables[change.place][change.key] = change.before
      if change.before == nil { orders[change.place]?.remove(change.key) }
    }
    journal = nil
  }

  /// Keeps the changes since the savepoint.
  package func keep() {
    journal = nil
  }

  /// Writes every pending change into a store, in the order of tables and keys, and forgets them.
  package func flush(into store: some RowStore) throws {
    for table in Views.tables {
      for (key, pending) in tables[table.place].sorted(by: { $0.key < $1.key }) {
        switch pending {
        case .value(let value): try store.put(table, key.bytes, value)
        case .removed: try store.delete(table, key.bytes)
        }
      }
      tables[table.place].removeAll(keepingCapacity: true)
      orders[table.place] = nil
    }
  }

  private func order(of table: RowTable) -> SortedKeys {
    if let known = orders[table.place] { return known }
    let order = SortedKeys(tables[table.place].keys)
    orders[table.place] = order
    return order
  }

  private func set(_ table: RowTable, _ key: [UInt8], _ pending: Pending) {
    let key = PackedKey(key)
    let before = tables[table.place].updateValue(pending, forKey: key)
    if before == nil { orders[table.place]?.insert(key) }
    journal?.append(Change(place: table.place, key: key, before: before))
  }
}

/// No rows at all: what a view is before its first event.
package struct NoRows: RowReading {
  package init() {}

  package func row(_ table: RowTable, _ key: [UInt8]) -> [UInt8]? { nil }

  package func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) {}
}
