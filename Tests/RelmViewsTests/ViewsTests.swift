import RelmBytes
import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// A random log that is as it must be: every record continues its stream, no id repeats.
struct RandomLog {
  private(set) var events: [RecordedEvent] = []
  private var heads: [String: (count: UInt64, digest: Digest)] = [:]

  init(seed: UInt64, count: Int) throws {
    var chance = SplitMix64(seed: seed)
    for position in 0..<count { try append(at: position, &chance) }
  }

  private mutating func append(at position: Int, _ chance: inout SplitMix64) throws {
    let release =
      ["release/acme/api/1", "release/acme/api/2", "release/web/1"].randomElement(using: &chance) ?? ""
    let id = "d\(Int.random(in: 0..<4, using: &chance))"
    let place = ["prod/eu", "prod/us", "test"].randomElement(using: &chance) ?? ""
    let deployment = #""deployment":"\#(id)","environment":"\#(place)""#
    let choices: [(type: String, subject: String?, data: String)] = [
      ("relm.release.planned", release, #"{"class":"normal","purpose":"p\#(position)"}"#),
      ("relm.deployment.started", release, "{\(deployment)}"),
      ("relm.deployment.finished", release, #"{"backfilled":true,\#(deployment),"outcome":"succeeded"}"#),
      ("relm.deployment.finished", release, #"{"backfilled":true,\#(deployment),"outcome":"failed"}"#),
      ("relm.deployment.rolledback", release, "{\(deployment)}"),
      ("relm.deployment.removed", release, #"{\#(deployment)}"#),
      ("relm.activity.recorded", release, #"{"activity":"a\#(position)"}"#),
      ("com.example.thing", nil, "{}"),
      ("com.example.other", "release/web/1", "[]"),
      ("com.example." + String(repeating: "l", count: 450), String(repeating: "s", count: 600), "1"),
      ("relm.from.the.future", release, "{}"),
    ]
    let chosen = choices[Int.random(in: 0..<choices.count, using: &chance)]
    let stream = chosen.subject ?? ""
    let head = heads[stream]
    let minute = Int.random(in: 10..<60, using: &chance)
    let time = Bool.random(using: &chance) ? #""time":"2026-11-22T20:\#(minute):00Z","# : ""
    let subject = chosen.subject.map { #""subject":"\#($0)","# } ?? ""
    let previous = head.map { #""streamprevious":"\#($0.digest.base64)","# } ?? ""
    let source = ["/a", "/b"].randomElement(using: &chance) ?? ""
    let json =
      #"{"authid":"\#(TestLog.person.text)","data":\#(chosen.data),"id":"\#(position)","#
      + #""recordedtime":"2026-11-23T00:00:00.000Z","source":"\#(source)","specversion":"1.0",\#(previous)"#
      + #""streamversion":\#(head?.count ?? 0),\#(subject)\#(time)"type":"\#(chosen.type)"}"#
    let bytes = [UInt8](json.utf8)
    let digest = Digest.leaf(bytes)
    heads[stream] = ((head?.count ?? 0) + 1, digest)
    events.append(
      try RecordedEvent(position: Position(UInt64(position)), record: Record(bytes), digest: digest))
  }
}

@Suite("All views together")
struct ViewsTests {
  private func everyRow(_ rows: any RowReading) throws -> [[PlainRow]] {
    try Views.tables.map { try rows.collected($0) }
  }

  private func rebuilt(_ events: [RecordedEvent]) throws -> PlainRows {
    let rows = PlainRows()
    let views = try Views(over: rows, lookUp: { _ in nil })
    for event in events { try views.fold(event) }
    try views.flush(into: rows)
    return rows
  }

  @Test(
    "folded in pieces, with batches that are taken back, the rows are those of one fold from nothing",
    arguments: UInt64(1)...25)
  func piecesGiveTheSame(seed: UInt64) throws {
    let log = try RandomLog(seed: seed, count: 300)
    var chance = SplitMix64(seed: seed &+ 1000)
    let rows = PlainRows()
    var next = 0
    while next < log.events.count {
      // As another process would, or the next start.
      let views = try Views(over: rows, lookUp: { _ in nil })
      #expect(views.checkpoint.size.value == UInt64(next))
      for _ in 0..<Int.random(in: 1...3, using: &chance) {
        let end = min(log.events.count, next + Int.random(in: 1...40, using: &chance))
        views.savepoint()
        for event in log.events[next..<end] { try views.fold(event) }
        if Int.random(in: 0..<3, using: &chance) == 0 {
          views.rollBack()
          #expect(views.checkpoint.size.value == UInt64(next))
        } else {
          views.keep()
          next = end
        }
        if Bool.random(using: &chance) { try views.flush(into: rows) }
      }
      try views.flush(into: rows)
    }
    let (found, expected) = (try everyRow(rows), try everyRow(rebuilt(log.events)))
    for (index, table) in Views.tables.enumerated() {
      #expect(found[index] == expected[index], "seed \(seed): '\(table.name)'")
    }
  }

  @Test("held in memory over older rows they read like the rows written down", arguments: UInt64(1)...10)
  func heldInMemory(seed: UInt64) throws {
    let log = try RandomLog(seed: seed, count: 300)
    let older = try rebuilt(Array(log.events.prefix(Int(seed) * 20)))
    let views = try Views(over: older, lookUp: { _ in nil })
    for event in log.events.dropFirst(Int(seed) * 20) { try views.fold(event) }
    let held = try views.heldInMemory()
    let (found, expected) = (try everyRow(held), try everyRow(rebuilt(log.events)))
    for (index, table) in Views.tables.enumerated() {
      #expect(found[index] == expected[index], "seed \(seed): '\(table.name)'")
    }
    #expect(older.rows(Views.checkpoints) != expected[Views.tables.firstIndex(of: Views.checkpoints) ?? 0])
  }

  @Test("a record out of turn, of a broken stream, or with an id that was used, is not folded")
  func brokenHistories() throws {
    let log = try RandomLog(seed: 7, count: 100)
    let views = try Views(over: PlainRows(), lookUp: { _ in nil })
    #expect(throws: BrokenHistory.self) { try views.fold(log.events[1]) }
    let rows = try rebuilt(Array(log.events.prefix(50)))
    // The same event again, where the next belongs.
    let repeated = try RecordedEvent(
      position: Position(50), record: log.events[10].record, digest: log.events[10].digest)
    #expect(throws: BrokenHistory.self) { try Views(over: rows, lookUp: { _ in nil }).fold(repeated) }
    // The next event, changed in one place at a time.
    let next = log.events[50]
    let text = String(decoding: next.record.bytes, as: UTF8.self)
    let version = next.record.streamVersion
    let changed = text.replacing(#""streamversion":\#(version)"#, with: #""streamversion":\#(version + 1)"#)
    #expect(text != changed)
    if version > 0 {
      let bytes = [UInt8](changed.utf8)
      let record = try RecordedEvent(position: Position(50), record: Record(bytes), digest: .leaf(bytes))
      #expect(throws: BrokenHistory.self) { try Views(over: rows, lookUp: { _ in nil }).fold(record) }
    }
    try Views(over: rows, lookUp: { _ in nil }).fold(next)
  }

  @Test("the first event of a newer program is remembered, and taken back with its batch")
  func newerEvents() throws {
    let log = try RandomLog(seed: 3, count: 200)
    let first = try #require(log.events.first { $0.event == .newer })
    let views = try Views(over: PlainRows(), lookUp: { _ in nil })
    for event in log.events.prefix(while: { $0.position != first.position }) { try views.fold(event) }
    #expect(views.checkpoint.firstNewer == nil)
    views.savepoint()
    try views.fold(first)
    #expect(views.checkpoint.firstNewer == first.position)
    views.rollBack()
    #expect(views.checkpoint.firstNewer == nil)
    #expect(try Views(over: rebuilt(log.events), lookUp: { _ in nil }).checkpoint.firstNewer == first.position)
  }

  @Test("a checkpoint reads as it was written, and a damaged one does not read")
  func checkpointBytes() throws {
    for count in [0, 1, 2, 3, 64, 100, 255] {
      let events = try RandomLog(seed: 5, count: count).events
      let views = try Views(over: PlainRows(), lookUp: { _ in nil })
      for event in events { try views.fold(event) }
      let bytes = views.checkpoint.bytes
      #expect(ViewCheckpoint(bytes: bytes) == views.checkpoint)
      #expect(views.checkpoint.lastLeaf == events.last?.digest)
      for cut in 1...min(33, bytes.count) { #expect(ViewCheckpoint(bytes: Array(bytes.dropLast(cut))) == nil) }
      #expect(ViewCheckpoint(bytes: bytes + [0]) == nil)
    }
    let rows = PlainRows()
    rows.put(Views.checkpoints, [0], [1, 2, 3])
    #expect(throws: DamagedRow.self) { try Views(over: rows, lookUp: { _ in nil }) }
  }
}

@Suite("Keys of the indexes")
struct IndexKeyTests {
  @Test("different ids have different keys, whether they are UUIDs, text or long")
  func idsAreDistinct() {
    let uuid = "0193594e-6a10-7c3d-9e1f-0123456789ab"
    let long = String(repeating: "x", count: 401)
    let ids = [
      uuid, uuid.uppercased(), uuid.replacing("-", with: ""), "{" + uuid + "}", uuid.replacing("a", with: "g"),
      "", "a", String(repeating: "x", count: 400), long, long + "y", "0193594e_6a10-7c3d-9e1f-0123456789ab",
      "\u{0}", "\u{1}",
    ]
    let keys = ids.flatMap { id in [UInt32(0), 1].map { IndexKey.id(id, source: $0) } }
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.count <= 511 && !$0.isEmpty })
  }

  @Test("UUIDs of one source that were made one after the other are neighbours")
  func neighbours() {
    let keys = (0..<50).map { IndexKey.id("0193594e-6a10-7c3d-9e1f-0123456789\($0 + 10)", source: 9) }
    #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test("the order of time keys is the order of time, before 1970 too")
  func times() {
    let moments: [Int64] = [.min, -62_167_219_200_000_000, -1, 0, 1, 253_402_300_799_999_999, .max]
    let keys = moments.map { IndexKey.time(Instant(microseconds: $0), Position(1)) }
    #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(
      IndexKey.time(Instant(microseconds: 5), Position(.max)).starts(
        with: IndexKey.timeBound(Instant(microseconds: 5))))
  }

  @Test("a stream's head reads as it was written, and no other length is one")
  func heads() {
    let head = StreamHead(number: 7, count: 1 << 40, last: Position(9), digest: .leaf([1]))
    #expect(StreamHead(bytes: head.bytes) == head)
    #expect(
      StreamHead(bytes: Array(head.bytes.dropLast())) == nil && StreamHead(bytes: head.bytes + [0]) == nil)
  }
}
