package import RelmDomain
internal import RelmProof

/// Folds records into the index tables, checking that each continues its stream and repeats no id.
///
/// The fold is the check: whoever rebuilds the indexes has verified every chain.
package struct Indexer {
  /// What has been folded so far.
  package private(set) var checkpoint: ViewCheckpoint
  // By the bytes of their keys: two spellings of one letter are two names, which equal strings would not tell.
  private var sources: [PackedKey: UInt32] = [:]
  private var types: [PackedKey: UInt32] = [:]

  package init(from checkpoint: ViewCheckpoint) {
    self.checkpoint = checkpoint
  }

  /// Takes the next record in.
  ///
  /// - Throws: ``BrokenHistory`` where it does not continue its stream, repeats an id or comes out of turn.
  package mutating func fold(_ event: RecordedEvent, into rows: some RowStore) throws {
    let envelope = event.record.envelope
    let position = event.position
    guard position.value == checkpoint.size.value else {
      throw BrokenHistory(at: position, "comes where position \(checkpoint.size.value) belongs")
    }
    let source = try Self.number(
      of: envelope.source, in: IndexTables.sources, known: &sources, next: &checkpoint.sourceCount, rows)
    let idKey = IndexKey.id(envelope.id, source: source)
    if let earlier = try rows.row(IndexTables.ids, idKey) {
      let place = RowBytes.place(earlier).map(String.init) ?? "unknown"
      throw BrokenHistory(at: position, "repeats the source and id of position \(place)")
    }
    try rows.put(IndexTables.ids, idKey, Self.bigEndian(position.value))
    try extendStream(of: event, rows)

    let type = try Self.number(
      of: envelope.type, in: IndexTables.types, known: &types, next: &checkpoint.typeCount, rows)
    try rows.put(IndexTables.typeEvents, IndexKey.numbered(type, position.value), [])
    try rows.put(IndexTables.times, IndexKey.time(event.happened, position), [])

    if event.event == .newer, checkpoint.firstNewer == nil { checkpoint.firstNewer = position }
    var completed: [(Int, UInt64, Digest)] = []
    checkpoint.frontier.append(event.digest) { level, index, digest in
      if level.isMultiple(of: 8) { completed.append((level, index, digest)) }
    }
    checkpoint.lastLeaf = event.digest
    for (level, index, digest) in completed {
      try rows.put(IndexTables.nodes, IndexKey.node(level: level, index: index), digest.bytes)
    }
  }

  /// Appends the record to its stream, which it must continue.
  private mutating func extendStream(of event: RecordedEvent, _ rows: some RowStore) throws {
    let envelope = event.record.envelope
    let key = IndexKey.name(envelope.stream)
    let before = try StreamHead.read(key, rows)
    let version = before?.count ?? 0
    guard envelope.streamVersion == version else {
      let claimed = envelope.streamVersion.map(String.init) ?? "none"
      throw BrokenHistory(at: event.position, "has stream version \(claimed) where \(version) belongs")
    }
    guard envelope.streamPrevious == before?.digest else {
      throw BrokenHistory(at: event.position, "does not name the leaf hash of its stream's record before")
    }
    let number = before?.number ?? checkpoint.streamCount
    if before == nil { checkpoint.streamCount += 1 }
    let head = StreamHead(number: number, count: version + 1, last: event.position, digest: event.digest)
    try rows.put(IndexTables.streams, key, head.bytes)
    try rows.put(
      IndexTables.streamEvents, IndexKey.numbered(number, version), Self.bigEndian(event.position.value))
  }

  /// The number that stands for a name, given when it is first met.
  private static func number(
    of name: String, in table: RowTable, known: inout [PackedKey: UInt32], next: inout UInt32,
    _ rows: some RowStore
  ) throws -> UInt32 {
    let key = PackedKey(IndexKey.name(name))
    if let number = known[key] { return number }
    if let number = try rows.row(table, key.bytes).flatMap({ RowBytes.uint32($0) }) {
      known[key] = number
      return number
    }
    let number = next
    next += 1
    try rows.put(table, key.bytes, Self.bigEndian(number))
    known[key] = number
    return number
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    RowBytes.append(number, to: &bytes)
    return bytes
  }

  private static func bigEndian(_ number: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    RowBytes.append(number, to: &bytes)
    return bytes
  }
}

extension StreamHead {
  /// The head of a stream; nil where it has no record yet.
  package static func read(_ key: [UInt8], _ rows: some RowReading) throws -> StreamHead? {
    guard let bytes = try rows.row(IndexTables.streams, key) else { return nil }
    guard let head = StreamHead(bytes: bytes) else { throw DamagedRow(table: IndexTables.streams, key: key) }
    return head
  }
}

/// A row of the views that does not read: the views are to be rebuilt.
package struct DamagedRow: Error, CustomStringConvertible {
  package let table: RowTable
  package let key: [UInt8]

  package init(table: RowTable, key: [UInt8]) {
    self.table = table
    self.key = key
  }

  package var description: String {
    "a row of the view '\(table.name)' does not read; rebuild the views: relm views rebuild"
  }
}
