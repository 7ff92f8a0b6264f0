import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// One rule says who may undo what, followed through chains.
@Suite("Who may undo what")
struct UndoingTests {
  private let world: World
  /// Had no hand in anything, and has level 6.
  private static let judge = World.person(50)
  private static let author = World.person(51)
  private static let other = World.person(52)

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd, World.dee, Self.judge, Self.author] {
      try world.grant(person, level: 6)
    }
  }

  private func annul(_ position: Position, by actor: PersonID) throws -> Refusal? {
    try world.when("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#, by: actor)
  }

  @discardableResult
  private func annulled(_ position: Position, by actor: PersonID) throws -> Position {
    try world.given("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#, by: actor)
  }

  private func given(_ type: String, _ data: String, by actor: PersonID) throws -> Position {
    try world.given(type, World.release, data, by: actor)
  }

  /// Cyd answers for a release that Bo requested; the author wrote it.
  private func planned() throws -> Position {
    try given(
      "release.planned",
      #"""
      {"class":"normal","manager":"\#(World.cyd.text)","requestedBy":"\#(World.bo.text)",
       "commits":[{"id":"c1","authors":["\#(Self.author.text)"]}]}
      """#, by: World.dee)
  }

  @Test("whoever had a hand in a release annuls none of its failures, refusals, findings or endings")
  func failures() throws {
    let plan = try planned()
    let told = try [
      given("test.finished", #"{"test":"t","suite":"s","outcome":"failed","backfilled":true}"#, by: Self.other),
      given("approval.refused", #"{"scope":"plan","plan":\#(plan.value),"reason":"r"}"#, by: World.dee),
      given("release.withdrawn", #"{"reason":"r"}"#, by: Self.other),
    ]
    for position in told {
      // Manager, requester, author, and from the refusal on the refuser.
      for hand in [World.cyd, World.bo, Self.author, World.dee] {
        #expect(try annul(position, by: hand)?.code == .notAuthorised, "\(position.value) by \(hand.text)")
      }
      #expect(try annul(position, by: Self.judge) == nil)
    }
  }

  @Test("whom a build names does not annul it, and who merely recorded it does")
  func namedInABuild() throws {
    _ = try planned()
    let build = try given(
      "build.finished",
      #"""
      {"build":"b","outcome":"succeeded","initiator":"\#(World.bo.text)","backfilled":true,
       "commits":[{"id":"c1","authors":["\#(Self.author.text)"]}]}
      """#, by: World.dee)
    #expect(try annul(build, by: Self.author)?.reason.contains("named in it") == true)
    #expect(try annul(build, by: World.bo)?.code == .notAuthorised)
    #expect(try annul(build, by: World.dee) == nil)
  }

  @Test("a manager is one for ever: naming another first does not help")
  func renamedManager() throws {
    _ = try planned()
    let failed = try given(
      "test.finished", #"{"test":"t","suite":"s","outcome":"failed","backfilled":true}"#, by: Self.other)
    _ = try given("release.scope.changed", #"{"reason":"r","manager":"\#(World.dee.text)"}"#, by: Self.judge)
    for manager in [World.cyd, World.dee] { #expect(try annul(failed, by: manager)?.code == .notAuthorised) }
  }

  @Test("a withdrawn approval counts again by nobody's annulment, but by being given again")
  func withdrawnApproval() throws {
    let plan = try planned()
    let approval = try given("approval.given", #"{"scope":"plan","plan":\#(plan.value)}"#, by: World.dee)
    let withdrawn = try given(
      "approval.withdrawn", #"{"approval":\#(approval.value),"reason":"r"}"#, by: World.dee)
    for anybody in [World.ana, Self.judge, World.dee] {
      let refusal = try annul(withdrawn, by: anybody)
      #expect(refusal?.code == .contradiction && refusal?.advice.contains("given anew") == true)
    }
    #expect(
      try world.when("approval.given", World.release, #"{"scope":"plan","plan":\#(plan.value)}"#, by: World.dee)
        == nil)
  }

  @Test("an annulled approval does not come back by annulling the annulment")
  func revivedApproval() throws {
    let plan = try planned()
    let approval = try given("approval.given", #"{"scope":"plan","plan":\#(plan.value)}"#, by: World.dee)
    let first = try annulled(approval, by: Self.judge)
    #expect(try annul(first, by: World.ana)?.reason.contains("an approval would count again") == true)
  }

  @Test("a refusal that an outsider had annulled counts again at anybody's word, and then stays")
  func chains() throws {
    let plan = try planned()
    let refusal = try given(
      "approval.refused", #"{"scope":"plan","plan":\#(plan.value),"reason":"r"}"#, by: World.dee)
    let first = try annulled(refusal, by: Self.judge)
    // It tightens, so that the refuser may say it.
    let second = try annulled(first, by: World.dee)
    #expect(try world.views.counts(refusal))
    // Annulling that once more takes the refusal away again: as if it were annulled itself.
    #expect(try annul(second, by: World.cyd)?.code == .notAuthorised)
    #expect(try annul(second, by: Self.judge) == nil)
  }

  @Test("linked accounts have one hand")
  func linked() throws {
    _ = try planned()
    let failed = try given(
      "test.finished", #"{"test":"t","suite":"s","outcome":"failed","backfilled":true}"#, by: Self.other)
    let alias = World.person(60)
    try world.grant(alias, level: 6)
    #expect(try annul(failed, by: alias) == nil)
    try world.given(
      "person.linked", "person/\(Self.author.uuid.text)", #"{"kind":"human","accounts":["\#(alias.text)"]}"#)
    #expect(try annul(failed, by: alias)?.code == .notAuthorised)
  }

  @Test("a plan is not annulled by those whom it binds")
  func plans() throws {
    let plan = try planned()
    for bound in [World.cyd, World.bo, Self.author] {
      #expect(try annul(plan, by: bound)?.code == .notAuthorised)
    }
    #expect(try annul(plan, by: Self.judge) == nil)
  }

  @Test("whose authority was revoked does not annul the revocation")
  func revocation() throws {
    let grant = try #require(try world.views.person(World.bo)?.grants.first?.position)
    let more = try world.grant(World.bo, level: 6, contexts: ["production"])
    let revoked = try world.given(
      "authority.revoked", "person/\(World.bo.uuid.text)", #"{"grant":\#(more.value),"reason":"r"}"#)
    #expect(grant != more)
    #expect(try annul(revoked, by: World.bo)?.code == .notAuthorised)
    #expect(try annul(revoked, by: World.cyd) == nil)
  }

  @Test("a policy and a freeze are not annulled by who made them")
  func rules() throws {
    let policy = try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#,
      by: World.bo)
    let freeze = try world.given(
      "freeze.declared", "environment/p",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#, by: World.bo
    )
    for position in [policy, freeze] {
      #expect(try annul(position, by: World.bo)?.code == .notAuthorised)
      #expect(try annul(position, by: World.cyd) == nil)
    }
  }

  @Test("who owns a service account has recorded what it has, and has offered what it offers")
  func owned() throws {
    let machine = World.person(53)
    try world.given(
      "person.linked", "person/\(machine.uuid.text)", #"{"kind":"service","owner":"\#(Self.other.text)"}"#,
      by: World.ana)
    try world.grant(Self.other, level: 6)
    try world.known(Self.other)
    _ = try planned()
    let failure = try given(
      "test.finished", #"{"test":"t","suite":"s","outcome":"failed","backfilled":true}"#, by: machine)
    #expect(try annul(failure, by: Self.other)?.reason.contains("owns the account that recorded it") == true)
    #expect(try annul(failure, by: Self.judge) == nil)
    func offer(_ id: String, to party: PersonID) throws -> Refusal? {
      try world.when(
        "handover.offered", World.release,
        #"{"handover":"\#(id)","to":"operations","party":"\#(party.text)"}"#, by: machine)
    }
    #expect(try offer("h", to: Self.other) != nil)
    #expect(try offer("h", to: World.cyd) == nil)
  }

  @Test("annulments of annulments go on for sixteen in a row, and no further")
  func chain() throws {
    var last = try given("activity.recorded", #"{"activity":"a"}"#, by: Self.other)
    for _ in 0..<16 {
      last = try annulled(last, by: Self.judge)
    }
    let refusal = try annul(last, by: Self.judge)
    #expect(refusal?.code == .contradiction && refusal?.reason.contains("16 annulments in a row") == true)
  }
}
