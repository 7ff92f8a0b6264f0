import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The gate's decision")
struct GateTests {
  let world: World

  init() throws {
    world = try World()
    try world.built()
  }

  private func adopt(_ rules: String, id: String = "p", more: String = "") throws {
    try world.given(
      "policy.adopted", "policy/\(id)",
      #"{"document":{"id":"\#(id)","version":"1","title":"t","context":"production","rules":[\#(rules)]\#(more)}}"#
    )
  }

  private func decide(environment: String = World.environment, at time: Instant? = nil) throws -> GateDecided {
    let counting = world.counting(of: world.events.count)
    return try Gate.judge(
      package: "payments-api", version: "1.0", environment: environment,
      events: counting.filter { $0.subject?.text == World.release },
      configuration: counting.filter { $0.subject == .environment(environment) }, given: world.views,
      size: world.events.count, at: time ?? world.now
    ).decided
  }

  private func override(_ rules: String, environment: String = World.environment) throws -> Position {
    let until = world.now.after(days: 1).rfc3339Milliseconds
    return try world.given(
      "override.declared", World.release,
      #"{"rules":[\#(rules)],"environment":"\#(environment)","digests":["\#(World.digest)"],"plan":1,"reason":"r","until":"\#(until)"}"#
    )
  }

  @Test("without a policy nothing goes to production, and nothing is asked of development")
  func ungoverned() throws {
    #expect(try decide().outcome == .closed)
    try world.given("environment.registered", "environment/dev", #"{"context":"development"}"#)
    #expect(try decide(environment: "dev").outcome == .open)
  }

  @Test("a gate that asks only for what comes after is open, and its findings say so")
  func afterwards() throws {
    try adopt(
      AfterwardsTests.rules.map {
        $0 == "procedure-applied" ? #"{"procedures":["x"],"rule":"procedure-applied"}"# : #"{"rule":"\#($0)"}"#
      }.joined(separator: ",") + #",{"rule":"gated"},{"moments":["after"],"rule":"baselined"}"#)
    let decision = try decide()
    #expect(decision.outcome == .open && decision.findings.allSatisfy { $0.outcome == .notApplicable })
    #expect(decision.findings.count == 9)
  }

  @Test("every rule of every policy that applies must hold")
  func all() throws {
    try adopt(#"{"rule":"planned"}"#)
    #expect(try decide().outcome == .open)
    try adopt(#"{"rule":"designed"}"#, id: "q")
    let closed = try decide()
    #expect(
      closed.outcome == .closed
        && closed.findings.map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.satisfied, .violated])
    #expect(closed.reason == "1 of 2 rules does not hold: designed (the design is missing)")
  }

  @Test("a gate asks for the baseline before the deployment, and for competent people")
  func newRules() throws {
    try adopt(#"{"rule":"baselined"},{"rule":"personnel-competent"}"#)
    #expect(try decide().outcome == .closed)
    try world.given(
      "baseline.recorded", "environment/" + World.environment,
      #"{"baseline":"b","moment":"before","release":"\#(World.release)","items":[{"name":"api"}]}"#)
    #expect(try decide().outcome == .open)
    try world.given("build.started", World.release, #"{"build":"b-9"}"#, by: World.dee)
    #expect(try decide().findings.map(\.outcome) == [.satisfied, .violated])
  }

  @Test(
    "an override of the rules that fail opens the gate and is named; for other rules or environments it does not"
  )
  func overrides() throws {
    try adopt(#"{"rule":"designed"},{"rule":"planned"}"#)
    _ = try override(#""designed""#, environment: "production/us")
    #expect(try decide().outcome == .closed)
    _ = try override(#""tested""#)
    #expect(try decide().outcome == .closed)
    let position = try override(#""designed","planned""#)
    let open = try decide()
    #expect(open.outcome == .open && open.override == position)
    #expect(open.findings.map(\.outcome) == [.overridden, .satisfied])
    #expect(try decide(at: world.now.after(days: 2)).outcome == .closed)
    try world.begin("d-1", more: #","override":\#(position.value)"#)
    #expect(try decide().outcome == .closed)
  }

  @Test("a waiver in force opens the gate; it is not used up by that")
  func waivers() throws {
    try world.grant(World.bo, level: 6)
    try adopt(#"{"rule":"designed"}"#)
    let until = world.now.after(days: 1)
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"\#(until.rfc3339Milliseconds)"}"#,
      by: World.bo)
    let open = try decide()
    #expect(open.outcome == .open && open.override == nil && open.findings.map(\.outcome) == [.waived])
    #expect(try decide(at: until).outcome == .closed)
  }
}
