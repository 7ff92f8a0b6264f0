import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("What sets a rule aside: overrides of freezes")
struct FreezeOverrideTests {
  let world: World
  private let frozen = #"{"rule":"not-frozen"}"#
  private let designed = #"{"rule":"designed"}"#

  init() throws {
    world = try World()
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    try world.grant(World.bo, level: 5)
  }

  private func freeze(_ id: String = "f-1", until: Instant? = nil, more: String = "") throws {
    let end = (until ?? world.now.after(days: 3)).rfc3339Milliseconds
    try world.given(
      "freeze.declared", "environment/production/eu",
      #"{"freeze":"\#(id)","from":"\#(world.now.rfc3339Milliseconds)","until":"\#(end)","reason":"r","mayOverride":["\#(World.dee.text)"]\#(more)}"#
    )
  }

  /// What a rule comes to where a deployment goes by an override; nil where the override is refused already.
  private func outcome(
    _ rule: String, by person: PersonID, rules: String = #"["not-frozen","designed"]"#,
    freeze: String? = "f-1"
  ) throws -> RuleOutcome? {
    let named = freeze.map { #","freeze":"\#($0)""# } ?? ""
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    let until = world.now.after(days: 1).rfc3339Milliseconds
    let override = try world.told(
      "override.declared", World.release,
      #"{"rules":\#(rules),"environment":"production/eu","reason":"r","until":"\#(until)","plan":\#(plan)\#(named)}"#,
      by: person)
    guard let override else { return nil }
    try world.begin(more: #","override":\#(override.value)"#)
    return try world.finding(rule).outcome
  }

  @Test("whom a freeze names sets that freeze aside")
  func named() throws {
    try freeze()
    #expect(try outcome(frozen, by: World.dee, rules: #"["not-frozen"]"#) == .overridden)
  }

  @Test("whom a freeze names sets no other rule aside")
  func nothingElse() throws {
    try freeze()
    #expect(try outcome(designed, by: World.dee) ?? .violated == .violated)
  }

  @Test("somebody with the policy's level sets aside what the override names, as ever")
  func entitled() throws {
    try freeze()
    #expect(try outcome(designed, by: World.bo) == .overridden)
  }

  @Test("two freezes of which one is overridden still stand, whoever overrides it")
  func two() throws {
    try freeze("f-1")
    try freeze("f-2")
    #expect(try outcome(frozen, by: World.bo) == .violated)
  }

  @Test("an override by somebody with the level that names no freeze sets all of them aside")
  func all() throws {
    try freeze("f-1")
    try freeze("f-2")
    #expect(try outcome(frozen, by: World.bo, freeze: nil) == .overridden)
  }

  @Test("the finding names every freeze that is in force")
  func told() throws {
    try freeze("f-1")
    try freeze("f-2")
    try freeze("f-3", more: #","packages":["other"]"#)
    try world.begin()
    let finding = try world.finding(frozen)
    #expect(finding.positions.count == 2)
    #expect(finding.reason == "freeze f-1 is in force: r; freeze f-2 is in force: r")
  }
}
