internal import RelmDomain
internal import RelmProof

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

  /// Every row as it now stands whose key begins with a prefix, in the order of their keys.
  ///
  /// - Throws: ``DamagedRow`` where a stored one does not read.
  package func allRows(over base: any RowReading, under prefix: [UInt8] = []) throws -> [View.Row] {
    var found: [PackedKey: View.Row] = [:]
    try base.scan(View.table, prefix: prefix) { key, stored in
      found[PackedKey(key)] = try View.decode(stored, at: key)
      return true
    }
    for key in changed where key.bytes.starts(with: prefix) { found[key] = rows[key] ?? nil }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  var streams: Set<StreamKind> { View.streams }

  func fold(_ event: RecordedEvent, over base: any RowReading, indexing indexes: Overlay) throws {
    for entity in View.keys(touchedBy: event) {
      let key = PackedKey(entity.bytes)
      if View.keepsTouches, View.stream(of: entity) == nil {
        var touch = IndexKey.touches(of: key.bytes, in: View.table)
        RowBytes.append(event.position.value, to: &touch)
        indexes.put(IndexTables.touches, touch, [])
      }
      let before = try row(key, over: base)
      let after = View.evolve(before, at: entity, by: event)
      note(entity, key, before, after, in: indexes)
      set(key, after, before)
    }
  }

  /// Keeps the components of a key that alone does not tell them: an abridged one, and one whose row vanishes.
  private func note(
    _ entity: RowKey, _ key: PackedKey, _ before: View.Row?, _ after: View.Row?, in indexes: Overlay
  ) {
    let vanishes = before != nil && after == nil
    guard vanishes || (key.bytes.count == RowKey.limitBytes && before == nil && after != nil) else { return }
    indexes.put(IndexTables.keys, [UInt8(View.table.place)] + key.bytes, entity.unabridged)
  }

  /// Folds the rows again that an event touches, from the events that count now.
  ///
  /// - Parameter annulment: where the annulment stands that bears on the event: the last event of all.
  func foldAgain(
    whatTouches event: RecordedEvent, annulledAt annulment: Position, over base: any RowReading,
    from history: History, indexing indexes: Overlay
  ) throws {
    for entity in View.keys(touchedBy: event) {
      let key = PackedKey(entity.bytes)
      let size = TreeSize(through: annulment)
      let folded = try RowHistory(
        of: entity, in: View.self, history, happenedBy: nil, upTo: size, reach: event.position
      ).row(asOf: size)
      let before = try row(key, over: base)
      note(entity, key, before, folded, in: indexes)
      set(key, folded, before)
      // Those that hold the event are not the whole truth any more, so there is to be one that is.
      let milestones = IndexKey.touches(of: key.bytes, in: View.table)
      guard try history.firstMilestone(of: milestones, within: event.position..<annulment) != nil else {
        continue
      }
      let milestone = Milestone(at: annulment, reach: event.position, row: folded?.bytes)
      indexes.put(IndexTables.milestones, IndexKey.milestone(annulment, of: milestones), milestone.bytes)
    }
  }

  /// Makes a milestone of each row that an event touches, as it now stands.
  ///
  /// - Parameter made: of which rows.
  func keepMilestones(
    at event: RecordedEvent, _ made: (ofStreams: Bool, ofOthers: Bool), over base: any RowReading,
    indexing indexes: Overlay
  ) throws {
    guard made.ofStreams || View.keepsTouches else { return }
    for entity in View.keys(touchedBy: event) {
      guard View.stream(of: entity) == nil ? made.ofOthers : made.ofStreams else { continue }
      let bytes = entity.bytes
      let key = IndexKey.milestone(event.position, of: IndexKey.touches(of: bytes, in: View.table))
      // An annulment may have made it already, and said how far it reaches.
      guard try indexes.row(IndexTables.milestones, key) == nil else { continue }
      let milestone = Milestone(at: event.position, row: try row(PackedKey(bytes), over: base)?.bytes)
      indexes.put(IndexTables.milestones, key, milestone.bytes)
    }
  }

  private func set(_ key: PackedKey, _ row: View.Row?, _ before: View.Row?) {
    let wasChanged = !changed.insert(key).inserted
    journal?.append(Change(key: key, before: before, wasChanged: wasChanged))
    rows[key] = .some(row)
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
    reader.isStored = true
    do {
      return try Row(from: &reader)
    } catch {
      throw DamagedRow(table: table, key: key)
    }
  }
}

/// What the fold of all views asks of each, whatever its rows are.
protocol Folding: AnyObject {
  /// In which kinds of streams the events stand that can touch a row.
  var streams: Set<StreamKind> { get }
  func fold(_ event: RecordedEvent, over base: any RowReading, indexing indexes: Overlay) throws
  func foldAgain(
    whatTouches event: RecordedEvent, annulledAt annulment: Position, over base: any RowReading,
    from history: History, indexing indexes: Overlay) throws
  func keepMilestones(
    at event: RecordedEvent, _ made: (ofStreams: Bool, ofOthers: Bool), over base: any RowReading,
    indexing indexes: Overlay) throws
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
