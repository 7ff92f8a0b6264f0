internal import RelmDomain
internal import RelmProof

/// The first of each group of index rows that counts: a walk that goes from group to group, however many rows each has.
///
/// A row's key is a group's and then a position.
struct FirstTouch: Sendable {
  let key: [UInt8]
  let value: [UInt8]
  let position: Position

  /// - Parameters:
  ///   - prefix: what the keys of all groups begin with.
  ///   - rows: the indexes.
  ///   - isEnough: whether one of a group that counts does for the group; else the next of it is found as well.
  package static func all(
    under prefix: [UInt8], in rows: any RowReading, until isEnough: (Position) throws -> Bool = { _ in true }
  ) throws -> [FirstTouch] {
    var found: [FirstTouch] = []
    let end = RowBytes.successor(ofPrefix: prefix)
    var start: [UInt8]? = prefix
    while let lower = start {
      start = nil
      try rows.scan(IndexTables.touches, from: lower, upTo: end, reversed: false) { key, value in
        guard let place = RowBytes.place(key, at: key.count - 8) else { return true }
        let position = Position(place)
        guard try Annulments.counts(position, in: rows) else { return true }
        found.append(FirstTouch(key: key, value: value, position: position))
        guard try isEnough(position) else { return true }
        start = RowBytes.successor(ofPrefix: Array(key.dropLast(8)))
        return false
      }
    }
    return found
  }
}
