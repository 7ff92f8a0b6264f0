package import RelmViews
package import RelmDomain
package import RelmProof

/// The rows of all views as they were: what a ledger would have that holds only a part of the history.
///
/// A row is folded again from its own events, when it is asked for; a long one from its last ``Milestone`` before. Where
/// the part is nearly the whole, what the few other events have not touched is read as it stands.
package final class PastRows: RowReading {
  let base: any RowReading
  let asOf: AsOf
  package let history: History
  private let frontier: () throws -> Frontier
  private let end: TreeSize
  /// What the events outside the part have touched; nil where those are many, or where nobody has walked yet: a row by
  /// itself is folded again in less time than they are looked at.
  private var touched: TouchedRows?
  private var hasLooked = false
  /// Rows that were folded already, for whoever asks for one again; a few only.
  private var folded: [TouchedRows.Place: [UInt8]?] = [:]

  /// Up to so many events outside the part are looked at one by one.
  static let few = 2048

  /// - Parameters:
  ///   - base: the rows at the log's end.
  ///   - asOf: the part of the history that counts.
  ///   - frontier: the right edge of the tree of the part's size.
  ///   - lookUp: an event of the log.
  /// - Throws: ``DamagedRow`` where the views' checkpoint does not read.
  package init(
    over base: any RowReading, asOf: AsOf, frontier: @escaping () throws -> Frontier,
    lookUp: @escaping (Position) throws -> RecordedEvent?
  ) throws {
    self.base = base
    self.asOf = asOf
    self.frontier = frontier
    end = try Views.checkpoint(of: base).size
    history = History(indexes: base, lookUp: lookUp)
  }

  package func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? {
    if table == Views.checkpoints { return try checkpoint().bytes }
    guard let view = Views.projection(of: table) else { return try indexRow(table, key) }
    return try row(of: view, key)
  }

  package func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    guard let view = Views.projection(of: table) else {
      return try scanIndex(table, from: lower, upTo: upper, reversed: reversed, body)
    }
    if !hasLooked {
      touched = try findTouched()
      hasLooked = true
    }
    // Rows that have vanished since are among the keys, so that they are found as well.
    let vanished = try vanishedKeys(table, from: lower, upTo: upper, reversed: reversed)
    let comesFirst: (PackedKey, PackedKey) -> Bool = reversed ? (>) : (<)
    var waiting = vanished[...]
    var goesOn = true
    func hand(_ key: [UInt8]) throws {
      if let value = try row(of: view, key) { goesOn = try body(key, value) }
    }
    try base.scan(table, from: lower, upTo: upper, reversed: reversed) { key, _ in
      let packed = PackedKey(key)
      while goesOn, let next = waiting.first, comesFirst(next, packed) {
        waiting.removeFirst()
        try hand(next.bytes)
      }
      if waiting.first == packed { waiting.removeFirst() }
      if goesOn { try hand(key) }
      return goesOn
    }
    while goesOn, let next = waiting.popFirst() { try hand(next.bytes) }
  }

  private func row<View: Projection>(of view: View.Type, _ key: [UInt8]) throws -> [UInt8]? {
    if let touched, !touched.contains(View.table, key) {
      return try base.row(View.table, key)
    }
    let place = TouchedRows.Place(table: View.table, key: PackedKey(key))
    if let known = folded[place] { return known }
    guard let rowKey = try RowKey.stored(key, in: View.table, base) else { return nil }
    let row = try RowHistory(of: rowKey, in: view, history, happenedBy: asOf.happenedBy, upTo: asOf.size)
      .row(asOf: asOf.size)?.bytes
    if folded.count >= Self.few { folded.removeAll() }
    folded[place] = .some(row)
    return row
  }

  private func vanishedKeys(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool
  ) throws -> [PackedKey] {
    let place = [UInt8(table.place)]
    var keys: [PackedKey] = []
    try base.scan(
      IndexTables.keys, from: place + (lower ?? []),
      upTo: upper.map { place + $0 } ?? RowBytes.successor(ofPrefix: place), reversed: reversed
    ) { key, _ in
      keys.append(PackedKey(Array(key.dropFirst())))
      return true
    }
    return keys
  }

  private func findTouched() throws -> TouchedRows? {
    var outside: [Position] = []
    let after = asOf.size.value
    guard end.value - min(after, end.value) <= UInt64(Self.few) else { return nil }
    for position in min(after, end.value)..<end.value { outside.append(Position(position)) }
    if let latest = asOf.happenedBy {
      try base.scan(
        IndexTables.times, from: IndexKey.timeBound(Instant(microseconds: latest.microseconds + 1)), upTo: nil,
        reversed: false
      ) { key, _ in
        if let position = RowBytes.place(key, at: 8) { outside.append(Position(position)) }
        return outside.count <= Self.few
      }
      guard outside.count <= Self.few else { return nil }
    }
    var touched = TouchedRows()
    for position in outside { try touched.add(history.event(at: position), history) }
    return touched
  }

  private func checkpoint() throws -> ViewCheckpoint {
    var checkpoint = try Views.checkpoint(of: base)
    checkpoint.frontier = try frontier()
    checkpoint.lastLeaf = try asOf.size.lastPosition.map { try history.event(at: $0).digest }
    if let newer = checkpoint.firstNewer, !asOf.size.contains(newer) { checkpoint.firstNewer = nil }
    return checkpoint
  }
}
