import Foundation
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import RelmTestSupport
import Testing

@Suite("Views")
struct ViewTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }
  private var views: String { test.root + "/views" }
  private var generation: String { views + "/" + Views.fingerprint }
  private var mark: String { generation + "/mark" }

  init() throws { test = try TestLedger() }

  /// Appends a made-up history in batches of random size.
  private func append(seed: UInt64, _ count: Int, to ledger: Ledger) throws {
    var random = RandomHistory(seed: seed)
    var rest = count
    while rest > 0 {
      let size = min(rest, 1 + random.below(25))
      _ = try ledger.append(AppendRequest(claims: ledger.claims(random.events(size)), keepsGoing: true))
      rest -= size
    }
  }

  private func tables(_ rows: [String]) -> Set<String> { Set(rows.map { String($0.prefix { $0 != " " }) }) }

  @Test(
    "views that grew with the log have the same rows as views folded from its beginning, whatever the batches",
    arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
  func incrementalIsRebuilt(seed: UInt64) throws {
    try append(seed: seed, 250, to: ledger)
    let grown = try ledger.rows()
    try ledger.rebuildViews()
    let rebuilt = try ledger.rows()
    #expect(grown == rebuilt, "seed \(seed)")
    // A property over empty tables would hold of itself: 250 events of releases fill the indexes and the views of releases.
    // The other views have histories of their own, in RandomCommandTests.
    #expect(
      tables(grown).isSuperset(of: ["ids", "streams", "times", "releases", "attempts", "running"]),
      "seed \(seed)")

    // And in memory, from nothing, beside them.
    try FileManager.default.removeItem(atPath: views)
    #expect(try memoryRows() == grown, "seed \(seed)")
  }

  /// The rows as a ledger gives them that stores none.
  private func memoryRows() throws -> [String] {
    // Where it was opened for writing in this process, it cannot be opened for reading only: a copy can.
    let copy = test.folder.path + "/copy-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    let read = try Ledger.open(at: copy, surroundings: test.machine.surroundings, readOnly: true)
    return try read.rows()
  }

  @Test("a ledger that may only be read gives the same rows, though its stored views are behind or gone")
  func readOnly() throws {
    try append(seed: 21, 60, to: ledger)
    let behind = test.folder.path + "/behind"
    try FileManager.default.copyItem(atPath: views, toPath: behind)
    try append(seed: 22, 60, to: ledger)
    let rows = try ledger.rows()
    #expect(try memoryRows() == rows)
    try FileManager.default.removeItem(atPath: views)
    try FileManager.default.moveItem(atPath: behind, toPath: views)
    let copy = test.folder.path + "/read"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    let read = try Ledger.open(at: copy, surroundings: test.machine.surroundings, readOnly: true)
    #expect(try read.rows() == rows)
    let listing = try FileManager.listing(copy + "/views")
    #expect(try read.verify().isClean)
    #expect(try FileManager.listing(copy + "/views") == listing)
    #expect { try read.append(event("a")) } throws: { ($0 as? LedgerError)?.code == .readOnly }
    #expect { try read.rebuildViews() } throws: { ($0 as? LedgerError)?.code == .readOnly }
  }

  @Test("views may be deleted while the ledger is open: appends go on, and the rows are the same")
  func deletedWhileOpen() throws {
    try append(seed: 31, 40, to: ledger)
    let rows = try ledger.rows()
    try FileManager.default.removeItem(atPath: views)
    #expect(try ledger.rows() == rows)
    try FileManager.default.removeItem(atPath: generation + "/data.mdb")
    #expect(try ledger.rows() == rows)
    try FileManager.default.removeItem(atPath: views)
    try ledger.append(event("after"))
    let position = try ledger.events(withID: "after").map(\.position)
    #expect(try position == [Position(ledger.size().value - 1)])
    #expect(try ledger.verify().isClean)
  }

  @Test("views that another instance rebuilds are used from then on by whoever had the old ones open")
  func replacedWhileOpen() throws {
    try append(seed: 41, 40, to: ledger)
    let rows = try ledger.rows()
    let other = try test.reopened()
    try other.rebuildViews()
    #expect(try FileManager.listing(views).filter { $0.contains("rebuilding") }.isEmpty)
    #expect(try ledger.rows() == rows)
    try ledger.append(event("after"))
    #expect(try other.rows() == ledger.rows())
    #expect(try other.events(withID: "after").count == 1)
  }

  @Test("a file that is no store in the views' place is thrown away")
  func garbage() throws {
    try append(seed: 51, 40, to: ledger)
    let rows = try ledger.rows()
    let copy = test.folder.path + "/copy"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    let data = copy + "/views/\(Views.fingerprint)/data.mdb"
    for bytes in [Data(), Data(repeating: 0x5A, count: 100), Data(repeating: 0x5A, count: 100_000)] {
      try bytes.write(to: URL(filePath: data))
      let opened = try Ledger.open(at: copy, surroundings: test.machine.surroundings)
      #expect(try opened.rows() == rows, "\(bytes.count) bytes")
    }
  }

  @Test("a row that was changed is found, and a rebuild mends it")
  func changedRow() throws {
    let test = try TestLedger(eventsPerMilestone: 3)
    let ledger = test.ledger
    let generation = test.root + "/views/" + Views.fingerprint
    try append(seed: 61, 60, to: ledger)
    let rows = try ledger.rows()
    for table in Views.tables where table != Views.checkpoints && table != IndexTables.nodes {
      try changeRow(table.name, at: generation) { $0.isEmpty ? [1] : $0.dropLast() + [$0[$0.count - 1] ^ 1] }
      let found = try ledger.verify()
      #expect(found.problems.isEmpty, "\(table.name)")
      #expect(found.viewProblems.count == 1 && !found.isClean, "\(table.name)")
      try ledger.rebuildViews()
      #expect(try ledger.verify().isClean, "\(table.name)")
    }
    #expect(try ledger.rows() == rows)
  }

  @Test("a checkpoint of the views that does not read is no reason to give up: they are folded anew")
  func damagedCheckpoint() throws {
    try append(seed: 71, 30, to: ledger)
    let rows = try ledger.rows()
    try changeRow("checkpoint", at: generation) { _ in [1, 2, 3] }
    #expect(try ledger.rows() == rows)
    try ledger.append(event("after"))
    #expect(try ledger.verify().isClean)
  }

  @Test("views that lead the log are folded anew")
  func leading() throws {
    try append(seed: 81, 30, to: ledger)
    let copy = test.folder.path + "/copy"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    try append(seed: 82, 30, to: ledger)
    // As if the log had been restored from a backup, and the views not.
    try FileManager.default.removeItem(atPath: copy + "/views")
    try FileManager.default.copyItem(atPath: views, toPath: copy + "/views")
    let restored = try Ledger.open(at: copy, surroundings: test.machine.surroundings)
    let rows = try restored.rows()
    #expect(try restored.events(withID: "s82-1").isEmpty)
    try restored.rebuildViews()
    #expect(try restored.rows() == rows)
    #expect(try restored.append(event("after")).first?.position.value == restored.size().value - 1)
  }

  @Test(
    "views of another history are folded anew, though they are as long as the log or shorter",
    arguments: [0, 1, 9])
  func otherHistory(longer: Int) throws {
    let copy = test.folder.path + "/copy"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    let other = try Ledger.open(at: copy, surroundings: test.machine.surroundings)
    for number in 0..<20 { try other.append(event("other \(number)")) }
    for number in 0..<20 + longer { try ledger.append(event("mine \(number)")) }
    let rows = try ledger.rows()
    try FileManager.default.removeItem(atPath: views)
    try FileManager.default.copyItem(atPath: copy + "/views", toPath: views)
    #expect(try ledger.rows() == rows)
    #expect(try ledger.verify().isClean)
  }

  @Test("views of another program version are left alone")
  func otherGeneration() throws {
    let other = views + "/0123456789abcdef"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try Data("theirs".utf8).write(to: URL(filePath: other + "/data.mdb"))
    try append(seed: 91, 20, to: ledger)
    try ledger.rebuildViews()
    _ = try test.reopened().verify()
    #expect(try Data(contentsOf: URL(filePath: other + "/data.mdb")) == Data("theirs".utf8))
  }

  // MARK: the mark

  /// Opens a copy of the ledger's directory, as another process would, with a row in its views that no fold makes.
  ///
  /// - Returns: whether the row was still there, so the generation was kept.
  private func keepsGeneration(_ machine: TestMachine) throws -> Bool {
    let copy = test.folder.path + "/copy-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    try putRow("releases", [9], [9], at: copy + "/views/" + Views.fingerprint)
    let opened = try Ledger.open(at: copy, surroundings: machine.surroundings)
    return try opened.rows().contains("releases 09 09")
  }

  @Test("what this boot has written unsynced is kept, and what another boot left is thrown away")
  func boots() throws {
    try append(seed: 101, 20, to: ledger)
    #expect(try String(contentsOfFile: mark, encoding: .utf8) == "dirty \(test.machine.boot)\n")
    #expect(try keepsGeneration(test.machine))
    test.machine.reboot()
    #expect(try !keepsGeneration(test.machine))
  }

  @Test("what was synced and marked clean is kept in another boot")
  func clean() throws {
    try append(seed: 102, 20, to: ledger)
    try ledger.rebuildViews()
    #expect(try String(contentsOfFile: mark, encoding: .utf8) == "clean\n")
    let boot = test.machine.boot
    test.machine.reboot()
    #expect(try keepsGeneration(test.machine))
    // Reading writes nothing, so it stays clean; the next append announces itself.
    _ = try ledger.rows()
    #expect(try String(contentsOfFile: mark, encoding: .utf8) == "clean\n")
    try ledger.append(event("after"))
    #expect(try String(contentsOfFile: mark, encoding: .utf8) == "dirty \(boot)\n")
  }

  @Test(
    "a mark that does not read counts as another boot's",
    arguments: ["", "dirty", "dirty a b", "clea", "\u{0}\u{0}"])
  func brokenMark(text: String) throws {
    try append(seed: 103, 20, to: ledger)
    try text.write(toFile: mark, atomically: true, encoding: .utf8)
    #expect(try !keepsGeneration(test.machine))
  }

  @Test("views of another boot are not read by who may only read, and the rows are the same")
  func otherBootReadOnly() throws {
    try append(seed: 104, 20, to: ledger)
    let rows = try ledger.rows()
    try putRow("releases", [9], [9], at: generation)
    test.machine.reboot()
    #expect(try memoryRows() == rows)
  }

  // MARK: trouble

  @Test("when the views fail after the log's commit, the event is recorded, and a remark says what is wrong")
  func remark() throws {
    let probe = try Probe("append-limited", test.root)
    let lines = probe.lines()
    let remark = try #require(lines.last { $0.hasPrefix("remark ") }, "it said \(lines)")
    #expect(remark.contains("the events are recorded"))
    let acknowledged = try #require(lines.last { $0.hasPrefix("size ") })
    #expect(try acknowledged == "size \(ledger.size().value)")
    #expect(lines.last == "usable")
    #expect(try ledger.verify().isClean)
  }

  @Test(
    "a ledger in a directory that is mounted for reading only gives the same rows",
    .enabled(if: Probe.canMount, "skipped: nothing can be mounted here"), arguments: [true, false])
  func mountedReadOnly(hasViews: Bool) throws {
    try append(seed: 121, 60, to: ledger)
    let rows = Digest(of: Array(try ledger.rows().joined().utf8)).hex
    let root = test.folder.path + "/copy"
    try FileManager.default.copyItem(atPath: test.root, toPath: root)
    if !hasViews { try FileManager.default.removeItem(atPath: root + "/views") }
    let listing = try FileManager.listing(root)
    let probe = try Probe(
      "rows", root,
      below: ["unshare", "--mount", "sh", "-c", "mount --bind -o ro \(root) \(root) && exec \"$@\"", "sh"])
    #expect(probe.lines() == ["read-only", rows])
    #expect(try FileManager.listing(root) == listing)
  }
}
