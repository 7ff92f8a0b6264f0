internal import RelmDomain

/// A projection's rows while events are folded: each is read and decoded once, changed in memory, written once.
package final class RowFold<View: Projection> {
  private struct Change {
    let key: PackedKey
    let before: View.Row?
    let wasChanged: Bool
  }

  private var rows: [PackedKey: View.Row?] = [:]
  private var changed: Set<PackedKey> = []
  private var journal: [Change]?

  package init(_ view: View.Type) {}

  /// The row under a key as it now stands.
  ///
  /// - Throws: ``DamagedRow`` where the stored one does not read.
  package func row(_ key: RowKey, over base: any RowReading) throws -> View.Row? {
    try row(PackedKey(key.bytes), over: base)
  }

  private func row(_ key: PackedKey, over base: any RowReading) throws -> View.Row? {
    if let known = rows[key] { return known }
    let stored = try base.row(View.table, key.bytes)
    let row = try stored.map { try View.decode($0, at: key.bytes) }
    rows[key] = .some(row)
    return row
  }

  func fold(_ event: RecordedEvent, over base: any RowReading) throws {
    for entity in View.keys(touchedBy: event) {
      let key = PackedKey(entity.bytes)
      let before = try row(key, over: base)
      let wasChanged = !changed.insert(key).inserted
      journal?.append(Change(key: key, before: before, wasChanged: wasChanged))
      rows[key] = .some(View.evolve(before, at: entity, by: event))
    }
  }
}

extension Projection {
  /// The table that holds this view's rows.
  package static var table: RowTable { RowTable(name, place: place) }

  /// The stored row under a key; nil where there is none.
  ///
  /// - Throws: ``DamagedRow`` where it does not read.
  package static func row(_ key: RowKey, in rows: any RowReading) throws -> Row? {
    let bytes = key.bytes
    guard let stored = try rows.row(table, bytes) else { return nil }
    return try decode(stored, at: bytes)
  }

  /// Reads a stored row.
  ///
  /// - Throws: ``DamagedRow`` where it does not read.
  package static func decode(_ stored: [UInt8], at key: [UInt8]) throws -> Row {
    var reader = CanonicalReader(stored)
    do {
      return try Row(from: &reader)
    } catch {
      throw DamagedRow(table: table, key: key)
    }
  }
}

/// What the fold of all views asks of each, whatever its rows are.
protocol Folding: AnyObject {
  func fold(_ event: RecordedEvent, over base: any RowReading) throws
  func savepoint()
  func rollBack()
  func keep()
  func flush(into store: any RowStore) throws
}

extension RowFold: Folding {
  func savepoint() {
    journal = []
  }

  func rollBack() {
    for change in (journal ?? []).reversed() {
      rows[change.key] = .some(change.before)
      if !change.wasChanged { changed.remove(change.key) }
    }
    journal = nil
  }

  func keep() {
    journal = nil
  }

  func flush(into store: any RowStore) throws {
    for key in changed.sorted() {
      guard let row = rows[key] else { continue }
      guard let row else {
        try store.delete(View.table, key.bytes)
        continue
      }
      try store.put(View.table, key.bytes, row.bytes)
    }
    rows = [:]
    changed = []
  }
}
