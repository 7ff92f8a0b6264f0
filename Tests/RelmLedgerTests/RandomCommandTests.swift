import Foundation
import RelmDomain
import RelmLedger
import RelmProjections
import RelmProof
import Testing

@Suite("Random commands")
struct RandomCommandTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  /// What the ledger holds that a next command may speak of.
  private func look(_ known: inout RandomCommands.Known) throws {
    known.size = try ledger.size().value
    known.now = test.machine.now
    try ledger.withViews { rows, _ in
      for release in RandomCommands.releases {
        guard case .release(let package, let version) = try Subject(release) else { continue }
        let row = try Releases.row(Releases.key(package: package, version: version), in: rows)
        known.pins[release] = row.map { ($0.plan?.scope.position.value, $0.digests.map(\.text)) }
      }
    }
  }

  /// Takes one event in, with the right of the command that may write it; nil where the intake refuses it.
  private func claim(_ type: EventType, _ event: String) throws -> PreparedClaim? {
    var intake = ledger.intake(
      defaultSource: "/random", verb: EventCatalogue.description(of: type).ownVerb)
    guard case .success(let claim) = try intake.take(JSONDocument([UInt8](event.utf8)).root) else { return nil }
    #expect(try intake.commitPeople())
    return claim
  }

  /// Every accepted event is what its schema says, in the eyes of a validator that shares nothing with relm.
  private func validate(_ seed: UInt64) throws {
    let file = test.folder.path + "/events.ndjson"
    var records: [UInt8] = []
    try ledger.forEachEvent(EventFilter()) { event in
      records += event.record.bytes + [UInt8(ascii: "\n")]
      return true
    }
    try Data(records).write(to: URL(filePath: file))
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", checkout.appending(path: "tools/lib/schema_agreement.py").path, "--events", file,
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "seed \(seed): the validator says no, or is not there")
  }

  @Test(
    "random commands of all types are recorded or refused, and the views that grew are the views rebuilt",
    arguments: 1...20 as ClosedRange<UInt64>)
  func recordedOrRefused(seed: UInt64) throws {
    var random = RandomCommands(seed: seed)
    var known = RandomCommands.Known(size: 1, now: test.machine.now)
    known.positions[.authorityGranted] = [0]
    var recorded: [EventType: Int] = [:]
    var commands = 0
    while commands < 150 {
      try look(&known)
      var claims: [(type: EventType, claim: PreparedClaim)] = []
      for _ in 0..<1 + random.below(4) {
        commands += 1
        let (type, event) = random.next(given: known)
        if let claim = try claim(type, event) { claims.append((type, claim)) }
      }
      let request = AppendRequest(claims: claims.map(\.claim), keepsGoing: true)
      guard case .landed(let receipts, let remarks) = try ledger.append(request) else {
        Issue.record("seed \(seed): a request that keeps going is refused whole")
        return
      }
      #expect(remarks.isEmpty, "seed \(seed)")
      #expect(receipts.count == claims.count, "seed \(seed)")
      for (receipt, (type, _)) in zip(receipts, claims) {
        guard case .success(let landed) = receipt, landed.status == .recorded else { continue }
        recorded[type, default: 0] += 1
        known.positions[type, default: []].append(landed.position.value)
      }
      // Mostly the clock goes on; now and then it is set back, which the ledger says itself.
      test.machine.advance(seconds: random.below(20) == 0 ? -600 : Int64(random.below(36_000)))
    }

    let grown = try ledger.rows()
    try ledger.rebuildViews()
    let rebuilt = try ledger.rows()
    #expect(grown == rebuilt, "seed \(seed)")
    let verification = try ledger.verify()
    #expect(verification.isClean, "seed \(seed): \(verification.problems) \(verification.viewProblems)")
    try validate(seed)
    // A property of nothing would hold of itself.
    let total = recorded.values.reduce(0, +)
    #expect(total >= 40 && recorded.count >= 20, "seed \(seed): \(total) of \(recorded.count) types")
  }
}
