import RelmDomain
import RelmLog
import RelmProof
import RelmStorage
import RelmTestSupport
import Testing

/// A log in a folder of its own, removed with the value.
final class LogFolder: Sendable {
  private let folder = TemporaryFolder()
  var path: String { folder.path }
  var log: String { path + "/log" }

  func create() throws -> EventLog { try EventLog.create(at: log, origin: "example.org/log") }
}

/// A record that reads, and is of no other use.
func record(_ number: Int, recorded: String = "2026-11-22T20:00:00.000Z") -> [UInt8] {
  let json =
    #"{"id":"\#(number)","recordedtime":"\#(recorded)","source":"/s","specversion":"1.0","streamversion":0,"#
    + #""subject":"s\#(number)","type":"t"}"#
  return [UInt8](json.utf8)
}

extension EventLog {
  /// Appends records in one commit.
  func append(_ records: [[UInt8]]) throws {
    var append = try beginAppend(within: .seconds(10))
    for bytes in records {
      try append.append(bytes, recorded: try Record(bytes).recordedTime, digest: .leaf(bytes))
    }
    try append.commit()
  }

  func all(from start: UInt64 = 0) throws -> [[UInt8]] {
    var found: [[UInt8]] = []
    try forEach(from: Position(start), upTo: Position(head().size.value)) { _, bytes in
      found.append(bytes)
      return true
    }
    return found
  }
}

@Suite("The log")
struct EventLogTests {
  private let folder: LogFolder

  init() throws { folder = LogFolder() }

  @Test("what was appended is read again, byte for byte, in its order")
  func readsBack() throws {
    let log = try folder.create()
    #expect(try log.head() == LogHead())
    // More than one reader's worth.
    let records = (0..<4500).map { record($0) }
    try log.append(Array(records.prefix(2500)))
    try log.append(Array(records.dropFirst(2500)))
    #expect(try log.all() == records)
    #expect(try log.all(from: 4095) == Array(records.dropFirst(4095)))
    #expect(try log.bytes(at: Position(4499)) == records[4499] && log.bytes(at: Position(4500)) == nil)
    var frontier = Frontier()
    for bytes in records { frontier.append(.leaf(bytes)) }
    #expect(try log.head().frontier == frontier)
    let counted = try log.headAndCount()
    #expect(counted.count == 4500 && counted.head.size.value == 4500)
  }

  @Test("an append that is dropped leaves nothing")
  func droppedAppend() throws {
    let log = try folder.create()
    try log.append([record(0)])
    let before = try log.environment.lastTransaction
    do {
      var append = try log.beginAppend(within: .zero)
      try append.append(record(1), recorded: try Record(record(1)).recordedTime, digest: .leaf(record(1)))
      #expect(append.head.size.value == 2)
    }
    #expect(try log.head().size.value == 1 && log.bytes(at: Position(1)) == nil)
    #expect(try log.environment.lastTransaction == before)
  }

  @Test("a scan stops where its body says so, and the body's errors come out")
  func scansStop() throws {
    struct Enough: Error {}
    let log = try folder.create()
    try log.append((0..<10).map { record($0) })
    var seen = 0
    try log.forEach(from: Position(2), upTo: Position(10)) { position, _ in
      seen += 1
      return position != Position(4)
    }
    #expect(seen == 3)
    #expect(throws: Enough.self) {
      try log.forEach(from: Position(0), upTo: Position(10)) { _, _ in throw Enough() }
    }
    #expect(throws: LogError.missingRecord(Position(10))) {
      try log.forEach(from: Position(8), upTo: Position(12)) { _, _ in true }
    }
  }

  @Test(
    "a log of a newer format is refused, and so is what is no log", arguments: ["2", "99", "x", "", "0", "-1"])
  func otherFormats(format: String) throws {
    do {
      let log = try folder.create()
      var write = try log.environment.beginWrite(within: .zero)
      try write.put(Key("format"), [UInt8](format.utf8), in: LogSchema.meta)
      try write.commit()
    }
    for mode in [OpenMode.readOnly, .readWrite] {
      #expect(throws: LogError.newerFormat(found: format, path: folder.log)) {
        try EventLog.open(at: folder.log, mode: mode)
      }
    }
  }

  @Test("a directory without a log, and a store that is none, are refused")
  func noLog() throws {
    #expect(throws: StorageError.self) { try EventLog.open(at: folder.path, mode: .readWrite) }
    #expect(throws: StorageError.self) { try EventLog.open(at: folder.path + "/nowhere", mode: .readOnly) }
    do { _ = try Environment.create(at: folder.log, tables: LogSchema.tables, durability: .everyCommit) }
    #expect(throws: LogError.notALog(path: folder.log)) { try EventLog.open(at: folder.log, mode: .readWrite) }
  }

  @Test("a log that does not know its own end is damaged")
  func damagedHead() throws {
    let log = try folder.create()
    try log.append([record(0)])
    var write = try log.environment.beginWrite(within: .zero)
    try write.put(Key("head"), [1, 2, 3], in: LogSchema.meta)
    try write.commit()
    #expect(throws: LogError.damagedHead(path: folder.log)) { try log.head() }
    #expect(throws: LogError.damagedHead(path: folder.log)) { try log.append([record(1)]) }
  }

  @Test("a head reads as it was written, and nothing else is one")
  func headBytes() throws {
    var head = LogHead()
    for count in 0..<70 {
      #expect(LogHead(bytes: head.bytes) == head)
      for cut in 1...15 { #expect(LogHead(bytes: Array(head.bytes.dropLast(cut))) == nil) }
      #expect(LogHead(bytes: head.bytes + [0]) == nil)
      head.frontier.append(.leaf([UInt8(count)]))
      head.lastRecorded = Instant(microseconds: Int64(count) - 30)
    }
  }

  @Test("it is made once: a second one in its place is refused, and the first stays")
  func madeOnce() throws {
    let log = try folder.create()
    try log.append([record(0)])
    #expect(throws: StorageError.self) { try folder.create() }
    #expect(try EventLog.open(at: folder.log, mode: .readWrite).head().size.value == 1)
  }
}

@Suite("Reading the whole log again")
struct AuditTests {
  private let folder: LogFolder

  init() throws { folder = LogFolder() }

  @Test("the tree and its earlier roots are those of the records one by one, whatever the blocks")
  func sameTree() throws {
    let log = try folder.create()
    // Two whole blocks of 8192 and a ragged end.
    let records = (0..<16_390).map { record($0) }
    try log.append(records)
    let sizes: [UInt64] = [0, 1, 2, 8191, 8192, 8193, 16_384, 16_385, 16_389, 16_390, 30_000]
    var frontier = Frontier()
    var roots: [UInt64: Digest] = [0: .emptyTree]
    for (index, bytes) in records.enumerated() {
      frontier.append(.leaf(bytes))
      if sizes.contains(UInt64(index) + 1) { roots[UInt64(index) + 1] = frontier.root }
    }
    var told: [UInt64] = []
    let audit = try log.audit(upTo: TreeSize(16_390), rootsAt: sizes) { done, _ in told.append(done) }
    #expect(audit.frontier == frontier)
    #expect(audit.roots == roots)
    #expect(audit.lastRecorded == (try Record(records[16_389]).recordedTime))
    #expect(told.last == 16_390)
  }

  @Test("an empty log has the empty tree")
  func empty() throws {
    let audit = try folder.create().audit(upTo: TreeSize(0), rootsAt: []) { _, _ in }
    #expect(audit.frontier.root == .emptyTree && audit.lastRecorded == nil)
  }

  /// Puts other bytes where a record stands, behind the log's back.
  private func replace(_ position: UInt64, with bytes: [UInt8]?, in log: EventLog) throws {
    var write = try log.environment.beginWrite(within: .zero)
    if let bytes {
      try write.put(Key(bigEndian: position), bytes, in: LogSchema.events)
    } else {
      try write.delete(Key(bigEndian: position), in: LogSchema.events)
    }
    try write.commit()
  }

  @Test(
    "a record that is missing, unreadable, too large or out of time is found",
    arguments: [0, 4096, 8191, 8192])
  func damage(position: UInt64) throws {
    let log = try folder.create()
    let records = (0..<8200).map { record($0) }
    try log.append(records)
    func audit() throws { _ = try log.audit(upTo: TreeSize(8200), rootsAt: []) { _, _ in } }
    try audit()
    let text = String(decoding: records[Int(position)], as: UTF8.self)
    try replace(position, with: [UInt8](text.dropLast().utf8), in: log)
    #expect(throws: BrokenHistory.self) { try audit() }
    let large = text.replacing(#""type":"t""#, with: #""type":"t\#(String(repeating: "t", count: 65_535))""#)
    try replace(position, with: [UInt8](large.utf8), in: log)
    #expect(throws: BrokenHistory.self) { try audit() }
    if position > 0 {
      try replace(position, with: record(Int(position), recorded: "2026-11-22T19:59:59.999Z"), in: log)
      #expect(throws: BrokenHistory.self) { try audit() }
    }
    try replace(position, with: nil, in: log)
    #expect(throws: LogError.missingRecord(Position(position))) { try audit() }
    try replace(position, with: records[Int(position)], in: log)
    try audit()
  }
}
