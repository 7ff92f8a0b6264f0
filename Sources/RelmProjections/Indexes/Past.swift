internal import RelmDomain
internal import RelmProof

/// The events behind rows, for folding an entity again: by stream, or by what touched a row.
struct Past {
  let indexes: any RowReading
  /// - Returns: nil where there is no such event.
  let lookUp: (Position) throws -> RecordedEvent?

  /// - Throws: ``BrokenHistory`` where the log does not hold it.
  func event(at position: Position) throws -> RecordedEvent {
    guard let event = try lookUp(position) else {
      throw BrokenHistory(at: position, "is named by the indexes, and the log does not hold it")
    }
    return event
  }

  /// Whether an event counts.
  func counts(_ position: Position) throws -> Bool { try Annulments.counts(position, in: indexes) }

  /// Where the events of a stream stand, in its order.
  func positions(inStream subject: Subject) throws -> [Position] {
    guard let head = try StreamHead.read(IndexKey.name(subject.text), indexes) else { return [] }
    var positions: [Position] = []
    try indexes.scan(IndexTables.streamEvents, prefix: Array(IndexKey.numbered(head.number, 0).dropLast(8))) {
      _, value in
      if let position = RowBytes.uint64(value) { positions.append(Position(position)) }
      return true
    }
    return positions
  }

  /// Where the events stand that touched a row.
  func positions(touching row: [UInt8], in table: RowTable) throws -> [Position] {
    var positions: [Position] = []
    try indexes.scan(IndexTables.touches, prefix: IndexKey.touches(of: row, in: table)) { key, _ in
      if let position = RowBytes.uint64(key, at: key.count - 8) { positions.append(Position(position)) }
      return true
    }
    return positions
  }
}
