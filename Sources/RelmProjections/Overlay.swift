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
  private var journal: [Change]?

  package init(over base: any RowReading) {
    self.base = base
    tables = Array(repeating: [:], count: Views.tables.count)
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
    let lowest = lower.map { PackedKey($0) }
    let bound = upper.map { PackedKey($0) }
    let inRange = tables[table.place].filter { key, _ in
      (lowest.map { key >= $0 } ?? true) && (bound.map { key < $0 } ?? true)
    }
    let comesFirst: (PackedKey, PackedKey) -> Bool = reversed ? (>) : (<)
    var pending = inRange.sorted { comesFirst($0.key, $1.key) }[...]
    var goesOn = true
    /// Hands out the pending rows that come before a key (all of them for nil).
    func drain(before key: PackedKey?) throws {
      while goesOn, let next = pending.first, key.map({ comesFirst(next.key, $0) }) ?? true {
        pending.removeFirst()
        if case .value(let value) = next.value { goesOn = try body(next.key.bytes, value) }
      }
    }
    try base.scan(table, from: lower, upTo: upper, reversed: reversed) { key, value in
      let packed = PackedKey(key)
      try drain(before: packed)
      guard goesOn else { return false }
      if let next = pending.first, next.key == packed {
        pending.removeFirst()
        if case .value(let replaced) = next.value { goesOn = try body(key, replaced) }
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
    }
  }

  private func set(_ table: RowTable, _ key: [UInt8], _ pending: Pending) {
    let key = PackedKey(key)
    let before = tables[table.place].updateValue(pending, forKey: key)
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
