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
  static func naming(_ position: Position, in rows: any RowReading) throws -> [Position] {
    var found: [Position] = []
    var prefix: [UInt8] = []
    RowBytes.append(position.value, to: &prefix)
    try rows.scan(IndexTables.annulments, prefix: prefix) { key, _ in
      if let by = RowBytes.uint64(key, at: 8) { found.append(Position(by)) }
      return true
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
      if let other = RowBytes.uint64(key, at: 9) { found.append(Position(other)) }
      return true
    }
    return found
  }
}
