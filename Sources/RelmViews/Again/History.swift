package import RelmDomain
package import RelmProof

/// The events behind rows, for folding an entity again: by stream, or by what touched a row.
package struct History {
  /// The index rows, at the log's end or before it.
  package let indexes: any RowReading
  /// - Returns: nil where there is no such event.
  let lookUp: (Position) throws -> RecordedEvent?
  /// What is remembered of streams, where many rows of them are followed.
  private var touches: StreamTouches?

  package init(indexes: any RowReading, lookUp: @escaping (Position) throws -> RecordedEvent?) {
    self.indexes = indexes
    self.lookUp = lookUp
  }

  /// The same for who follows many rows.
  package func rememberingStreams() -> History {
    var history = self
    history.touches = StreamTouches()
    return history
  }

  /// - Throws: ``BrokenHistory`` where the log does not hold it.
  package func event(at position: Position) throws -> RecordedEvent {
    guard let event = try lookUp(position) else {
      throw BrokenHistory(at: position, "is named by the indexes, and the log does not hold it")
    }
    return event
  }

  /// Whether an event counts.
  package func counts(_ position: Position) throws -> Bool { try Annulments.counts(position, in: indexes) }

  /// Whether an event belongs to a part of the history.
  package func holds(_ position: Position, _ asOf: AsOf) throws -> Bool {
    guard asOf.size.contains(position) else { return false }
    guard let latest = asOf.happenedBy else { return true }
    return try event(at: position).happened <= latest
  }

  /// Every position that there can be.
  package static let everything = Position.first..<Position(.max)

  /// Where the events stand that can have touched a row, ascending.
  package func positions<View: Projection>(of key: RowKey, in view: View.Type, within span: Range<Position>)
    throws
    -> [Position]
  {
    if let stream = View.stream(of: key) {
      guard let touches else { return try positions(inStream: stream.text, within: span) }
      let place = TouchedRows.Place(table: View.table, key: PackedKey(key.bytes))
      return try touches.positions(inStream: stream.text, of: place, within: span, self)
    }
    return try positions(under: IndexKey.touches(of: key.bytes, in: View.table), within: span)
  }

  /// Where the events of a stream stand, in its order.
  package func positions(inStream name: String, within span: Range<Position> = everything) throws -> [Position]
  {
    guard let head = try StreamHead.read(IndexKey.name(name), indexes) else { return [] }
    let first = try firstVersion(from: span.lowerBound, in: head)
    let end = try firstVersion(from: span.upperBound, in: head)
    guard first < end else { return [] }
    // A few are read version by version: a walk has to look through all that is pending. In a part of the history that
    // goes by what had happened, some versions are not there.
    if end - first <= 256 {
      return try indexes.rows(
        IndexTables.streamEvents, (first..<end).map { IndexKey.numbered(head.number, $0) }
      )
      .compactMap { $0.flatMap { RowBytes.place($0) }.map { Position($0) } }
    }
    var positions: [Position] = []
    try indexes.scan(
      IndexTables.streamEvents, from: IndexKey.numbered(head.number, first),
      upTo: IndexKey.numbered(head.number, end), reversed: false
    ) { _, value in
      if let position = RowBytes.place(value) { positions.append(Position(position)) }
      return true
    }
    return positions
  }

  /// Where the events of a type stand, ascending.
  package func positions(ofType type: EventType) throws -> [Position] {
    guard
      let number = try indexes.row(IndexTables.types, IndexKey.name(type.rawValue)).flatMap({
        RowBytes.uint32($0)
      })
    else { return [] }
    var positions: [Position] = []
    try indexes.scan(IndexTables.typeEvents, prefix: Array(IndexKey.numbered(number, 0).dropLast(8))) {
      key, _ in
      if let place = RowBytes.place(key, at: 4) { positions.append(Position(place)) }
      return true
    }
    return positions
  }

  /// The first version of a stream that stands at a position or after it.
  private func firstVersion(from position: Position, in head: StreamHead) throws -> UInt64 {
    guard position > .first else { return 0 }
    guard position <= head.last else { return head.count }
    var (low, high) = (UInt64(0), head.count - 1)
    while low < high {
      let middle = (low + high) / 2
      let key = IndexKey.numbered(head.number, middle)
      guard let place = try indexes.row(IndexTables.streamEvents, key).flatMap({ RowBytes.place($0) }) else {
        throw DamagedRow(table: IndexTables.streamEvents, key: key)
      }
      if place < position.value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the events of other streams stand that name a release, ascending.
  package func positions(mentioning subject: Subject) throws -> [Position] {
    try positions(under: IndexKey.mentions(of: subject))
  }

  /// Where the events of releases stand that say that one is made of a commit, ascending.
  package func positions(naming commit: String) throws -> [Position] {
    try positions(under: IndexKey.releases(with: commit))
  }

  package func positions(under prefix: [UInt8], within span: Range<Position> = everything) throws -> [Position]
  {
    var (first, end) = (prefix, prefix)
    RowBytes.append(span.lowerBound.value, to: &first)
    RowBytes.append(span.upperBound.value, to: &end)
    var positions: [Position] = []
    try indexes.scan(IndexTables.touches, from: first, upTo: end, reversed: false) { key, _ in
      if let position = RowBytes.place(key, at: key.count - 8) { positions.append(Position(position)) }
      return true
    }
    return positions
  }

  /// Every annulment that the counting of some events depends on: what annuls them, what annuls that, and so on.
  ///
  /// - Parameter positions: where the events stand, ascending.
  func annulments(behind positions: [Position]) throws -> [Position: [Position]] {
    var found = try Annulments.naming(positions, in: indexes)
    var open = Array(found.values.joined())
    while let target = open.popLast() {
      guard found[target] == nil else { continue }
      let by = try Annulments.naming(target, in: indexes)
      guard !by.isEmpty else { continue }
      found[target] = by
      open += by
    }
    return found
  }
}
