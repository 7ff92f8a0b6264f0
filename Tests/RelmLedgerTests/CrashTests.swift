import Foundation
import RelmBytes
import RelmDomain
import RelmLedger
import RelmLog
import RelmViews
import RelmProof
import RelmTestSupport
import Testing

@Suite("Killed processes")
struct CrashTests {
  @Test("what was acknowledged is there and nothing is there twice, though appenders are killed at any moment")
  func appenders() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = SplitMix64(seed: seed)
    let test = try TestLedger()
    // What each source was told: the number of its event, and where it landed.
    var acknowledged: [[Int: UInt64]] = Array(repeating: [:], count: 4)
    for round in 0..<6 {
      let probes = try (0..<4).map { source in
        // The last ones again: whether they had landed or not is not known to who was killed.
        let first = max(0, acknowledged[source].count - 3)
        return try Probe("append", test.root, "/p\(source)", "\(first)", "100000", "7")
      }
      for probe in probes { #expect(probe.line() == "ready", "seed \(seed)") }
      usleep(UInt32.random(in: 1000...400_000, using: &chance))
      for probe in probes { probe.signal(SIGKILL) }
      for (source, probe) in probes.enumerated() {
        for line in probe.lines() {
          // The last line may be cut short.
          let words = line.split(separator: " ")
          guard words.count == 2, let number = Int(words[0]), let position = UInt64(words[1]) else { continue }
          let earlier = acknowledged[source].updateValue(position, forKey: number)
          #expect(earlier == nil || earlier == position, "seed \(seed), round \(round)")
        }
      }
      let ledger = try test.reopened()
      for (source, told) in acknowledged.enumerated() {
        for (number, position) in told {
          let stored = try ledger.event(at: Position(position))?.record.envelope
          #expect(
            stored?.id == "\(number)" && stored?.source == "/p\(source)",
            "seed \(seed), round \(round), source \(source), number \(number) at \(position)")
        }
      }
    }
    #expect(acknowledged.reduce(0) { $0 + $1.count } > 20, "seed \(seed) killed them too early to tell")
    let history = try test.ledger.history()
    let names = Set(history.map { $0.record.envelope.source + " " + $0.record.envelope.id })
    #expect(names.count == history.count, "seed \(seed)")
    let found = try test.ledger.verify()
    #expect(found.isClean, "seed \(seed): \(found.problems + found.viewProblems)")
    #expect(try test.ledger.append(event("after")).count == 1)
  }

  @Test("a rebuild that is killed leaves the old views whole, and the next one clears up after it")
  func rebuild() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = SplitMix64(seed: seed)
    let test = try TestLedger()
    var random = RandomHistory(seed: seed)
    try test.ledger.append(AppendRequest(claims: test.ledger.claims(random.events(200)), keepsGoing: true))
      .landedOrRefused()
    let rows = try test.ledger.rows()
    for round in 0..<8 {
      let probe = try Probe("rebuild", test.root)
      #expect(probe.line() == "ready")
      usleep(UInt32.random(in: 0...120_000, using: &chance))
      probe.kill()
      #expect(try test.ledger.rows() == rows, "seed \(seed), round \(round)")
      #expect(try test.reopened().verify().isClean, "seed \(seed), round \(round)")
    }
    try test.ledger.rebuildViews()
    #expect(try test.ledger.rows() == rows)
    let left = try FileManager.default.contentsOfDirectory(atPath: test.root + "/views").sorted()
    #expect(left == [Views.fingerprint, "lock"].sorted())
  }

  @Test(
    "an init that is killed leaves nothing that looks like a ledger, or a whole one; and init works afterwards")
  func create() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = SplitMix64(seed: seed)
    var unfinished = 0
    for round in 0..<12 {
      let folder = TemporaryFolder()
      let root = folder.path + "/ledger"
      let probe = try Probe("create", root)
      #expect(probe.line() == "ready")
      usleep(UInt32.random(in: 0...30_000, using: &chance))
      probe.kill()
      if FileManager.default.fileExists(atPath: root) {
        let found = try Ledger.open(at: root).verify()
        #expect(found.isClean && found.size == TreeSize(1), "seed \(seed), round \(round)")
        continue
      }
      unfinished += 1
      #expect { try Ledger.open(at: root) } throws: { ($0 as? LedgerError)?.code == .noLedger }
      let plan = LedgerPlan(origin: "example.org/again", owner: "owner@example.org", source: "/test")
      let made = try Ledger.create(at: root, plan)
      #expect(try made.verify().isClean)
      #expect(try folder.names() == ["ledger"], "seed \(seed), round \(round)")
    }
    #expect(unfinished > 0, "seed \(seed) killed none half-way")
  }
}

extension AppendOutcome {
  /// Some of it may have been refused, but not the whole.
  func landedOrRefused() throws {
    guard case .landed = self else {
      Issue.record("refused: \(self)")
      return
    }
  }
}

@Suite("Making a ledger")
struct CreateTests {
  private let plan = LedgerPlan(origin: "example.org/made", owner: "owner@example.org", source: "/test")

  @Test("a ledger begins with the event that names origin, owner and key")
  func first() throws {
    let folder = TemporaryFolder()
    let ledger = try Ledger.create(at: folder.path + "/made", plan)
    #expect(ledger.log.origin == plan.origin && ledger.opening.origin == plan.origin)
    #expect(try ledger.verifierKey().description.hasPrefix(plan.origin + "+"))
    #expect(try ledger.checkpoint().description.hasPrefix(plan.origin + "\n1\n"))
    #expect(try ledger.verify(against: [ledger.checkpoint()]).checkpointsHeld == [TreeSize(1)])
  }

  @Test(
    "an empty directory becomes a ledger, whether or not its name ends in a slash",
    arguments: ["made", "made/", "made//"])
  func emptyDirectory(name: String) throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/made", withIntermediateDirectories: false)
    #expect(try Ledger.create(at: folder.path + "/" + name, plan).verify().isClean)
    #expect(try folder.names() == ["made"])
  }

  @Test("where something is, or the directory above is missing, nothing is made")
  func occupied() throws {
    let folder = TemporaryFolder()
    _ = try Ledger.create(at: folder.path + "/made", plan)
    let before = try FileManager.listing(folder.path)
    for name in ["made", "made/", "absent/made"] {
      #expect { try Ledger.create(at: folder.path + "/" + name, plan) } throws: {
        ($0 as? LedgerError)?.code == .cannotCreate
      }
    }
    #expect(try FileManager.listing(folder.path) == before)
  }

  @Test("what cannot be an origin makes nothing", arguments: ["", "two words", "a+b", "line\nbreak"])
  func badOrigin(origin: String) throws {
    let folder = TemporaryFolder()
    let plan = LedgerPlan(origin: origin, owner: "owner@example.org", source: "/test")
    #expect { try Ledger.create(at: folder.path + "/made", plan) } throws: {
      ($0 as? LedgerError)?.code == .badInput
    }
    #expect(try folder.names().isEmpty)
  }

  @Test(
    "an init that fails leaves nothing, not even a key elsewhere; and a key that is there is never overwritten")
  func failing() throws {
    let folder = TemporaryFolder()
    var plan = plan
    plan.signingKeyPath = folder.path + "/signing.key"
    plan.owner = ""
    #expect(throws: (any Error).self) { try Ledger.create(at: folder.path + "/made", plan) }
    #expect(try folder.names().isEmpty)
    plan.owner = "owner@example.org"
    let made = try Ledger.create(at: folder.path + "/made", plan)
    #expect(try made.checkpoint().description.contains("example.org/made"))
    #expect(!FileManager.default.fileExists(atPath: made.layout.defaultSigningKey))
    let key = try Data(contentsOf: URL(filePath: folder.path + "/signing.key"))
    #expect(throws: (any Error).self) { try Ledger.create(at: folder.path + "/other", plan) }
    #expect(try folder.names() == ["made", "signing.key"])
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/signing.key")) == key)
  }
}
