import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// An open gate is open until the first thing ends that this rests on, and says which.
@Suite("Until when a gate is open")
struct GateEndTests {
  private let world: World

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    try world.built()
  }

  private func adopt(_ rules: String, version: Int = 1, _ more: String = "") throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[\#(rules)]\#(more)}}"#
    )
  }

  private func decide(at time: Instant? = nil) throws -> GateDecided {
    let counting = world.counting(of: world.events.count)
    return try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: counting.filter { $0.subject?.text == World.release }, given: world.views,
      size: world.events.count, at: time ?? world.now
    ).decided
  }

  private func expect(_ end: Instant, _ words: String, _ place: SourceLocation = #_sourceLocation) throws {
    let decision = try decide()
    #expect(decision.outcome == .open && decision.until?.instant == end, sourceLocation: place)
    #expect(decision.ends?.contains(words) == true, "\(decision.ends ?? "")", sourceLocation: place)
    // It is what it comes to: open until then, and not at it.
    #expect(try decide(at: end.advanced(byMicroseconds: -1000)).outcome == .open, sourceLocation: place)
  }

  private func inAnHour(_ hours: Int64 = 1) -> Instant { world.now.after(seconds: hours * 3_600) }
  private func text(_ time: Instant) -> String { time.rfc3339Milliseconds }

  @Test("with nothing that ends it is open for a day, or as long as the policies say")
  func validity() throws {
    try adopt(#"{"rule":"planned"}"#)
    let open = try decide()
    #expect(open.until?.instant == world.now.after(days: 1) && open.ends == nil)
    try adopt(#"{"rule":"planned"}"#, version: 2, #","gateValidity":"PT2H""#)
    try expect(inAnHour(2), "policy p lets a gate stay open for PT2H")
  }

  @Test("it ends with the agreed window, and not with one that nobody asks for")
  func window() throws {
    let end = inAnHour()
    try world.given(
      "schedule.agreed", World.release,
      #"{"windows":[{"environment":"\#(World.environment)","from":"\#(text(world.now))","until":"\#(text(end))"}]}"#
    )
    try adopt(#"{"rule":"planned"}"#)
    #expect(try decide().ends == nil)
    try adopt(#"{"rule":"scheduled"}"#, version: 2)
    try expect(end, "the agreed window ends")
  }

  @Test("it ends when a freeze begins that is known already")
  func freeze() throws {
    try adopt(#"{"rule":"not-frozen"}"#)
    let from = inAnHour()
    try world.given(
      "freeze.declared", "environment/" + World.environment,
      #"{"freeze":"night","from":"\#(text(from))","until":"\#(text(from.after(days: 2)))","reason":"r"}"#)
    try expect(from, "freeze night begins")
  }

  @Test("… also one that is declared for all environments that begin like it, and with a window that is")
  func scopes() throws {
    try adopt(#"{"rule":"not-frozen"},{"rule":"scheduled"}"#)
    let end = inAnHour(2)
    try world.given(
      "schedule.agreed", World.release,
      #"{"windows":[{"environment":"production/*","from":"\#(text(world.now))","until":"\#(text(end))"}]}"#)
    try expect(end, "the agreed window ends")
    let from = inAnHour()
    try world.given("environment.registered", "environment/" + World.environment, #"{"context":"production"}"#)
    try world.given(
      "freeze.declared", "environment/production/*",
      #"{"freeze":"night","from":"\#(text(from))","until":"\#(text(from.after(days: 2)))","reason":"r"}"#)
    try expect(from, "freeze night begins")
  }

  @Test("it ends with the waiver or the override by which it is open")
  func setAside() throws {
    try world.grant(World.dee, level: 6)
    try adopt(#"{"rule":"designed"},{"rule":"planned"}"#)
    let waived = inAnHour(3)
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"\#(text(waived))"}"#, by: World.dee)
    try expect(waived, "waiver w ends")
    #expect(try decide().reason == "1 of 2 rules hold, 1 waived: designed")
    try adopt(#"{"rule":"designed"},{"rule":"planned"},{"rule":"scheduled"}"#, version: 2)
    let end = inAnHour()
    let override = try world.given(
      "override.declared", World.release,
      #"{"rules":["scheduled"],"environment":"\#(World.environment)","digests":["\#(World.digest)"],"plan":1,"reason":"r","until":"\#(text(end))"}"#
        .replacing(#""plan":1"#, with: #""plan":\#(try plan())"#))
    try expect(end, "the override at position \(override.value) ends")
    #expect(try decide().reason == "1 of 3 rules hold, 1 overridden: scheduled; 1 waived: designed")
  }

  private func plan() throws -> UInt64 {
    try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
  }

  @Test(
    "it ends with the authority of an approver, also where that is delegated from somebody whose own ends sooner"
  )
  func authority() throws {
    try adopt(#"{"rule":"approved"}"#)
    let sooner = inAnHour(4)
    let source = try world.grant(World.cyd, level: 5, more: #","until":"\#(text(sooner))""#)
    try world.grant(
      World.dee, level: 5, more: #","until":"\#(text(sooner))","delegatedFrom":\#(source.value)"#)
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":\#(plan()),"digests":["\#(World.digest)"]}"#, by: World.dee)
    try expect(sooner, "ends")
    // Another's approval lets it stand on.
    try world.approve(World.bo)
    #expect(try decide().ends == nil)
  }

  @Test(
    "it ends with an authorisation, with a capability's validity, and when another version of a policy comes into force"
  )
  func others() throws {
    try world.grant(World.dee, level: 6)
    let end = inAnHour(5)
    try world.given(
      "capability.registered", "capability/farm",
      #"{"kind":"tool","title":"t","owner":"\#(World.bo.text)","validUntil":"\#(text(end))"}"#)
    try adopt(#"{"rule":"capability-in-place","capabilities":["farm"]}"#)
    try expect(end, "capability farm is valid no longer")
    let sooner = inAnHour(2)
    try adopt(#"{"rule":"designed"}"#, version: 2, #","effectiveFrom":"\#(text(sooner))""#)
    try expect(sooner, "policy p version 2 comes into force")
  }

  @Test("a deployment after that was not gated, though the policies would have let the gate stand")
  func gated() throws {
    let end = inAnHour()
    try world.given(
      "schedule.agreed", World.release,
      #"{"windows":[{"environment":"\#(World.environment)","from":"\#(text(world.now))","until":"\#(text(end))"}]}"#
    )
    try adopt(#"{"rule":"scheduled"}"#)
    let decision = try decide()
    try world.given("gate.decided", World.release, String(decoding: decision.bytes, as: UTF8.self))
    world.advance(to: end)
    try world.begin()
    let finding = try world.finding(#"{"rule":"gated"}"#)
    #expect(finding.outcome == .violated && finding.reason.contains("the agreed window ends"))
  }
}
