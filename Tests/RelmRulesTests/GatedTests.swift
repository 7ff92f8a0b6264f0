import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule gated")
struct GatedTests {
  let world: World
  private let rule = #"{"rule":"gated"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  @discardableResult
  private func decide(
    _ outcome: String = "open", digest: String = World.digest, environment: String = World.environment,
    until: Instant? = nil, more: String = ""
  ) throws -> Position {
    let until = until ?? world.now.after(days: 1)
    return try world.given(
      "gate.decided", World.release,
      #"{"environment":"\#(environment)","outcome":"\#(outcome)","judged":3,"reason":"r","digests":["\#(digest)"],"until":"\#(until.rfc3339Milliseconds)"\#(more)}"#
    )
  }

  @Test("an open decision before the deployment satisfies, and is shown")
  func open() throws {
    let decision = try decide()
    try world.begin()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .satisfied && finding.positions == [decision])
  }

  @Test("a gate that was not asked before the deployment is no gate, nor one of another environment")
  func notAsked() throws {
    try decide(environment: "production/us")
    try world.begin()
    try decide()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .violated && finding.reason == "the gate was not asked before the deployment")
  }

  @Test("the last decision counts, be it closed, unless the beginning names another")
  func last() throws {
    let open = try decide()
    try decide("closed")
    try world.begin("d-1")
    #expect(try world.finding(rule, of: "d-1").reason == "the gate was closed: r")
    try world.begin("d-2", more: #","gateDecision":\#(open.value)"#)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
    let later = Position(UInt64(world.events.count + 1))
    try world.begin("d-4", more: #","gateDecision":\#(later.value)"#)
    #expect(try decide() == later)
    #expect(try world.finding(rule, of: "d-4").outcome == .violated)
    let elsewhere = try decide(environment: "production/us")
    try world.begin("d-3", more: #","gateDecision":\#(elsewhere.value)"#)
    #expect(try world.finding(rule, of: "d-3").outcome == .violated)
  }

  @Test("a decision holds until its time, and not at it")
  func expiry() throws {
    let begun = world.now.after(seconds: 3600)
    try decide(until: begun)
    world.advance(to: begun)
    try world.begin("d-1", time: begun.advanced(byMicroseconds: -1000))
    try world.begin("d-2", time: begun)
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    #expect(try world.finding(rule, of: "d-2").reason == "the gate's decision had expired")
  }

  @Test("a decision about another artifact is none, even about what this one is derived from")
  func digest() throws {
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    try decide()
    try world.begin(digests: [World.otherDigest])
    #expect(try world.finding(rule).reason.hasPrefix("the gate decided about something else"))
    try world.begin("d-2", digests: [])
    #expect(try world.finding(rule, of: "d-2").reason == "nothing says what is deployed, by digest")
  }

  @Test("a decision about a plan that was changed since does not count")
  func plan() throws {
    try decide(more: #","plan":1"#)
    try world.begin("d-1")
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    let scope = try world.given("release.scope.changed", World.release, #"{"reason":"more"}"#)
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-2").positions.contains(scope))
    // What a decision says of no plan does not bind it to one.
    try decide()
    try world.begin("d-3")
    #expect(try world.finding(rule, of: "d-3").outcome == .satisfied)
  }

  @Test("a decision about a plan that is annulled does not count")
  func annulledPlan() throws {
    try decide(more: #","plan":1"#)
    try world.begin()
    #expect(try world.finding(rule).outcome == .satisfied)
    try world.grant(World.dee, level: 6)
    try world.given("event.annulled", "ledger", #"{"position":1,"reason":"r"}"#, by: World.dee)
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("a gate that was open by an override is open for the one deployment that uses it")
  func override() throws {
    try world.grant(World.bo, level: 5)
    let until = world.now.after(days: 1).rfc3339Milliseconds
    let override = try world.given(
      "override.declared", World.release,
      #"{"rules":["tested"],"environment":"\#(World.environment)","reason":"r","until":"\#(until)","plan":1,"digests":["\#(World.digest)"]}"#,
      by: World.bo)
    try decide(more: #","override":\#(override.value)"#)
    try world.begin("d-1")
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    let second = try world.finding(rule, of: "d-2")
    #expect(second.outcome == .violated && second.positions.contains(override))
  }

  @Test("at a gate it is not applicable")
  func atAGate() throws { #expect(try world.outcome(rule) == .notApplicable) }
}
