import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule requirements-met")
struct RequirementsMetTests {
  let world: World
  private let rule = #"{"rule":"requirements-met"}"#

  init() throws {
    world = try World()
    try world.given(
      "release.planned", World.release, #"{"class":"normal","requires":["release/ledger-db/14.2"]}"#)
  }

  /// Something is said of a deployment of a release that others require.
  @discardableResult
  private func required(
    _ what: String, _ version: String = "14.2", _ more: String = "", in environment: String = World.environment,
    time: Instant? = nil
  ) throws -> Position {
    try world.given(
      "deployment.\(what)", "release/ledger-db/\(version)",
      #"{"deployment":"db-\#(version)-\#(environment)","environment":"\#(environment)"\#(more)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @discardableResult
  private func deployed(
    _ version: String = "14.2", in environment: String = World.environment, time: Instant? = nil
  ) throws -> Position {
    try required("finished", version, #","outcome":"succeeded","backfilled":true"#, in: environment, time: time)
  }

  private func finding(of deployment: String = "d-1", _ more: String = "") throws -> Finding {
    try world.finding(rule, of: deployment, more)
  }

  @Test("a release that requires none is not asked")
  func nothingRequired() throws {
    let other = try World()
    try other.built()
    #expect(try other.outcome(rule) == .notApplicable)
  }

  @Test("the required release runs in the environment, and not only elsewhere or in another version")
  func there() throws {
    #expect(try world.outcome(rule) == .violated)
    try deployed(in: "staging")
    #expect(try world.outcome(rule) == .violated)
    try deployed("14.1")
    #expect(
      try world.verdict(rule).reason == "it requires ledger-db/14.2, and 14.1 ran there")
    let place = try deployed()
    let verdict = try world.verdict(rule)
    #expect(verdict.outcome == .satisfied && verdict.positions == [place])
    try deployed("14.3")
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("what was rolled back or removed does not run, and an end that is dated before its beginning counts")
  func takenBack() throws {
    try required("started")
    try deployed(time: world.now.after(seconds: -300))
    #expect(try world.outcome(rule) == .satisfied)
    try required("removed", time: world.now.after(seconds: -400))
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("it ran when the deployment began, whatever became of it since")
  func didRun() throws {
    try deployed()
    try world.begin()
    try deployed("14.3")
    #expect(try finding().outcome == .satisfied)
    try world.begin("d-2")
    #expect(try finding(of: "d-2").outcome == .violated)
  }

  @Test("a deployment there that is told late, and soon enough, satisfies late")
  func late() throws {
    let before = world.now
    world.advance(to: world.now.after(seconds: 60))
    try world.begin()
    let place = try deployed(time: before)
    #expect(try finding().outcome == .violated)
    let finding = try finding(of: "d-1", #","lateWithin":"PT1H""#)
    #expect(finding.outcome == .satisfiedLate && finding.positions == [place])
  }

  @Test("a time that a deployment claims is believed no further than the policy takes late records")
  func claimed() throws {
    try deployed()
    let then = world.now
    world.advance(days: 1)
    try deployed("14.3")
    try world.begin(time: then)
    #expect(try finding().outcome == .violated)
    #expect(try finding().reason.contains("too late to be believed"))
    #expect(try finding(of: "d-1", #","lateWithin":"P2D""#).outcome == .satisfied)
  }

  @Test(
    "a change of scope drops a requirement only by somebody with the level of approvers; anybody may add one")
  func dropped() throws {
    try deployed("14.3")
    func change(_ required: String, by person: PersonID) throws {
      _ = try world.smuggled(
        "release.scope.changed", World.release,
        #"{"reason":"r","requires":["release/ledger-db/\#(required)"]}"#,
        by: person)
    }
    try change("14.3", by: World.person(40))
    #expect(try world.outcome(rule) == .violated)
    try change("14.3", by: World.ana)
    #expect(try world.outcome(rule) == .satisfied)
    try change("14.2", by: World.person(40))
    #expect(try world.outcome(rule) == .violated)
  }
}
