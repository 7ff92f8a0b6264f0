package import RelmDomain
package import RelmProof

/// What events changed, one after another: the rows that each touched, before and after it.
///
/// Rows are followed from event to event, so that walking forwards costs one fold of an event for each row that it
/// touches. Going back folds those rows again.
package final class Replay {
  private let history: History
  private var followed: [TouchedRows.Place: any FollowedRow] = [:]

  /// How many rows are followed at once; then all are let go of, so that a long walk takes no more memory.
  private static let most = 4096

  /// - Parameter history: with all events that are walked over.
  package init(_ history: History) {
    self.history = history.rememberingStreams()
  }

  /// What an event changed, in the order of the views and keys; nothing where it changed no row.
  ///
  /// - Parameter subject: only rows about it; nil for all.
  package func changes(by event: RecordedEvent, about subject: SubjectRows? = nil) throws -> [RowChange] {
    var touched = TouchedRows()
    try touched.add(event, history)
    let before = TreeSize(event.position.value)
    return try changes(of: touched, from: before, to: TreeSize(through: event.position), about: subject)
  }

  /// What some events changed together.
  ///
  /// - Parameters:
  ///   - touched: the rows that they touched.
  ///   - before: how many events there were before them.
  ///   - after: how many there were with them.
  package func changes(
    of touched: TouchedRows, from before: TreeSize, to after: TreeSize, about subject: SubjectRows? = nil
  ) throws -> [RowChange] {
    var changes: [RowChange] = []
    for place in touched.keys.keys.sorted() {
      guard let key = touched.keys[place], subject?.contains(place.table, key) ?? true else { continue }
      let row = try follow(place, key)
      let (old, new) = (try row.bytes(asOf: before), try row.bytes(asOf: after))
      guard old != new else { continue }
      changes.append(try RowChange(view: place.table.name, key: key, before: old, after: new))
    }
    return changes
  }

  private func follow(_ place: TouchedRows.Place, _ key: RowKey) throws -> any FollowedRow {
    if let row = followed[place] { return row }
    guard let view = Views.projection(of: place.table) else {
      preconditionFailure("events touch rows of views")
    }
    if followed.count >= Self.most { followed.removeAll() }
    let row = Self.row(of: view, key, history)
    followed[place] = row
    return row
  }

  private static func row<View: Projection>(
    of view: View.Type, _ key: RowKey, _ history: History
  ) -> any FollowedRow {
    RowHistory(of: key, in: view, history)
  }
}

/// A row that is followed through time, whatever view it is of.
protocol FollowedRow {
  func bytes(asOf size: TreeSize) throws -> [UInt8]?
}

extension RowHistory: FollowedRow {
  func bytes(asOf size: TreeSize) throws -> [UInt8]? { try row(asOf: size)?.bytes }
}

extension TouchedRows.Place: Comparable {
  static func < (one: TouchedRows.Place, other: TouchedRows.Place) -> Bool {
    one.table == other.table ? one.key < other.key : one.table.place < other.table.place
  }
}

extension TouchedRows {
  /// The rows of some events together.
  package mutating func insert(_ event: RecordedEvent, _ history: History) throws { try add(event, history) }

  /// Every row about a subject that is there, or was once.
  package init(about subject: SubjectRows, in rows: any RowReading) throws {
    for (view, components) in subject.parts {
      let own = RowKey(components)
      if !components.isEmpty { try insert(own.bytes, view.table, rows) }
      let prefix = components.isEmpty ? [] : own.prefix
      try rows.scan(view.table, prefix: prefix) { key, _ in
        try insert(key, view.table, rows)
        return true
      }
      try rows.scan(IndexTables.keys, prefix: [UInt8(view.table.place)] + prefix) { key, _ in
        try insert(Array(key.dropFirst()), view.table, rows)
        return true
      }
    }
  }

  private mutating func insert(_ key: [UInt8], _ table: RowTable, _ rows: any RowReading) throws {
    guard let whole = try RowKey.stored(key, in: table, rows) else { return }
    keys[Place(table: table, key: PackedKey(key))] = whole
  }
}
