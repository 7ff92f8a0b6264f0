import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import Testing

/// A ledger with a history made up from a seed: commands of all types, most of which are taken.
final class RandomLedger {
  let test: TestLedger
  var ledger: Ledger { test.ledger }
  /// How many events of each type were recorded.
  private(set) var recorded: [EventType: Int] = [:]
  /// So few that even its short streams have milestones; by the seed, so that annulments fall behind them and between.
  let eventsPerMilestone: UInt64

  init(seed: UInt64, commands: Int = 180) throws {
    eventsPerMilestone = [1, 2, 3, 5][Int(seed % 4)]
    test = try TestLedger(eventsPerMilestone: eventsPerMilestone)
    try tell(seed, commands)
  }

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

  private func tell(_ seed: UInt64, _ count: Int) throws {
    var random = RandomCommands(seed: seed)
    var known = RandomCommands.Known(size: 1, now: test.machine.now)
    known.positions[.authorityGranted] = [0]
    var commands = 0
    while commands < count {
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
  }
}
