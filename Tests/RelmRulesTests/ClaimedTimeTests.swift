import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What a deployment says of its own time helps it only as far as it is told in time.
@Suite("The time that a deployment claims")
struct ClaimedTimeTests {
  let world: World
  private let start: Instant

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    start = world.now
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
  }

  private func text(_ hours: Int64) -> String { start.after(seconds: hours * 3600).rfc3339Milliseconds }

  /// What a rule comes to for a deployment that began after two hours and is told after five, where records of four hours
  /// ago are late or too late.
  private func told(_ rule: String, lateWithin: String = "PT1H") throws -> RuleOutcome {
    world.advance(to: start.after(seconds: 5 * 3600))
    try world.begin(by: World.dee, time: start.after(seconds: 2 * 3600))
    return try world.finding(#"{"rule":"\#(rule)"}"#, #","lateWithin":"\#(lateWithin)""#).outcome
  }

  @Test(
    "a freeze that began between the claimed time and the record of it concerns it",
    arguments: ["PT1H", "PT4H"])
  func freeze(lateWithin: String) throws {
    try world.given(
      "freeze.declared", "environment/production/eu",
      #"{"freeze":"f","from":"\#(text(4))","until":"\#(text(9))","reason":"r"}"#)
    #expect(try told("not-frozen", lateWithin: lateWithin) == (lateWithin == "PT1H" ? .violated : .satisfied))
  }

  @Test(
    "a window that was over when it was told holds for what the policy believes of late records",
    arguments: ["PT1H", "PT4H"])
  func window(lateWithin: String) throws {
    try world.given(
      "schedule.agreed", World.release,
      #"{"windows":[{"environment":"production/eu","from":"\#(text(1))","until":"\#(text(3))"}]}"#)
    #expect(try told("scheduled", lateWithin: lateWithin) == (lateWithin == "PT1H" ? .violated : .satisfied))
  }

  @Test("a waiver that had run out when it was told waives nothing", arguments: [3, 6])
  func waiver(hours: Int64) throws {
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"\#(text(hours))"}"#)
    #expect(try told("designed") == (hours == 3 ? .violated : .waived))
  }

  @Test("an override that had run out when it was told sets nothing aside", arguments: [3, 6])
  func override(hours: Int64) throws {
    try world.given(
      "override.declared", World.release,
      #"{"environment":"production/eu","plan":2,"rules":["designed"],"reason":"r","until":"\#(text(hours))","ratifyBy":"\#(text(9))"}"#,
      by: World.bo)
    let place = world.events.count - 1
    world.advance(to: start.after(seconds: 5 * 3600))
    try world.begin(more: #","override":\#(place)"#, time: start.after(seconds: 2 * 3600))
    let finding = try world.finding(#"{"rule":"designed"}"#)
    #expect(finding.outcome == (hours == 3 ? .violated : .overridden))
  }

  @Test("an approval between an end and a start that is told after it comes too late")
  func startAfterEnd() throws {
    try world.end(more: #","backfilled":true,"digests":["\#(World.digest)"]"#)
    try world.approve(World.bo)
    try world.begin()
    let finding = try world.finding(#"{"rule":"approved","level":5,"quorum":1,"scopes":["deployment"]}"#)
    #expect(finding.outcome == .violated)
  }

  @Test("an approval before both counts")
  func approvedBefore() throws {
    try world.approve(World.bo)
    try world.end(more: #","backfilled":true,"digests":["\#(World.digest)"]"#)
    try world.begin()
    let finding = try world.finding(#"{"rule":"approved","level":5,"quorum":1,"scopes":["deployment"]}"#)
    #expect(finding.outcome == .satisfied)
  }
}
