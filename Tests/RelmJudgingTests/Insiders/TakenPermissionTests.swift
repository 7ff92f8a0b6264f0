import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// Overrides, waivers and ratifications that somebody takes for themselves.
@Suite("Permissions that somebody takes")
struct TakenPermissionTests {
  private let world: World
  private let plan: Position

  init() throws {
    world = try World()
    try world.given(
      "freeze.declared", "environment/p",
      #"""
      {"freeze":"f","from":"2026-11-22T00:00:00Z","until":"2026-12-22T00:00:00Z","reason":"r","packages":["payments-api"],
       "mayOverride":["\#(World.bo.text)"]}
      """#)
    plan = try world.built()
  }

  private func override(
    _ rules: String, freeze: String? = "f", on subject: String = World.release, by actor: PersonID = World.bo
  ) throws -> Refusal? {
    let freeze = freeze.map { #","freeze":"\#($0)""# } ?? ""
    let pins = subject == World.release ? #","plan":\#(plan.value),"digests":["\#(World.digest)"]"# : ""
    return try world.when(
      "override.declared", subject,
      #"{"rules":[\#(rules)],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z"\#(freeze)\#(pins)}"#,
      by: actor)
  }

  @Test("whom a freeze names may set aside that freeze, and no other rule")
  func freezeAlone() throws {
    #expect(try override(#""not-frozen""#) == nil)
    #expect(try override(#""not-frozen","approved""#)?.code == .notAuthorised)
    #expect(try override(#""approved""#)?.code == .notAuthorised)
    #expect(try override(#""not-frozen""#, freeze: nil)?.code == .notAuthorised)
    #expect(try override(#""not-frozen""#, by: World.dee)?.code == .notAuthorised)
  }

  @Test("… while it runs, and where it reaches")
  func freezeScope() throws {
    try world.given("release.planned", "release/other/1", #"{"class":"normal"}"#)
    let plan = try #require(try world.views.release("other", "1")?.plan?.planned.position)
    let elsewhere = try world.when(
      "override.declared", "release/other/1",
      #"{"rules":["not-frozen"],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z","freeze":"f","plan":\#(plan.value)}"#,
      by: World.bo)
    #expect(elsewhere?.code == .notAuthorised)
    world.advance(days: 40)
    #expect(try override(#""not-frozen""#)?.code == .notAuthorised)
  }

  @Test("nobody waives a rule for a release that they wrote, built, manage or asked for")
  func waivers() throws {
    let (author, initiator, manager) = (World.person(31), World.person(32), World.person(33))
    for person in [author, initiator, manager, World.cyd, World.dee] { try world.grant(person, level: 6) }
    try world.given("release.scope.changed", World.release, #"{"reason":"r","manager":"\#(manager.text)"}"#)
    try world.given("release.scope.changed", World.release, #"{"reason":"r","manager":"\#(World.bo.text)"}"#)
    try world.given(
      "build.finished", World.release,
      #"""
      {"build":"b-2","outcome":"succeeded","backfilled":true,"initiator":"\#(initiator.text)",
       "commits":[{"id":"c","authors":["\#(author.text)"]}]}
      """#)
    func waive(by actor: PersonID) throws -> Refusal? {
      try world.when(
        "waiver.granted", World.release,
        #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"2027-01-01T00:00:00Z"}"#,
        by: actor)
    }
    // Cyd has asked for the release; the manager was one before somebody else was named.
    for excused in [author, initiator, manager, World.cyd] {
      #expect(try waive(by: excused)?.code == .notAuthorised)
    }
    #expect(try waive(by: World.dee) == nil)
  }

  @Test("an override is ratified by a human who is known to be somebody else")
  func ratification() throws {
    let declared = try world.given(
      "override.declared", World.release,
      #"{"rules":["approved"],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#
    )
    func ratify(by actor: PersonID) throws -> Refusal? {
      try world.when(
        "approval.given", World.release,
        #"{"scope":"deployment","ratifies":\#(declared.value),"plan":\#(plan.value),"digests":["\#(World.digest)"]}"#,
        by: actor)
    }
    try world.grant(World.bo, level: 6)
    try world.grant(World.dee, level: 6)
    #expect(try ratify(by: World.ana)?.code == .notAuthorised)
    // An account that is linked to nobody could be the declarer's.
    #expect(try ratify(by: World.bo)?.reason.contains("linked to no human") == true)
    try world.given("person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human"}"#)
    #expect(try ratify(by: World.bo) == nil)
    try world.given(
      "person.linked", "person/\(World.ana.uuid.text)", #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#,
      by: World.bo)
    #expect(try ratify(by: World.dee)?.code == .notAuthorised)
  }
}
