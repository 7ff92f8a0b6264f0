import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Production of what is over, where no policy asks about it")
struct UnreleasableTests {
  let world: World

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd] { try world.grant(person, level: 6) }
    try world.built()
  }

  private func adopt(_ rules: String, version: Int = 1) throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[\#(rules)]}}"#
    )
  }

  private func withdraw() throws -> Position {
    try world.given("release.withdrawn", World.release, #"{"reason":"r"}"#)
  }

  private func last() throws -> ComplianceReport.Attempt { try #require(try world.report().last) }

  @Test("is an exception beside what the policies ask, and beside being ungoverned")
  func told() throws {
    let ending = try withdraw()
    try world.begin("d-1")
    #expect(try last().governance == .ungoverned)
    #expect(try last().unreleasable?.outcome == .violated && last().unreleasable?.positions == [ending])
    try adopt(#"{"rule":"planned"}"#)
    try world.begin("d-2")
    #expect(try last().governance == .governed && last().findings.map(\.outcome) == [.satisfied])
    #expect(try last().unreleasable?.reason == "it was withdrawn at position \(ending.value)")
    #expect(try last().evidence.contains { $0.position == ending })
  }

  @Test("is told by the rule where a policy asks it, and by nothing in development or where nothing hinders it")
  func asked() throws {
    try world.begin("d-1")
    #expect(try last().unreleasable == nil)
    _ = try withdraw()
    try adopt(#"{"rule":"releasable"}"#)
    try world.begin("d-2")
    #expect(try last().unreleasable == nil && last().findings.map(\.outcome) == [.violated])
    try world.given("environment.registered", "environment/\(World.environment)", #"{"context":"development"}"#)
    try world.begin("d-3")
    #expect(try last().unreleasable == nil)
  }

  @Test("is set aside by a waiver or an override of the rule, which is possible though the release is over")
  func setAside() throws {
    _ = try withdraw()
    let until = world.now.after(days: 1).rfc3339Milliseconds
    let waiver = #"{"waiver":"w","reason":"r","control":"c","until":"\#(until)","rule":"#
    #expect(try world.when("waiver.granted", World.release, waiver + #""planned"}"#, by: World.bo) != nil)
    try world.given("waiver.granted", World.release, waiver + #""releasable"}"#, by: World.bo)
    try world.begin("d-1")
    #expect(try last().unreleasable?.outcome == .waived)
    try adopt(#"{"rule":"planned"}"#)
    #expect(try decision().outcome == .open)
  }

  private func decision() throws -> GateDecided {
    let counting = world.counting(of: world.events.count)
    return try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: counting.filter { $0.subject?.text == World.release }, given: world.views,
      size: world.events.count, at: world.now
    ).decided
  }

  @Test(
    "is told of a deployment that claims to be older than the ledger, but for history that is told in another order"
  )
  func older() throws {
    let opened = world.events[0].recorded
    try world.given(
      "release.planned", "release/payments-api/0.1", #"{"class":"normal"}"#,
      time: opened.after(seconds: -7_200).rfc3339Milliseconds)
    try world.given(
      "release.withdrawn", "release/payments-api/0.1", #"{"reason":"r"}"#,
      time: opened.after(seconds: -60).rfc3339Milliseconds)
    func deploy(_ version: String, _ seconds: Int64) throws {
      try world.given(
        "deployment.started", "release/payments-api/\(version)",
        #"{"deployment":"d\#(seconds)","environment":"\#(World.environment)"}"#,
        time: opened.after(seconds: seconds).rfc3339Milliseconds)
    }
    try deploy("0.1", -3_600)
    #expect(try last().governance == .beforeLedger && last().unreleasable == nil)
    try deploy("0.1", -30)
    #expect(try last().unreleasable?.outcome == .violated)
    _ = try withdraw()
    try deploy("1.0", -7_200)
    #expect(try last().governance == .beforeLedger && last().unreleasable?.outcome == .violated)
  }

  @Test("closes the gate, with the reason, whatever policies ask")
  func gate() throws {
    try adopt(#"{"rule":"planned"}"#)
    let ending = try withdraw()
    let gate = try decision()
    #expect(gate.outcome == .closed && gate.findings.map(\.outcome) == [.satisfied])
    #expect(gate.reason == "it was withdrawn at position \(ending.value)")
  }

  @Test(
    "an end that is dated before its beginning is an end, with a finding; what was done before the beginning is not after it"
  )
  func skew() throws {
    try adopt(#"{"rule":"verified"}"#)
    let check =
      #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#
    try world.given(
      "verification.finished", World.release, check, time: world.now.after(seconds: -60).rfc3339Milliseconds)
    let beginning = try world.begin()
    let end = world.now.after(seconds: -180)
    try world.end(time: end)
    let attempt = try last()
    #expect(attempt.outcome == .succeeded && attempt.ended == attempt.begun)
    #expect(attempt.skews.map(\.follows) == [beginning] && attempt.skews.map(\.seconds) == [120])
    #expect(attempt.findings.map(\.outcome) == [.pending])
    #expect(try world.views.release("payments-api", "1.0")?.stage == .deployed)
    #expect(try world.views.running(World.environment, "payments-api")?.running?.version == "1.0")
  }
}
