internal import RelmDomain
package import RelmProof

/// Which events count, as the indexes say it.
package enum Annulments {
  /// What annuls an event and counts itself, ascending; none for an event that counts.
  package static func annulling(_ position: Position, in rows: any RowReading) throws -> [Position] {
    // Whoever annuls stands later, so that this ends.
    try naming(position, in: rows).filter { try counts($0, in: rows) }
  }

  /// Every annulment of an event, ascending, whether it counts itself or not.
  package static func naming(_ position: Position, in rows: any RowReading) throws -> [Position] {
    var found: [Position] = []
    var prefix: [UInt8] = []
    RowBytes.append(position.value, to: &prefix)
    try rows.scan(IndexTables.annulments, prefix: prefix) { key, _ in
      if let by = RowBytes.place(key, at: 8) { found.append(Position(by)) }
      return true
    }
    return found
  }

  /// Every annulment of some events, ascending, whether it counts itself or not, by what it annuls.
  ///
  /// One walk finds them where they are few between the first and the last of the events; else each is looked up.
  ///
  /// - Parameter positions: where the events stand, ascending.
  package static func naming(_ positions: [Position], in rows: any RowReading) throws -> [Position: [Position]]
  {
    guard let first = positions.first, let last = positions.last else { return [:] }
    var found: [Position: [Position]] = [:]
    var (place, seen) = (0, 0)
    try rows.scan(
      IndexTables.annulments, from: IndexKey.pair(first, .first), upTo: IndexKey.pair(last.next, .first),
      reversed: false
    ) { key, _ in
      guard let target = RowBytes.place(key), let by = RowBytes.place(key, at: 8) else { return true }
      while place < positions.count, positions[place].value < target { place += 1 }
      if place < positions.count, positions[place].value == target {
        found[positions[place], default: []].append(Position(by))
      }
      seen += 1
      return seen <= positions.count
    }
    guard seen > positions.count else { return found }
    for position in positions[min(place, positions.count)...] {
      let by = try naming(position, in: rows)
      if !by.isEmpty { found[position] = by }
    }
    return found
  }

  /// Whether nothing that counts itself annuls an event.
  package static func counts(_ position: Position, in rows: any RowReading) throws -> Bool {
    try annulling(position, in: rows).isEmpty
  }

  /// What an event rested on when it was recorded.
  package static func foundations(of position: Position, in rows: any RowReading) throws -> [Position] {
    try partners(of: position, under: 0, rows)
  }

  /// What rested on an event when it was recorded.
  package static func dependents(of position: Position, in rows: any RowReading) throws -> [Position] {
    try partners(of: position, under: 1, rows)
  }

  /// What an event rested on and does not count any more.
  package static func lostFoundations(of position: Position, in rows: any RowReading) throws -> [Position] {
    try foundations(of: position, in: rows).filter { try !counts($0, in: rows) }
  }

  private static func partners(
    of position: Position, under tag: UInt8, _ rows: any RowReading
  ) throws -> [Position] {
    var found: [Position] = []
    var prefix = [tag]
    RowBytes.append(position.value, to: &prefix)
    try rows.scan(IndexTables.reliances, prefix: prefix) { key, _ in
      if let other = RowBytes.place(key, at: 9) { found.append(Position(other)) }
      return true
    }
    return found
  }
}
