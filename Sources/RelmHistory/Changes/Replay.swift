package import RelmViews
package import RelmDomain
package import RelmProof

/// What events changed, one after another: the rows that each touched, before and after it.
///
/// Rows are followed from event to event, so that walking forwards costs one fold of an event for each row that it
/// touches. Going back folds those rows again.
package final class Replay {
  private let history: History
  private var followed: [TouchedRows.Place: any FollowedRow] = [:]
  /// What may speak against what runs, besides the end of its release.
  private lazy var standing = StandingRows(in: history.indexes, history)

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
    var changes: [(place: TouchedRows.Place, change: RowChange)] = []
    var running: [TouchedRows.Place: RowKey] = [:]
    func look(_ place: TouchedRows.Place, _ key: RowKey) throws {
      guard subject?.contains(place.table, key) ?? true else { return }
      let (old, new) = (try bytes(place, key, asOf: before), try bytes(place, key, asOf: after))
      guard old != new else { return }
      let change = try RowChange(view: place.table.name, key: key, before: old, after: new)
      changes.append((place, change))
      for key in try whatRuns(by: change, key, asOf: after) {
        running[TouchedRows.Place(table: Running.table, key: PackedKey(key.bytes))] = key
      }
    }
    for place in touched.keys.keys.sorted() { if let key = touched.keys[place] { try look(place, key) } }
    // That what runs should not any more stands in other rows: its release ended or was refused, or the environment was retired.
    for (place, key) in running where touched.keys[place] == nil { try look(place, key) }
    return changes.sorted { $0.place < $1.place }.map(\.change)
  }

  /// The rows of what runs, or ran, for which another row's change may speak against it.
  private func whatRuns(by change: RowChange, _ key: RowKey, asOf size: TreeSize) throws -> [RowKey] {
    func changed(_ field: String) -> Bool { change.fields.contains { $0.path.hasPrefix(field) } }
    switch change.view {
    case Releases.name: return changed("ending") ? try whatRuns(of: key, asOf: size) : []
    case Approvals.name:
      let release = Releases.key(package: key.components[0], version: key.components[1])
      return try whatRuns(of: release, asOf: size)
    case Environments.name:
      guard changed("retired") else { return [] }
      var found: [RowKey] = []
      try history.indexes.scan(Running.table, prefix: key.prefix) { stored, _ in
        if let whole = try RowKey.stored(stored, in: Running.table, history.indexes) { found.append(whole) }
        return true
      }
      return found
    default: return []
    }
  }

  /// The rows of what runs of a release, or ran.
  private func whatRuns(of release: RowKey, asOf size: TreeSize) throws -> [RowKey] {
    guard let row = try row(release, in: Releases.self, asOf: size) else { return [] }
    return (row.deployments?.environments ?? []).map {
      Running.key(environment: $0.environment, package: row.package)
    }
  }

  /// A row as of a moment; of what runs, with what speaks against it.
  private func bytes(_ place: TouchedRows.Place, _ key: RowKey, asOf size: TreeSize) throws -> [UInt8]? {
    guard place.table == Running.table else { return try follow(place, key).bytes(asOf: size) }
    guard let running = try row(key, in: Running.self, asOf: size) else { return nil }
    let objection = try running.objection(given: standing.before(size.nextPosition)) { version in
      try row(Releases.key(package: running.package, version: version), in: Releases.self, asOf: size)
    }
    return running.bytes(with: objection)
  }

  private func row<View: Projection>(_ key: RowKey, in view: View.Type, asOf size: TreeSize) throws -> View.Row?
  {
    let place = TouchedRows.Place(table: View.table, key: PackedKey(key.bytes))
    guard let row = try follow(place, key) as? RowHistory<View> else {
      preconditionFailure("a row is followed in the view that it is of")
    }
    return try row.row(asOf: size)
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

extension TouchedRows {
  /// The rows of some events together.
  package mutating func insert(_ event: RecordedEvent, _ history: History) throws { try add(event, history) }

  /// Every row about a subject that is there, or was once.
  package init(about subject: SubjectRows, in rows: any RowReading) throws {
    self.init()
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
