package import RelmDomain
internal import RelmLog
internal import RelmViews
package import RelmProof
internal import RelmStorage

extension Ledger {
  /// How many records the log has now.
  package func size() throws -> TreeSize { try asOf?.size ?? log.head().size }

  /// One event; nil beyond the log's end.
  package func event(at position: Position) throws -> RecordedEvent? {
    if let asOf, !asOf.size.contains(position) { return nil }
    guard let bytes = try log.bytes(at: position) else { return nil }
    let event = try RecordedEvent.stored(bytes, at: position)
    return hasHappened(event) ? event : nil
  }

  /// Whether an event had happened by the moment that this ledger is as of.
  private func hasHappened(_ event: RecordedEvent) -> Bool {
    asOf?.happenedBy.map { event.happened <= $0 } ?? true
  }

  /// The events with an id: one for each source that has used it.
  ///
  /// - Parameter source: the one source to look in; nil for all.
  package func events(withID id: String, source: String? = nil) throws -> [RecordedEvent] {
    let found = try withRows { rows, _ in try positions(ofID: id, source: source, rows) }
    return try found.sorted().compactMap { try event(at: $0) }
  }

  /// The events of other streams that speak of a release, in the order of the log; none for another subject.
  package func events(speakingOf subject: Subject) throws -> [RecordedEvent] {
    guard case .release = subject else { return [] }
    let found = try withRows { rows, _ in
      try history(rows).positions(mentioning: subject).filter { try Annulments.counts($0, in: rows) }
    }
    return try found.sorted().compactMap { try event(at: $0) }
  }

  private func positions(ofID id: String, source: String?, _ rows: any RowReading) throws -> [Position] {
    var numbers: [UInt32] = []
    if let source {
      if let number = try rows.row(IndexTables.sources, IndexKey.name(source)).flatMap({ RowBytes.uint32($0) })
      {
        numbers = [number]
      }
    } else {
      try rows.scan(IndexTables.sources, from: nil, upTo: nil, reversed: false) { _, value in
        if let number = RowBytes.uint32(value) { numbers.append(number) }
        return true
      }
    }
    var positions: [Position] = []
    for number in numbers {
      if let value = try rows.row(IndexTables.ids, IndexKey.id(id, source: number)),
        let position = RowBytes.place(value)
      {
        positions.append(Position(position))
      }
    }
    return positions
  }

  /// Hands out the events that a filter asks for, in the order of their positions, or from the last to the first.
  ///
  /// A stream's or a type's events are found by their index and a span of time by its own; nothing else is read.
  ///
  /// - Parameter body: answers whether to go on.
  package func forEachEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Bool) throws {
    var remaining = filter.limit ?? .max
    guard remaining > 0 else { return }
    func hand(_ position: Position, _ bytes: [UInt8]) throws -> Bool {
      let event = try RecordedEvent.stored(bytes, at: position)
      guard filter.matches(event), hasHappened(event) else { return true }
      remaining -= 1
      return try body(event) && remaining > 0
    }
    guard let positions = try indexedPositions(filter) else {
      return try scanLog(filter, limit: remaining, hand)
    }
    for position in filter.isReversed ? positions.reversed() : positions {
      guard let bytes = try log.bytes(at: position) else {
        throw BrokenHistory(at: position, "is named by the indexes, and the log does not hold it")
      }
      guard try hand(position, bytes) else { return }
    }
  }

  /// Walks the log itself: where a filter names no stream, type or time, so that every event in the range belongs.
  private func scanLog(
    _ filter: EventFilter, limit: Int, _ hand: (Position, [UInt8]) throws -> Bool
  ) throws {
    let size = try size().value
    var start = filter.from?.value ?? 0
    var end = min(filter.upTo?.value ?? size, size)
    while start < end {
      let count = min(end - start, UInt64(min(limit, Self.recordsAtOnce)))
      let (first, last) = filter.isReversed ? (end - count, end) : (start, start + count)
      let records = try records(from: Position(first), upTo: Position(last))
      for (position, bytes) in filter.isReversed ? records.reversed() : records {
        guard try hand(position, bytes) else { return }
      }
      if filter.isReversed { end = first } else { start = last }
    }
  }

  /// How many records are read before they are handed out.
  static let recordsAtOnce = 256

  /// Some records, read and the reader let go: whoever they are handed to may take as long as a person at a pager.
  func records(from start: Position, upTo end: Position) throws -> [(Position, [UInt8])] {
    var records: [(Position, [UInt8])] = []
    try log.forEach(from: start, upTo: end) { position, bytes in
      records.append((position, bytes))
      return true
    }
    return records
  }

  /// The positions that an index names, ascending; nil where the whole log is to be walked.
  private func indexedPositions(_ filter: EventFilter) throws -> [Position]? {
    guard filter.stream != nil || filter.type != nil || filter.since != nil || filter.until != nil else {
      return nil
    }
    return try withRows { rows, _ in try indexedPositions(filter, rows) }
  }

  private func indexedPositions(_ filter: EventFilter, _ rows: any RowReading) throws -> [Position] {
    if let stream = filter.stream {
      guard let head = try StreamHead.read(IndexKey.name(stream), rows) else { return [] }
      return try positions(
        rows, IndexTables.streamEvents, prefix: IndexKey.numbered(head.number, 0).dropLast(8)
      ) { _, value in RowBytes.place(value) }
    }
    if let pattern = filter.type {
      var found: [Position] = []
      for number in try typeNumbers(matching: pattern, rows) {
        found += try positions(
          rows, IndexTables.typeEvents, prefix: IndexKey.numbered(number, 0).dropLast(8)
        ) { key, _ in RowBytes.place(key, at: 4) }
      }
      return found.sorted()
    }
    var found: [Position] = []
    try rows.scan(
      IndexTables.times, from: filter.since.map(IndexKey.timeBound), upTo: filter.until.map(IndexKey.timeBound),
      reversed: false
    ) { key, _ in
      if let position = RowBytes.place(key, at: 8) { found.append(Position(position)) }
      return true
    }
    return found.sorted()
  }

  private func typeNumbers(matching pattern: String, _ rows: any RowReading) throws -> [UInt32] {
    guard pattern.last == "*" else {
      let value = try rows.row(IndexTables.types, IndexKey.name(pattern))
      return value.flatMap { RowBytes.uint32($0) }.map { [$0] } ?? []
    }
    var numbers: [UInt32] = []
    // A long name stands as its hash, which tells nothing of how it begins; the filter looks at the events themselves.
    for prefix in [IndexKey.beginning(of: String(pattern.dropLast())), IndexKey.hashedNames] {
      try rows.scan(IndexTables.types, prefix: prefix) { _, value in
        if let number = RowBytes.uint32(value) { numbers.append(number) }
        return true
      }
    }
    return numbers
  }

  private func positions(
    _ rows: any RowReading, _ table: RowTable, prefix: some Sequence<UInt8>,
    _ position: (_ key: [UInt8], _ value: [UInt8]) -> UInt64?
  ) throws -> [Position] {
    var found: [Position] = []
    try rows.scan(table, prefix: Array(prefix)) { key, value in
      if let place = position(key, value) { found.append(Position(place)) }
      return true
    }
    return found
  }
}
