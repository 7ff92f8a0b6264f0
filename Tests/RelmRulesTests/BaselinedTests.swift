import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule baselined")
struct BaselinedTests {
  let world: World
  private let both = #"{"moments":["before","after"],"rule":"baselined"}"#
  private let after = #"{"moments":["after"],"rule":"baselined"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  @discardableResult
  private func baseline(
    _ moment: String, of release: String = World.release, in environment: String = World.environment,
    more: String = "", time: Instant? = nil
  ) throws -> Position {
    try world.given(
      "baseline.recorded", "environment/" + environment,
      #"{"baseline":"b","moment":"\#(moment)","release":"\#(release)","items":[{"name":"api"}]\#(more)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @Test("before is asked for where nothing is said, and at a gate only that")
  func before() throws {
    let rule = #"{"rule":"baselined"}"#
    #expect(try world.verdict(rule).reason == "the baseline before the deployment is missing")
    #expect(try world.outcome(after) == .notApplicable)
    #expect(try world.outcome(both) == .violated)
    let position = try baseline("before")
    let verdict = try world.verdict(rule)
    #expect(verdict.outcome == .satisfied && verdict.positions == [position])
    #expect(try world.outcome(both) == .satisfied)
  }

  @Test("a baseline counts for its release, environment and moment only")
  func others() throws {
    try baseline("before", of: "release/payments-api/2.0")
    try baseline("before", in: "production/us")
    try baseline("regular")
    try baseline("after")
    #expect(try world.outcome(#"{"rule":"baselined"}"#) == .violated)
  }

  @Test("a baseline that names a deployment counts for that one, and so for none at a gate")
  func deployment() throws {
    try baseline("before", more: #","deployment":"d-2""#)
    try world.begin("d-1")
    try world.begin("d-2")
    let rule = #"{"rule":"baselined"}"#
    #expect(try world.outcome(rule) == .violated)
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
  }

  @Test("the baseline after is due at the end, and not overdue within what may be late")
  func afterwards() throws {
    try world.begin()
    #expect(try world.finding(after).outcome == .pending)
    let end = try world.end()
    let hour = #","lateWithin":"PT1H""#
    #expect(try world.finding(after, at: end).outcome == .pending)
    #expect(try world.finding(after, at: end.after(seconds: 1)).outcome == .overdue)
    #expect(try world.finding(after, at: end.after(seconds: 3600), hour).outcome == .pending)
    #expect(try world.finding(after, at: end.after(seconds: 3601), hour).outcome == .overdue)
    try baseline("after", time: end.after(seconds: -1))
    #expect(try world.finding(after, at: end.after(seconds: 3601), hour).outcome == .overdue)
    try baseline("after", more: #","deployment":"d-2""#)
    #expect(try world.finding(after, at: end.after(seconds: 3601), hour).outcome == .overdue)
    world.advance(to: end.after(seconds: 3600))
    let position = try baseline("after", more: #","deployment":"d-1""#)
    let finding = try world.finding(after, hour)
    #expect(finding.outcome == .satisfied && finding.positions == [position])
    #expect(finding.due == end.after(seconds: 3600))
    #expect(try world.finding(after, #","lateWithin":"PT59M""#).outcome == .violated)
  }

  @Test("of the moments asked for the worse one counts")
  func worse() throws {
    try world.begin()
    let end = try world.end()
    func outcome(_ seconds: Int64) throws -> RuleOutcome {
      try world.finding(both, at: end.after(seconds: seconds), #","lateWithin":"PT1H""#).outcome
    }
    #expect(try outcome(3601) == .violated)
    // Told late, but soon enough.
    try baseline("before", time: end.after(seconds: -60))
    #expect(try outcome(3601) == .overdue)
    #expect(try outcome(3600) == .pending)
    let position = try baseline("after")
    #expect(try outcome(3600) == .satisfiedLate)
    #expect(try world.finding(both, #","lateWithin":"PT1H""#).positions.contains(position))
  }

  @Test("of a deployment that failed only the baseline before is asked for")
  func failed() throws {
    try world.begin()
    try world.end("d-1", "failed")
    #expect(try world.finding(after).outcome == .notApplicable)
    #expect(try world.finding(both).outcome == .violated)
  }
}
