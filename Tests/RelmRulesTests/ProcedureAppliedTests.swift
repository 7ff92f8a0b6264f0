import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule procedure-applied")
struct ProcedureAppliedTests {
  let world: World
  private let rule = #"{"procedures":["web"],"rule":"procedure-applied"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  @discardableResult
  private func publish(_ name: String = "web", version: String = "1", more: String = "") throws -> Position {
    try world.given(
      "procedure.published", "procedure/\(name)",
      #"{"document":{"id":"\#(name)","version":"\#(version)","title":"T","owner":"\#(World.ana.text)","steps":[{"step":"drain","title":"D"},{"step":"tell","title":"T","mandatory":false},{"step":"check","title":"C","mandatory":true}]\#(more)}}"#
    )
  }

  @discardableResult
  private func complete(
    _ step: String, version: String = "1", of deployment: String? = nil, time: Instant? = nil
  ) throws -> Position {
    let named = deployment.map { #","deployment":"\#($0)""# } ?? ""
    return try world.given(
      "procedure.step.completed", World.release,
      #"{"procedure":"web","version":"\#(version)","step":"\#(step)"\#(named)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @Test("every mandatory step that was done by the end satisfies, and is shown")
  func done() throws {
    let published = try publish()
    let drained = try complete("drain")
    try world.begin()
    let checked = try complete("check", of: "d-1")
    try world.end()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .satisfied && finding.positions == [published, drained, checked])
    #expect(finding.due == nil)
  }

  @Test("a mandatory step that is missing is violated, whatever the time, and one that is not mandatory may be")
  func missing() throws {
    try publish()
    try world.begin()
    try complete("drain")
    let end = try world.end()
    let finding = try world.finding(rule, at: end)
    #expect(finding.outcome == .violated && finding.reason.hasPrefix("step check of web version 1 is missing"))
  }

  @Test("a step that was skipped was not done")
  func skipped() throws {
    try publish()
    try world.begin()
    try complete("drain")
    let skipped = try world.given(
      "procedure.step.skipped", World.release,
      #"{"procedure":"web","version":"1","step":"check","reason":"late"}"#)
    try world.end()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .violated && finding.reason == "step check of web version 1 was skipped")
    #expect(finding.positions.contains(skipped))
  }

  @Test("a step after the end does not count, one told after the end may be late")
  func line() throws {
    try publish()
    try world.begin()
    try complete("drain")
    let end = try world.end()
    try complete("check", time: end.after(seconds: 1))
    #expect(try world.finding(rule, #","lateWithin":"P1D""#).outcome == .violated)
    // Recorded two minutes after it happened, which was at the end.
    let told = try complete("check", time: end)
    let late = try world.finding(rule, #","lateWithin":"PT2M""#)
    #expect(late.outcome == .satisfiedLate && late.positions.contains(told))
    #expect(late.reason.contains("position \(told.value) was recorded after the deployment had ended"))
    #expect(try world.finding(rule, #","lateWithin":"PT119S""#).outcome == .violated)
  }

  @Test("a step told before the end was recorded is in time, though the end had happened")
  func recordedBeforeTheEnd() throws {
    try publish()
    try world.begin()
    let end = world.now
    try complete("drain", time: end)
    try complete("check", time: end)
    try world.end("d-1", time: end)
    #expect(try world.finding(rule).outcome == .satisfied)
  }

  @Test("a step that was recorded together with the end is in time")
  func together() throws {
    try publish()
    try world.begin()
    world.tick = 0
    let end = try world.end()
    try complete("drain", time: end)
    try complete("check", time: end)
    #expect(try world.finding(rule).outcome == .satisfied)
  }

  @Test("a step of another version, or for another deployment, does not count")
  func others() throws {
    try publish()
    try publish(version: "2")
    try world.begin()
    try complete("drain", version: "2")
    try complete("check", version: "1")
    try complete("check", version: "2", of: "d-2")
    try world.end()
    #expect(try world.finding(rule).reason.hasPrefix("step check of web version 2 is missing"))
  }

  @Test("the version that counts is the one in force before the deployment, and none is violated")
  func inForce() throws {
    try world.begin("d-0")
    try world.end("d-0")
    try publish()
    try world.begin("d-1")
    try publish(version: "2")
    try complete("drain")
    try complete("check")
    try world.end("d-1")
    #expect(try world.finding(rule, of: "d-0").reason.hasPrefix("procedure web was not in force"))
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    try world.given("procedure.retired", "procedure/web", #"{"reason":"r"}"#)
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    try world.begin("d-2")
    try world.end("d-2")
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  @Test(
    "a procedure that does not apply is passed over",
    arguments: [
      #""packages":["web"]"#, #""services":["web"]"#, #""environments":["production/us"]"#,
      #""classes":["emergency"]"#,
    ])
  func passedOver(_ narrowing: String) throws {
    try publish("web", more: #","appliesTo":{\#(narrowing)}"#)
    try world.begin()
    try world.end()
    #expect(try world.finding(rule).outcome == .notApplicable)
    try publish("all", more: #","appliesTo":{"packages":["payments-api"]}"#)
    try world.begin("d-2")
    try world.end("d-2")
    let two = #"{"procedures":["web","all"],"rule":"procedure-applied"}"#
    #expect(try world.finding(two, of: "d-2").reason.hasPrefix("step drain of all version 1 is missing"))
  }
}

@Suite("The rule recorded-promptly")
struct RecordedPromptlyTests {
  let world: World
  private let rule = #"{"rule":"recorded-promptly"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  /// A deployment of which one event was recorded so many seconds after it had happened.
  private func deploy(late seconds: Int64) throws -> Position {
    try world.begin()
    let happened = world.now
    world.advance(to: happened.after(seconds: seconds))
    let progress = try world.given(
      "deployment.progressed", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)","share":50,"decision":"continue"}"#,
      time: happened.rfc3339Milliseconds)
    return progress
  }

  @Test("without anything said an hour is prompt, and a second more is not")
  func anHour() throws {
    let progress = try deploy(late: 3600)
    #expect(try world.finding(rule).outcome == .pending)
    let end = try world.end()
    #expect(try world.finding(rule).outcome == .satisfied)
    #expect(try world.finding(rule).positions.contains(progress))
    #expect(try world.finding(rule, at: end.advanced(byMicroseconds: -1)).outcome == .pending)
    #expect(try world.finding(#"{"rule":"recorded-promptly","within":"PT3599S"}"#).positions == [progress])
  }

  @Test("what is too late is violated before the end as well")
  func violated() throws {
    let progress = try deploy(late: 3601)
    let finding = try world.finding(rule)
    #expect(finding.outcome == .violated && finding.positions == [progress])
    #expect(finding.reason == "1 of 2 records of the deployment came too late")
  }

  @Test("what the policy allows for late records is prompt where the rule says nothing")
  func lateWithin() throws {
    _ = try deploy(late: 60)
    try world.end()
    #expect(try world.finding(rule, #","lateWithin":"PT60S""#).outcome == .satisfied)
    #expect(try world.finding(rule, #","lateWithin":"PT59S""#).outcome == .violated)
    #expect(try world.finding(rule, #","lateWithin":"PT0S""#).outcome == .violated)
    #expect(
      try world.finding(#"{"rule":"recorded-promptly","within":"PT60S"}"#, #","lateWithin":"PT59S""#).outcome
        == .satisfied)
  }
}
