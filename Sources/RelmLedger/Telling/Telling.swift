internal import RelmDomain
internal import RelmProof
internal import RelmRules
internal import RelmVault

/// Tells a ledger that is being made what happened before: each event is decided at its own moment, as it would have been
/// then, and many share one durable commit.
///
/// It is for a ledger that nobody else can see yet. What a ledger is told once it is in its place, it is told now.
struct Telling {
  private let ledger: Ledger
  private let clock: SetClock
  private var events: Intake
  private var decisions: Intake
  private var erasures: Intake
  private var seals: Intake
  /// What waits for the next commit, with what each is called in an error.
  private var waiting: [(request: AppendRequest, name: String)] = []

  /// - Parameters:
  ///   - ledger: one whose surroundings have the clock.
  ///   - clock: stands at the moment of what is told.
  init(_ ledger: Ledger, _ clock: SetClock) {
    self.ledger = ledger
    self.clock = clock
    events = ledger.intake()
    decisions = ledger.intake(verb: "gate")
    erasures = ledger.intake(verb: "person erase")
    seals = ledger.intake(verb: "seal")
  }

  /// Tells an event.
  ///
  /// - Parameters:
  ///   - event: as JSON, with accounts in it.
  ///   - name: what it is called in an error.
  ///   - moment: when the ledger is told.
  mutating func record(_ event: [UInt8], _ name: String, at moment: Instant) throws {
    wait(for: try Self.claim(event, name, &events), name, at: moment)
  }

  /// Asks the gate, and tells what it says: what stands then is judged, by the policies that are in force then.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - actor: the account of who asks.
  ///   - source: where from.
  ///   - name: the decision's id.
  ///   - moment: when.
  mutating func askGate(
    _ question: GateQuestion, by actor: String, from source: String, _ name: String, at moment: Instant
  ) throws {
    try commit()
    clock.set(moment)
    let data = try ledger.judge(question).verdict.decided.bytes
    let event = Self.event(.gateDecided, question.release, data, by: actor, from: source, name)
    wait(for: try Self.claim(event, name, &decisions), name, at: moment)
  }

  /// Seals the log as it stands then.
  ///
  /// - Parameters:
  ///   - reason: what for.
  ///   - actor: the account of who seals it.
  ///   - source: where from.
  ///   - name: the seal's id.
  ///   - moment: when.
  mutating func seal(
    _ reason: String, by actor: String, from source: String, _ name: String, at moment: Instant
  ) throws {
    try commit()
    clock.set(moment)
    var data = CanonicalWriter()
    try ledger.seal(reason: reason).data.write(to: &data)
    let event = Self.event(.ledgerSealed, "ledger", data.bytes, by: actor, from: source, name)
    wait(for: try Self.claim(event, name, &seals), name, at: moment)
  }

  /// Tells that somebody is erased, and erases them.
  mutating func erase(_ account: String, _ event: [UInt8], _ name: String, at moment: Instant) throws {
    wait(for: try Self.claim(event, name, &erasures), name, at: moment)
    try commit()
    clock.set(moment)
    guard let person = try ledger.vault.person(of: account) else {
      throw Self.fault(name, "nobody is \(account)")
    }
    try ledger.finishErasure(of: [person])
  }

  /// Puts on disk what waits.
  ///
  /// - Throws: ``LedgerError`` where something is refused: that is a fault of what is told.
  mutating func commit() throws {
    guard !waiting.isEmpty else { return }
    guard try events.commitPeople(), try decisions.commitPeople(), try erasures.commitPeople(),
      try seals.commitPeople()
    else {
      throw Self.fault(waiting[0].name, "somebody else writes the ledger that is being made")
    }
    let outcomes = ledger.round.execute(waiting.map(\.request))
    for (outcome, (request, name)) in zip(outcomes, waiting) {
      switch try outcome.get() {
      case .landed(let receipts, _):
        precondition(receipts.count == request.claims.count)
        for receipt in receipts where try receipt.get().status == .duplicate {
          throw Self.fault(name, "its id is taken")
        }
      case .overtaken: throw Self.fault(name, "somebody else writes the ledger that is being made")
      case .refused(_, let refusal): throw Self.fault(name, "\(refusal)")
      }
    }
    waiting = []
  }

  private mutating func wait(for claim: PreparedClaim, _ name: String, at moment: Instant) {
    var request = AppendRequest(claims: [claim])
    request.moment = moment
    waiting.append((request, name))
  }

  /// An event whose data the ledger itself has made.
  private static func event(
    _ type: EventType, _ subject: String, _ data: [UInt8], by actor: String, from source: String, _ id: String
  ) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("authid")
    writer.string(actor)
    writer.key("data")
    writer.raw(data)
    for (name, value) in [("id", id), ("source", source), ("subject", subject), ("type", type.rawValue)] {
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    return writer.bytes
  }

  private static func claim(_ event: [UInt8], _ name: String, _ intake: inout Intake) throws -> PreparedClaim {
    switch try intake.take(JSONDocument(event).root) {
    case .success(let claim): return claim
    case .failure(let refused): throw fault(name, "\(refused)")
    }
  }

  private static func fault(_ name: String, _ reason: String) -> LedgerError {
    LedgerError(.badInput, "\(name) cannot be told: \(reason)")
  }
}
