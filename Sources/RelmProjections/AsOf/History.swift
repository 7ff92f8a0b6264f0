package import RelmDomain
package import RelmProof

/// The events behind rows, for folding an entity again: by stream, or by what touched a row.
package struct History {
  /// The index rows, at the log's end or before it.
  let indexes: any RowReading
  /// - Returns: nil where there is no such event.
  let lookUp: (Position) throws -> RecordedEvent?

  package init(indexes: any RowReading, lookUp: @escaping (Position) throws -> RecordedEvent?) {
    self.indexes = indexes
    self.lookUp = lookUp
  }

  /// - Throws: ``BrokenHistory`` where the log does not hold it.
  package func event(at position: Position) throws -> RecordedEvent {
    guard let event = try lookUp(position) else {
      throw BrokenHistory(at: position, "is named by the indexes, and the log does not hold it")
    }
    return event
  }

  /// Whether an event counts.
  func counts(_ position: Position) throws -> Bool { try Annulments.counts(position, in: indexes) }

  /// Whether an event belongs to a part of the history.
  func holds(_ position: Position, _ asOf: AsOf) throws -> Bool {
    guard asOf.size.contains(position) else { return false }
    guard let latest = asOf.happenedBy else { return true }
    return try event(at: position).happened <= latest
  }

  /// Where the events stand that can have touched a row, ascending.
  func positions<View: Projection>(of key: RowKey, in view: View.Type) throws -> [Position] {
    if let stream = View.stream(of: key) { return try positions(inStream: stream.text) }
    return try positions(under: IndexKey.touches(of: key.bytes, in: View.table))
  }

  /// Where the events of a stream stand, in its order.
  package func positions(inStream name: String) throws -> [Position] {
    guard let head = try StreamHead.read(IndexKey.name(name), indexes) else { return [] }
    var positions: [Position] = []
    // A short stream is read version by version: a walk has to look through all that is pending. In a part of the history
    // that goes by what had happened, some versions are not there.
    if head.count <= 256 {
      for version in 0..<head.count {
        let key = IndexKey.numbered(head.number, version)
        guard let place = try indexes.row(IndexTables.streamEvents, key).flatMap({ RowBytes.uint64($0) }) else {
          continue
        }
        positions.append(Position(place))
      }
      return positions
    }
    try indexes.scan(IndexTables.streamEvents, prefix: Array(IndexKey.numbered(head.number, 0).dropLast(8))) {
      _, value in
      if let position = RowBytes.uint64(value) { positions.append(Position(position)) }
      return true
    }
    return positions
  }

  /// Where the events of other streams stand that name a release, ascending.
  package func positions(mentioning subject: Subject) throws -> [Position] {
    try positions(under: IndexKey.mentions(of: subject))
  }

  func positions(under prefix: [UInt8]) throws -> [Position] {
    var positions: [Position] = []
    try indexes.scan(IndexTables.touches, prefix: prefix) { key, _ in
      if let position = RowBytes.uint64(key, at: key.count - 8) { positions.append(Position(position)) }
      return true
    }
    return positions
  }

  /// Every annulment that an event's counting depends on: what annuls it, what annuls that, and so on.
  func annulments(behind position: Position) throws -> [Position: [Position]] {
    var found: [Position: [Position]] = [:]
    var open = [position]
    while let target = open.popLast() {
      let by = try Annulments.naming(target, in: indexes)
      guard !by.isEmpty else { continue }
      found[target] = by
      open += by
    }
    return found
  }
}
