internal import RelmViews
internal import RelmDomain
internal import RelmProof

/// The index rows of the past: those of the present, without what had not been recorded.
///
/// Numbers that stand for names are given once and for ever; so those of names that came later may be seen, and lead
/// to no event.
extension PastRows {
  func indexRow(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? {
    try base.row(table, key).flatMap { try past(table, key, $0) }
  }

  func scanIndex(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try base.scan(table, from: lower, upTo: upper, reversed: reversed) { key, value in
      guard let value = try past(table, key, value) else { return true }
      return try body(key, value)
    }
  }

  /// A row as it was; nil where it was not there.
  private func past(_ table: RowTable, _ key: [UInt8], _ value: [UInt8]) throws -> [UInt8]? {
    if table == IndexTables.streams { return try head(key, value)?.bytes }
    // They hold whatever had been recorded, whenever it happened.
    if table == IndexTables.milestones, asOf.happenedBy != nil { return nil }
    guard let position = Self.position(in: table, key, value) else { return value }
    return try history.holds(position, asOf) ? value : nil
  }

  /// The event by which a row is there; nil for rows that belong to no event.
  private static func position(in table: RowTable, _ key: [UInt8], _ value: [UInt8]) -> Position? {
    let number: UInt64? =
      switch table {
      case IndexTables.ids, IndexTables.streamEvents: RowBytes.place(value)
      case IndexTables.typeEvents, IndexTables.times, IndexTables.annulments, IndexTables.touches,
        IndexTables.milestones:
        RowBytes.place(key, at: key.count - 8)
      // An act and what it rests on: it is the act that makes the row, whichever way round it stands.
      case IndexTables.reliances: RowBytes.place(key, at: key.first == 0 ? 1 : 9)
      case IndexTables.nodes:
        RowBytes.place(key, at: 1).map { (($0 + 1) << UInt64(key[0])) &- 1 }
      default: nil
      }
    return number.map { Position($0) }
  }

  /// The head of a stream as it was: the last of its events that had been recorded.
  private func head(_ key: [UInt8], _ value: [UInt8]) throws -> StreamHead? {
    guard var head = StreamHead(bytes: value) else {
      throw DamagedRow(table: IndexTables.streams, key: key)
    }
    guard !asOf.size.contains(head.last) else { return head }
    func position(_ version: UInt64) throws -> Position {
      let key = IndexKey.numbered(head.number, version)
      guard let place = try base.row(IndexTables.streamEvents, key).flatMap({ RowBytes.place($0) }) else {
        throw DamagedRow(table: IndexTables.streamEvents, key: key)
      }
      return Position(place)
    }
    var (low, high) = (UInt64(0), head.count)
    while low < high {
      let middle = (low + high) / 2
      if asOf.size.contains(try position(middle)) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    head.count = low
    head.last = try position(low - 1)
    head.digest = try history.event(at: head.last).digest
    return head
  }
}
