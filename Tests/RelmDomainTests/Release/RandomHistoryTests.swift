import RelmBytes
import RelmDomain
import RelmProof
import Testing

@Suite("Random histories of a release")
struct RandomHistoryTests {
  private static func event(_ generator: inout SplitMix64) throws -> ReleaseEvent {
    let id = String(UInt8.random(in: 0..<4, using: &generator))
    let place = "host/\(UInt8.random(in: 0..<40, using: &generator))"
    let outcome = Outcome.allCases.randomElement(using: &generator) ?? .succeeded
    let backfilled = [nil, true, false].randomElement(using: &generator) ?? nil
    switch UInt8.random(in: 0..<15, using: &generator) {
    case 0: return .planned
    case 1: return .buildBegan(id)
    case 2: return .buildEnded(id, outcome, backfilled: backfilled)
    case 3: return .testBegan(id, place)
    case 4: return .testEnded(id, place, outcome, backfilled: backfilled)
    case 5, 6: return .deploymentBegan(id, place)
    case 7, 8: return .deploymentEnded(id, place, outcome, backfilled: backfilled)
    case 9:
      return .rolledBack(id, place, to: Bool.random(using: &generator) ? "1.0" : nil, backfilled: backfilled)
    case 10: return .removed(id, place, backfilled: backfilled)
    case 11: return .published()
    case 12: return .approved
    case 13: return .offered(id)
    default: return Bool.random(using: &generator) ? .accepted(id) : .activity
    }
  }

  private func bytes(_ row: some CanonicalObject) -> [UInt8] {
    var writer = CanonicalWriter()
    row.write(to: &writer)
    return writer.bytes
  }

  private func expectRoundTrip<Row: ViewRow>(_ row: Row, seed: UInt64) throws {
    let bytes = bytes(row)
    var reader = CanonicalReader(bytes)
    let decoded = try Row(from: &reader)
    #expect(decoded == row, "seed \(seed)")
    #expect(self.bytes(decoded) == bytes, "seed \(seed)")
  }

  @Test(
    "whatever the log holds is folded, and every row is read again as it was written",
    arguments: 0..<40 as Range<UInt64>)
  func foldsAreTotal(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var story = Story()
    for _ in 0..<200 {
      let minute = Int64.random(in: -500...500, using: &generator)
      let actor = [Story.ana, Story.ben, nil].randomElement(using: &generator) ?? nil
      story.fold(try Self.event(&generator), minute: minute, by: actor)
    }
    let row = try #require(story.release)
    try expectRoundTrip(row, seed: seed)
    for attempt in story.attempts.values { try expectRoundTrip(attempt, seed: seed) }
    #expect(row.events == 200)
    #expect(row.stage == row.derivedStage)
  }

  @Test(
    "what is taken is folded so that saying it again in another way is refused",
    arguments: 0..<40 as Range<UInt64>)
  func decisionsHold(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var story = Story()
    var taken = 0
    for _ in 0..<300 {
      let event = try Self.event(&generator)
      let actor = [Story.ana, Story.ben, Story.owner].randomElement(using: &generator)
      guard try story.when(event, by: actor) == nil else { continue }
      story.fold(event, by: actor)
      taken += 1
      switch event {
      case .releasePlanned, .buildStarted, .testStarted, .deploymentStarted, .deploymentRolledback,
        .deploymentRemoved,
        .handoverOffered, .handoverAccepted:
        #expect(try story.when(event, by: actor) != nil, "seed \(seed): \(event) was taken twice")
      case .buildFinished, .testFinished, .deploymentFinished, .packagePublished, .approvalGiven,
        .documentAttached,
        .activityRecorded:
        #expect(try story.when(event, by: actor) == nil, "seed \(seed): \(event) was not taken again")
      default: Issue.record("no such event is made here: \(event)")
      }
    }
    #expect(taken > 20, "seed \(seed)")
    #expect(story.release?.events == taken)
  }

  @Test("what runs in an environment is read again as it was written", arguments: 0..<40 as Range<UInt64>)
  func environmentsAreTotal(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var row: RunningRow?
    for position in 0..<200 as Range<UInt64> {
      let version = String(UInt8.random(in: 0..<5, using: &generator))
      let minute = Int64.random(in: -500...500, using: &generator)
      let moment = Moment(at: Story.instant(minute: minute), position: Position(position))
      let change: RunningRow.Change =
        switch UInt8.random(in: 0..<6, using: &generator) {
        case 0: .removed(version: version, deployment: "d")
        case 2: .began(version: version, deployment: "d")
        case 3: .stopped(version: version, deployment: "d")
        case 1:
          .rolledBack(
            version: version, deployment: "d", restores: Bool.random(using: &generator) ? "1" : nil, digests: []
          )
        default: .succeeded(RunningRow.Run(version: version, deployment: "d", since: moment))
        }
      row = RunningRow.evolve(row, environment: "e", package: "p", by: change, at: moment)
    }
    let last = try #require(row)
    try expectRoundTrip(last, seed: seed)
    if let running = last.running { #expect(try running.since <= #require(last.changed), "seed \(seed)") }
    if let running = last.running, let previous = last.previous {
      #expect(previous.since < running.since, "seed \(seed)")
    }
  }

  @Test("the example of every view and report is read and written byte for byte")
  func viewFixtures() throws {
    func check<Row: CanonicalObject>(_: Row.Type, _ name: String, in folder: String = "view") throws {
      let bytes = try Fixture.bytes("\(folder)/\(name).v1.json")
      var reader = CanonicalReader(bytes)
      let row = try Row(from: &reader)
      #expect(String(decoding: self.bytes(row), as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    }
    try check(ReleaseRow.self, "release")
    try check(AttemptRow.self, "attempt")
    try check(RunningRow.self, "running")
    try check(PersonRow.self, "person")
    try check(EnvironmentRow.self, "environment")
    try check(ServiceRow.self, "service")
    try check(PolicyRow.self, "policy")
    try check(ProcedureRow.self, "procedure")
    try check(CapabilityRow.self, "capability")
    try check(IncidentRow.self, "incident")
    try check(ApprovalRow.self, "approval")
    try check(EscalationRow.self, "escalation")
    try check(ObligationRow.self, "obligation")
    try check(HoldRow.self, "hold")
    try check(LedgerRow.self, "ledger")
    try check(TimelineRow.self, "timeline")
    try check(CauseRow.self, "cause")
    #expect(try Fixture.names(in: "view").count == 17)
    try check(TimelineReport.self, "timeline", in: "report")
    try check(MetricsReport.self, "metrics", in: "report")
    try check(ComplianceReport.self, "compliance", in: "report")
    try check(WhatifReport.self, "whatif", in: "report")
    try check(SampleReport.self, "sample", in: "report")
    #expect(try Fixture.names(in: "report").count == 5)
  }
}
