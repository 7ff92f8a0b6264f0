import Foundation
import RelmDomain
import RelmLedger
import RelmLog
import RelmViews
import RelmProof
import RelmStorage
import RelmTestSupport
import RelmVault
import Testing

@Suite("Appending")
struct AppendTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  @Test("an event gets the next position and the next version of its stream")
  func single() throws {
    #expect(try ledger.size() == TreeSize(1))
    let first = try ledger.append(event("a"))
    let second = try ledger.append(event("b"))
    let receipts = first + second
    #expect(receipts.map(\.position.value) == [1, 2])
    #expect(receipts.map(\.status) == [.recorded, .recorded])
    #expect(receipts.map(\.streamVersion) == [0, 1])
    #expect(try ledger.history().map(\.record.envelope.id).suffix(2) == ["a", "b"])
  }

  @Test("what is appended is the caller's claim, byte for byte, with the ledger's attributes in it")
  func claimStays() throws {
    let claim = try #require(
      try ledger.claims([event("a", more: #","time":"2026-01-01T00:00:00.10+01:00""#)]).first)
    _ = try ledger.append(AppendRequest(claims: [claim]))
    let stored = try #require(try ledger.event(at: Position(1)))
    #expect(try stored.record.claim == claim.claim)
    #expect(stored.record.envelope.time?.text == "2026-01-01T00:00:00.10+01:00")
    #expect(stored.recorded == test.machine.now.inMilliseconds)
    #expect(stored.digest == Digest.leaf(stored.record.bytes))
  }

  @Test("of a batch with one event that is refused, nothing is appended")
  func allOrNothing() throws {
    let before = try ledger.rows()
    let outcome = try ledger.append(
      AppendRequest(
        claims: ledger.claims([
          event("a"), event("b", "build.finished", #"{"build":"b","outcome":"failed"}"#), event("c"),
        ])))
    guard case .refused(let index, let refusal) = outcome else {
      Issue.record("it landed")
      return
    }
    #expect(index == 1)
    #expect(refusal.code == .contradiction && refusal.pointer == "/data/build")
    #expect(try ledger.size() == TreeSize(1))
    #expect(try ledger.rows() == before)
    // What the refused batch had folded in memory is forgotten.
    #expect(try ledger.append(event("c"), event("a")).map(\.streamVersion) == [0, 1])
  }

  @Test("each event of a batch is decided after the ones before it")
  func batchBuildsOnItself() throws {
    let receipts = try ledger.append(
      event("a", "build.started", #"{"build":"b"}"#),
      event("b", "build.finished", #"{"build":"b","outcome":"succeeded"}"#))
    #expect(receipts.map(\.streamVersion) == [0, 1])
    let again = try ledger.refusal(
      event("c", "deployment.started", #"{"deployment":"d","environment":"e"}"#),
      event("d", "deployment.started", #"{"deployment":"d","environment":"e"}"#))
    #expect(again?.code == .contradiction)
  }

  @Test("a request that keeps going leaves out what is refused and takes the rest")
  func keepsGoing() throws {
    let events = [event("a"), event("b", "build.finished", #"{"build":"b","outcome":"failed"}"#), event("c")]
    let request = AppendRequest(claims: try ledger.claims(events), keepsGoing: true)
    guard case .landed(let receipts, let remarks) = try ledger.append(request) else {
      Issue.record("it was refused")
      return
    }
    #expect(remarks.isEmpty)
    #expect(receipts.map { (try? $0.get())?.position.value } == [1, nil, 2])
    #expect(try ledger.history().map(\.record.envelope.id).suffix(2) == ["a", "c"])
  }

  @Test("over ten thousand events are too many for one transaction")
  func tooMany() throws {
    let claim = try #require(try ledger.claims([event("a")]).first)
    let request = AppendRequest(claims: Array(repeating: claim, count: AppendRequest.maximumEvents + 1))
    #expect { _ = try ledger.append(request) } throws: { ($0 as? LedgerError)?.code == .badInput }
    #expect(try ledger.size() == TreeSize(1))
  }

  @Test("a record of 65,535 bytes is the largest that is taken")
  func largest() throws {
    _ = try ledger.append(foreign("a", String(repeating: "x", count: 100)))
    let overhead = try #require(try ledger.event(at: Position(1))).record.bytes.count - 100
    let room = Record.maximumBytes - overhead
    #expect(try ledger.refusal(foreign("b", String(repeating: "x", count: room + 1)))?.code == .tooLarge)
    #expect(try ledger.append(foreign("b", String(repeating: "x", count: room))).first?.position == Position(2))
    #expect(try #require(try ledger.event(at: Position(2))).record.bytes.count == 65_535)
  }

  /// A foreign event in a stream of its own, so that all of them have the same attributes.
  private func foreign(_ id: String, _ text: String) -> String {
    #"{"id":"\#(id)","type":"org.example.big","subject":"big/\#(id)","data":{"text":"\#(text)"}}"#
  }

  @Test("an event of a person who may not do it is refused")
  func acts() throws {
    let planned = try ledger.append(event("planned", "release.planned", #"{"class":"normal"}"#))
    let plan = try #require(planned.first?.position.value)
    let refused = try ledger.append(
      AppendRequest(
        claims: ledger.claims(
          [event("a", "approval.given", #"{"scope":"release","plan":\#(plan)}"#)], actor: "eve@example.org")
      ))
    guard case .refused(_, let refusal) = refused else {
      Issue.record("it landed: \(refused)")
      return
    }
    #expect(refusal.code == .notAuthorised)
    #expect(
      try ledger.append(event("b", "approval.given", #"{"scope":"release","plan":\#(plan)}"#)).count == 1)
  }
}

@Suite("Appending the same again")
struct IdempotencyTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  @Test("the same claim in other words is acknowledged with its first position, and nothing is added")
  func sameClaim() throws {
    let first = try ledger.append(
      #"{"id":"a","type":"org.example.seen","subject":"s","data":{"count":100,"name":"é","deep":{"b":1,"a":[1,2]}}}"#
    )
    test.machine.advance(seconds: 60)
    let again = try ledger.append(
      #"""
      { "data" : { "deep" : { "a" : [ 1.0 , 2e0 ], "b" : 1 }, "name" : "\u00e9", "count" : 1e2 },
        "subject":"s", "type":"org.example.seen", "specversion":"1.0", "source":"/test", "id":"a" }
      """#)
    #expect(first.first?.status == .recorded && again.first?.status == .duplicate)
    #expect(again.first?.position == first.first?.position)
    #expect(again.first?.streamVersion == first.first?.streamVersion)
    #expect(try ledger.size() == TreeSize(2))
  }

  @Test(
    "the same id with another claim is refused",
    arguments: [
      event("a", #"activity.recorded"#, #"{"activity":"listen"}"#), event("a", about: "release/api/2.0"),
      event("a", more: #","time":"2026-01-01T00:00:00Z""#),
    ])
  func otherClaim(text: String) throws {
    try ledger.append(event("a"))
    let refusal = try ledger.refusal(text)
    #expect(refusal?.code == .duplicateIDOtherClaim && refusal?.pointer == "/id")
    #expect(try ledger.size() == TreeSize(2))
  }

  @Test(
    "an id that somebody else has taken is told with who that was, what it is, in what this differs, and what to do"
  )
  func taken() throws {
    try ledger.append(event("a", more: #","authid":"nob@example.org""#))
    let refusal = try #require(
      try ledger.refusal(
        event("a", "result.logged", #"{"of":"o","result":"r"}"#, more: #","authid":"ci@example.org""#)))
    let nobody = try #require(try ledger.event(at: Position(1))?.record.envelope.authid)
    let place = "position 1 has the same source and id, 'a', with another claim: relm.activity.recorded about "
    #expect(refusal.reason.hasPrefix(place) && refusal.reason.contains(" by \(nobody), recorded 2"))
    #expect(refusal.reason.contains("what differs is authid (\(nobody), here person:"))
    #expect(refusal.reason.contains("type (relm.activity.recorded, here relm.result.logged)"))
    #expect(!refusal.reason.contains("data/") && !refusal.reason.contains("dataschema"))
    let other = try ledger.refusal(
      event("a", #"activity.recorded"#, #"{"activity":"else"}"#, more: #","authid":"nob@example.org""#))
    #expect(other?.reason.hasSuffix("what differs is data/activity") == true)
    #expect(other?.advice.hasPrefix("Retry with exactly the same claim") == true)
    #expect(
      refusal.advice.contains("another --id or --source")
        && refusal.advice.contains("somebody has taken your id"))
  }

  @Test("a retry that differs in the actor alone is told just that")
  func otherActor() throws {
    try ledger.append(event("a", more: #","authid":"ana@example.org""#))
    let refusal = try #require(try ledger.refusal(event("a", more: #","authid":"bo@example.org""#)))
    let differing = try #require(refusal.reason.components(separatedBy: "what differs is ").last)
    #expect(differing.hasPrefix("authid (person:") && !differing.contains("), "))
  }

  @Test("the same id from another source is another event")
  func otherSource() throws {
    try ledger.append(event("a"))
    #expect(try ledger.append(event("a", more: #","source":"/other""#)).first?.status == .recorded)
  }

  @Test("a batch may hold the same claim twice, and not the same id with two claims")
  func withinABatch() throws {
    let receipts = try ledger.append(event("a"), event("b"), event("a"))
    #expect(receipts.map(\.status) == [.recorded, .recorded, .duplicate])
    #expect(receipts.map(\.position.value) == [1, 2, 1])
    #expect(
      try ledger.refusal(event("c"), event("c", about: "release/api/2.0"))?.code == .duplicateIDOtherClaim)
  }

  @Test("long and odd ids are told apart, and found again")
  func oddIDs() throws {
    let long = String(repeating: "x", count: 500)
    let uuid = "0193594e-6a10-7c3d-9e1f-0123456789ab"
    let ids = ["\(long)1", "\(long)2", uuid, uuid.uppercased(), "a b", "a", "é😀"]
    let receipts = try ledger.append(
      AppendRequest(claims: ledger.claims(ids.map { event($0) })))
    guard case .landed(let landed, _) = receipts else {
      Issue.record("refused: \(receipts)")
      return
    }
    #expect(try landed.map { try $0.get().status } == Array(repeating: .recorded, count: ids.count))
    for (index, id) in ids.enumerated() {
      #expect(try ledger.events(withID: id).map(\.position.value) == [UInt64(index + 1)])
      #expect(try ledger.append(event(id)).first?.status == .duplicate)
    }
  }
}

@Suite("Expected versions")
struct ExpectedVersionTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  @Test("an append that expects no stream is taken once")
  func none() throws {
    try ledger.append(event("a"), expected: ExpectedVersion.none)
    let refusal = try ledger.refusal(event("b"), expected: ExpectedVersion.none)
    #expect(refusal?.code == .versionConflict && refusal?.pointer == "/subject")
    #expect(try ledger.append(event("c", about: "release/api/2.0"), expected: ExpectedVersion.none).count == 1)
  }

  @Test("an append that expects a version is taken at that version alone")
  func version() throws {
    #expect(try ledger.refusal(event("a"), expected: .version(0))?.code == .versionConflict)
    try ledger.append(event("a"))
    #expect(try ledger.refusal(event("b"), expected: .version(1))?.code == .versionConflict)
    try ledger.append(event("b"), event("c"), expected: .version(0))
    #expect(try ledger.refusal(event("d"), expected: .version(0))?.code == .versionConflict)
    try ledger.append(event("d"), expected: .version(2))
    #expect(try ledger.refusal(event("e"), expected: .version(.max))?.code == .versionConflict)
  }

  @Test("an append that is repeated with its expectation is a duplicate, not a conflict")
  func repeated() throws {
    try ledger.append(event("a"), expected: ExpectedVersion.none)
    #expect(try ledger.append(event("a"), expected: ExpectedVersion.none).first?.status == .duplicate)
  }
}

@Suite("Time")
struct TimeTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  @Test("recordedtime never runs backwards, though the clock does, and the log says that the clock was suspect")
  func clockRunsBack() throws {
    let begun = test.machine.now.inMilliseconds
    test.machine.advance(seconds: 10)
    try ledger.append(event("a"))
    test.machine.advance(seconds: -3600)
    try ledger.append(event("b"), event("c"))
    test.machine.advance(seconds: 3600 + 5)
    try ledger.append(event("d"))
    let seconds = try ledger.history().map { ($0.recorded.microseconds - begun.microseconds) / 1_000_000 }
    #expect(seconds == [0, 10, 10, 10, 10, 15])
    let suspicions = try ledger.history().filter { $0.event.type == .ledgerClockSuspect }
    #expect(suspicions.map(\.position) == [Position(2)])
    #expect(try ledger.verify().isClean)
  }

  @Test("a time is taken up to five minutes ahead of the clock, and refused beyond")
  func ahead() throws {
    func ahead(_ seconds: Int64, _ id: String) -> String {
      let time = test.machine.now.advanced(byMicroseconds: seconds * 1_000_000).rfc3339Milliseconds
      return event(id, more: #","time":"\#(time)""#)
    }
    #expect(try ledger.append(ahead(299, "a")).count == 1)
    let refusal = try ledger.refusal(ahead(301, "b"))
    #expect(refusal?.code == .badInput && refusal?.pointer == "/time")
  }
}

@Suite("Streams")
struct StreamTests {
  @Test(
    "every stream is chained, those of foreign events without a subject too", arguments: [1, 2, 3] as [UInt64])
  func chains(seed: UInt64) throws {
    let test = try TestLedger()
    var random = RandomHistory(seed: seed)
    for _ in 0..<10 {
      let claims = try test.ledger.claims(random.events(20))
      _ = try test.ledger.append(AppendRequest(claims: claims, keepsGoing: true))
    }
    let history = try test.ledger.history()
    var heads: [String: (version: UInt64, digest: Digest)] = [:]
    for event in history {
      let stream = event.record.envelope.subject ?? ""
      let head = heads[stream]
      #expect(
        event.record.streamVersion == (head.map { $0.version + 1 } ?? 0), "seed \(seed), \(event.position)")
      #expect(event.record.streamPrevious == head?.digest, "seed \(seed), position \(event.position)")
      heads[stream] = (event.record.streamVersion, .leaf(event.record.bytes))
    }
    #expect((heads[""]?.version ?? 0) > 2 && heads.count > 8, "seed \(seed) makes a poor history")
    #expect(history.map(\.position.value) == Array(0..<UInt64(history.count)))
  }
}

@Suite("Dry runs")
struct DryRunTests {
  @Test("a dry run decides as the real one would, and leaves no trace in log, views or vault")
  func noTrace() throws {
    let test = try TestLedger()
    let (ledger, head) = (test.ledger, try test.ledger.log.head())
    let rows = try ledger.rows()
    let vault = try FileManager.listing(test.root + "/vault")
    var intake = ledger.intake(defaultSource: "/test", defaultActor: "new@example.org")
    let claim = try intake.take(JSONDocument([UInt8](event("a").utf8)).root).get()
    guard
      case .landed(let receipts, _) = try ledger.append(AppendRequest(claims: [claim, claim], isDryRun: true)),
      case .refused(_, let refusal) = try ledger.append(
        AppendRequest(claims: [claim], expected: .version(4), isDryRun: true))
    else {
      Issue.record("another outcome")
      return
    }
    #expect(try receipts.map { try $0.get().status } == [.recorded, .duplicate])
    #expect(refusal.code == .versionConflict)
    #expect(try ledger.log.head() == head)
    #expect(try ledger.rows() == rows)
    #expect(try FileManager.listing(test.root + "/vault") == vault)
    #expect(try ledger.append(event("a")).first?.position == Position(1))
  }
}

@Suite("Personal text")
struct PersonalTextTests {
  @Test("a note is sealed, can be opened with the vault, and is idempotent")
  func sealed() throws {
    let test = try TestLedger()
    let ledger = test.ledger
    let text = "called the customer at home"
    let said = event("a", #"activity.recorded"#, #"{"activity":"look","note":"\#(text)"}"#)
    try ledger.append(said)
    let record = try #require(try ledger.event(at: Position(1))).record.bytes
    #expect(!String(decoding: record, as: UTF8.self).contains("customer"))
    #expect(String(decoding: record, as: UTF8.self).contains(#""sealed":"#))
    #expect(try ledger.append(said).first?.status == .duplicate)
    #expect(try ledger.refusal(said.replacing("customer", with: "supplier"))?.code == .duplicateIDOtherClaim)
    for folder in ["log", "views"] {
      for (name, bytes) in try FileManager.contents(test.root + "/" + folder) {
        for secret in ["customer", "example.org/owner", TestLedger.owner] {
          #expect(bytes.firstRange(of: Array(secret.utf8)) == nil, "\(folder)/\(name) tells of \(secret)")
        }
      }
    }
  }
}

@Suite("Newer formats")
struct NewerFormatTests {
  @Test("an unknown type of relm's own can be read, and makes appends be refused")
  func newerEvent() throws {
    let test = try TestLedger()
    try test.ledger.append(event("a"))
    let claim = try Claim(
      canonical: Array(
        #"{"id":"n","source":"/new","specversion":"1.0","subject":"release/api/1.0","type":"relm.thing.unheard"}"#
          .utf8))
    let last = try #require(try test.ledger.event(at: Position(1)))
    let bytes = try Record.make(
      claim, recordedTime: last.recorded, streamVersion: 1, streamPrevious: last.digest
    ).get()
    var append = try test.ledger.log.beginAppend(within: .seconds(10))
    try append.append(bytes, recorded: last.recorded, digest: .leaf(bytes))
    try append.commit()

    #expect(try test.ledger.event(at: Position(2))?.event == .newer)
    #expect(try test.ledger.events(withID: "n").count == 1)
    #expect(try test.ledger.verify().isClean)
    let refusal = try test.ledger.refusal(event("b"))
    #expect(refusal?.code == .newerFormat)
    // So it stays when the views are folded anew.
    try test.ledger.rebuildViews()
    #expect(try test.ledger.refusal(event("b"))?.code == .newerFormat)
    #expect(try test.ledger.size() == TreeSize(3))
  }

  @Test("a log of a newer format is not opened")
  func newerLog() throws {
    let test = try TestLedger()
    let root = test.folder.path + "/other"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    let (events, meta) = (Table("events"), Table("meta"))
    _ = try Environment.create(at: root + "/log", tables: [events, meta], durability: .everyCommit) {
      write throws(StorageError) in
      try write.put(Array("format".utf8), Array("2".utf8), in: meta)
      try write.put(Array("origin".utf8), Array("example.org/newer".utf8), in: meta)
    }
    #expect(throws: LogError.newerFormat(found: "2", path: root + "/log")) { try Ledger.open(at: root) }
  }
}
