import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// The rule verified, and by it how everything is judged that has a due time.
@Suite("The rule verified, and due times")
struct VerifiedTests {
  let world: World
  private let rule = #"{"rule":"verified","within":"PT1H"}"#
  private let end: Instant
  private let due: Instant

  init() throws {
    world = try World()
    try world.built()
    try world.begin()
    end = try world.end()
    due = end.after(seconds: 3600)
  }

  @discardableResult
  private func verify(
    _ outcome: String = "succeeded", of deployment: String = "d-1", in environment: String = World.environment,
    time: Instant? = nil, more: String = ""
  ) throws -> Position {
    try world.given(
      "verification.finished", World.release,
      #"{"deployment":"\#(deployment)","environment":"\#(environment)","outcome":"\#(outcome)"\#(more)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @Test("what was done and recorded by the due time satisfies, to the second")
  func inTime() throws {
    world.advance(to: due)
    let check = try verify()
    let finding = try world.finding(rule, at: end.after(days: 9))
    #expect(finding.outcome == .satisfied && finding.positions == [check] && finding.due == due)
  }

  @Test("what was done in time and recorded later is late where the policy allows it, and else too late")
  func recordedLate() throws {
    world.advance(to: due.after(seconds: 1))
    let check = try verify(time: due)
    let time = due.after(days: 1)
    let finding = try world.finding(rule, at: time)
    #expect(finding.outcome == .violated && finding.positions == [check])
    #expect(try world.finding(rule, at: time, #","lateWithin":"PT1S""#).outcome == .satisfiedLate)
    #expect(try world.finding(rule, at: time, #","lateWithin":"PT0S""#).outcome == .violated)
    // Until it is due, it is not too late.
    #expect(try world.finding(rule, at: due).outcome == .pending)
  }

  @Test("what was done after the due time is violated, however soon it was recorded")
  func tooLate() throws {
    world.advance(to: due.after(seconds: 1))
    try verify()
    #expect(try world.finding(rule, #","lateWithin":"P1D""#).outcome == .violated)
  }

  @Test("what is missing is pending up to its due time, and then overdue")
  func missing() throws {
    #expect(try world.finding(rule, at: due).outcome == .pending)
    let finding = try world.finding(rule, at: due.advanced(byMicroseconds: 1))
    #expect(finding.outcome == .overdue && finding.due == due)
    #expect(finding.reason == "the verification is missing")
  }

  @Test("what had not happened at the time that is asked about does not count yet")
  func notYet() throws {
    let check = end.after(seconds: 60)
    world.advance(to: check)
    try verify()
    #expect(try world.finding(rule, at: check.advanced(byMicroseconds: -1)).outcome == .pending)
    #expect(try world.finding(rule, at: check).outcome == .satisfied)
  }

  @Test("without a due time nothing is too late, and nothing overdue")
  func never() throws {
    let always = #"{"rule":"verified"}"#
    #expect(try world.finding(always, at: end.after(days: 999)).outcome == .pending)
    world.advance(to: end.after(days: 500))
    try verify()
    let finding = try world.finding(always)
    #expect(finding.outcome == .satisfied && finding.due == nil)
  }

  @Test("a check from before the end is none, nor one of another deployment or environment")
  func others() throws {
    try verify(time: end.after(seconds: -1))
    try verify(of: "d-2")
    try verify(in: "production/us")
    #expect(try world.finding(rule, at: due).outcome == .pending)
    try verify(time: end)
    #expect(try world.finding(rule, at: due).outcome == .satisfied)
  }

  @Test("after the last bad check only what follows counts", arguments: ["failed", "errored", "cancelled"])
  func bad(_ outcome: String) throws {
    try verify()
    let before = world.now.advanced(byMicroseconds: -1)
    let bad = try verify(outcome)
    #expect(try world.finding(rule, at: before).outcome == .satisfied)
    #expect(try world.finding(rule, at: due).outcome == .pending)
    let finding = try world.finding(rule, at: due.after(seconds: 1))
    #expect(finding.outcome == .violated && finding.positions == [bad])
    let good = try verify()
    #expect(try world.finding(rule, at: due.after(seconds: 1)).positions == [good])
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .satisfied)
  }

  @Test("a bad check counts by when it happened, not by when it was recorded")
  func order() throws {
    let good = world.now
    try verify()
    try verify("failed", time: good.advanced(byMicroseconds: -1000))
    #expect(try world.finding(rule, at: due).outcome == .satisfied)
  }

  @Test("a check with a criterion that is not met, or of something else, is a bad one")
  func unmet() throws {
    try verify(more: #","checks":[{"criterion":"a","result":"met"},{"criterion":"b","result":"notAssessed"}]"#)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .violated)
    try verify(more: #","checks":[{"criterion":"a","result":"met"}],"digests":["\#(World.otherDigest)"]"#)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .violated)
    try verify(more: #","checks":[{"criterion":"a","result":"met"}],"digests":["\#(World.digest)"]"#)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .satisfied)
  }

  @Test("a check of what the deployed artifact is derived from is one of what is deployed")
  func derived() throws {
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    try world.begin("d-2", digests: [World.otherDigest])
    try world.end("d-2")
    try verify(of: "d-2", more: #","digests":["\#(World.digest)"]"#)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
  }
}

@Suite("Rules about what comes after")
struct AfterwardsTests {
  let world: World

  init() throws {
    world = try World()
    try world.built()
    try world.begin()
  }

  static let rules = [
    "verified", "reconciled", "handed-over", "supported", "reviewed", "recorded-promptly", "procedure-applied",
  ]

  private func rule(_ name: String) -> String {
    name == "procedure-applied"
      ? #"{"procedures":["web"],"rule":"procedure-applied"}"# : #"{"rule":"\#(name)"}"#
  }

  @Test("at a gate they are not applicable", arguments: rules)
  func atAGate(_ name: String) throws { #expect(try world.outcome(rule(name)) == .notApplicable) }

  @Test(
    "until the deployment has ended they are pending, and at a time before its end as well", arguments: rules)
  func notEnded(_ name: String) throws {
    #expect(try world.finding(rule(name)).outcome == .pending)
    let end = try world.end()
    #expect(
      try world.finding(rule(name), at: end.advanced(byMicroseconds: -1)).reason.contains("has not ended"))
    #expect(try !world.finding(rule(name), at: end).reason.contains("has not ended"))
  }

  @Test("a deployment that did not succeed is not verified, but it is reviewed", arguments: rules)
  func failed(_ name: String) throws {
    try world.end("d-1", "failed")
    let asksAnyway = name == "reviewed" || name == "recorded-promptly"
    #expect(try (world.finding(rule(name)).outcome != .notApplicable) == asksAnyway)
  }

  @Test(
    "what was taken back by the due time need not be reconciled, handed over or supported",
    arguments: ["rolledback", "removed"])
  func takenBack(_ how: String) throws {
    let end = try world.end()
    let due = end.after(seconds: 3600)
    let rules = [
      #"{"rule":"reconciled","within":"PT1H"}"#, #"{"rule":"handed-over","within":"PT1H"}"#,
      #"{"minimum":"PT1H","rule":"supported"}"#,
    ]
    let later = due.after(days: 1)
    for rule in rules { #expect(try world.finding(rule, at: later).outcome == .overdue) }
    world.advance(to: due)
    let undone = try world.given(
      "deployment.\(how)", World.release, #"{"deployment":"d-1","environment":"\#(World.environment)"}"#)
    for rule in rules {
      let finding = try world.finding(rule, at: later)
      #expect(finding.outcome == .notApplicable && finding.positions == [undone])
      // One second earlier it was still there.
      #expect(try world.finding(rule, at: due.after(seconds: -1)).outcome == .pending)
    }
    #expect(try world.finding(#"{"rule":"verified","within":"PT1H"}"#, at: later).outcome == .overdue)
    #expect(try world.finding(#"{"rule":"reviewed","within":"PT1H"}"#, at: later).outcome == .overdue)
  }

  @Test("of two ways in which it was taken back the first to happen counts")
  func takenBackTwice() throws {
    let end = try world.end()
    world.advance(to: end.after(seconds: 1800))
    let place = #"{"deployment":"d-1","environment":"\#(World.environment)"}"#
    try world.given("deployment.rolledback", World.release, place)
    let first = try world.given(
      "deployment.removed", World.release, place, time: end.after(seconds: 60).rfc3339Milliseconds)
    let finding = try world.finding(#"{"rule":"reconciled","within":"PT1H"}"#, at: end.after(days: 1))
    #expect(finding.outcome == .notApplicable && finding.positions == [first])
  }

  @Test("what was taken back after the due time was due")
  func takenBackLater() throws {
    let due = try world.end().after(seconds: 3600)
    world.advance(to: due.after(seconds: 1))
    try world.given(
      "deployment.removed", World.release, #"{"deployment":"d-1","environment":"\#(World.environment)"}"#)
    for rule in [
      #"{"rule":"reconciled","within":"PT1H"}"#, #"{"rule":"handed-over","within":"PT1H"}"#,
      #"{"minimum":"PT1H","rule":"supported"}"#,
    ] {
      #expect(try world.finding(rule).outcome == .overdue)
    }
  }
}
