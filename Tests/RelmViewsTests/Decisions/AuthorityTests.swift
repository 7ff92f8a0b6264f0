import RelmDomain
import RelmProof
import RelmTestWorld
import Testing

@Suite("Who may do what")
struct AuthorityTests {
  private let world: World
  private let bo = "person/\(World.bo.uuid.text)"

  init() throws { world = try World() }

  private func freeze(_ environment: String = "production", by actor: PersonID) throws -> Refusal? {
    try world.when(
      "freeze.declared", "environment/\(environment)",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#, by: actor)
  }

  @Test("the owner may do everything, and nobody else anything, until it is granted")
  func ownerAlone() throws {
    #expect(try freeze(by: World.ana) == nil)
    let refusal = try #require(try freeze(by: World.bo))
    #expect(refusal.code.exitStatus == 77)
    #expect(refusal.reason.contains("level 6 in production"))
    #expect(refusal.reason.contains(World.bo.text))
    #expect(refusal.advice.contains(World.ana.text))
    try world.grant(World.bo, level: 6)
    #expect(try freeze(by: World.bo) == nil)
  }

  @Test("a lower level is not enough, and the refusal says which is held")
  func levels() throws {
    try world.grant(World.bo, level: 5)
    #expect(try freeze(by: World.bo)?.reason.contains("has level 5") == true)
  }

  @Test("authority for development does not reach to production, nor to what is not registered")
  func contexts() throws {
    try world.grant(World.bo, level: 6, contexts: ["development"])
    #expect(try freeze("staging", by: World.bo)?.code == .notAuthorised)
    try world.given("environment.registered", "environment/staging", #"{"context":"development"}"#)
    #expect(try freeze("staging", by: World.bo) == nil)
    try world.given("environment.retired", "environment/staging", #"{"reason":"gone"}"#)
    #expect(try freeze("staging", by: World.bo)?.code == .notAuthorised)
  }

  @Test("authority for a package or a service reaches no further")
  func limits() throws {
    let plan = try world.built()
    func approve(by actor: PersonID) throws -> Refusal? {
      try world.when(
        "approval.given", World.release,
        #"{"scope":"deployment","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#, by: actor)
    }
    try world.grant(World.bo, level: 5, more: #","packages":["web"]"#)
    #expect(try approve(by: World.bo)?.code == .notAuthorised)
    try world.grant(World.dee, level: 5, more: #","packages":["payments-api"]"#)
    #expect(try approve(by: World.dee) == nil)
    // The plan names no service, so that it could touch any.
    let eve = World.person(9)
    try world.grant(eve, level: 5, more: #","services":["payments"]"#)
    #expect(try approve(by: eve)?.code == .notAuthorised)
  }

  @Test("a grant counts from its time on and until its end, never before it was recorded")
  func times() throws {
    try world.grant(
      World.bo, level: 6, more: #","from":"2020-01-01T00:00:00Z","until":"2026-11-30T00:00:00Z""#)
    #expect(try freeze(by: World.bo) == nil)
    world.advance(days: 30)
    #expect(try freeze(by: World.bo)?.code == .notAuthorised)
    try world.grant(World.dee, level: 6, more: #","from":"2027-01-20T00:00:00Z""#)
    #expect(try freeze(by: World.dee)?.code == .notAuthorised)
    world.advance(days: 60)
    #expect(try freeze(by: World.dee) == nil)
  }

  @Test("only levels 3 to 6 exist", arguments: [0, 1, 2, 7])
  func onlyFourLevels(level: Int) {
    #expect(throws: DecodingFailure.self) {
      _ = try world.when("authority.granted", bo, World.grantData(level))
    }
  }

  @Test("nobody grants themselves, not by another account of theirs either")
  func notOneself() throws {
    let ana = "person/\(World.ana.uuid.text)"
    #expect(try world.when("authority.granted", ana, World.grantData(4))?.code == .notAuthorised)
    try world.grant(World.bo, level: 6)
    try world.given(
      "person.linked", ana, #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#, by: World.bo)
    let dee = "person/\(World.dee.uuid.text)"
    #expect(try world.when("authority.granted", dee, World.grantData(4))?.reason.contains("themselves") == true)
  }

  @Test("the last level 6 that stands is neither revoked nor annulled")
  func lastStanding() throws {
    let ana = "person/\(World.ana.uuid.text)"
    let revocation = #"{"grant":0,"reason":"r"}"#
    #expect(try world.when("authority.revoked", ana, revocation)?.code == .contradiction)
    // Neither what ends nor what is limited nor what is delegated stands in for it.
    try world.grant(World.cyd, level: 6, more: #","until":"2030-01-01T00:00:00Z""#)
    try world.grant(World.dee, level: 6, contexts: ["production"])
    #expect(try world.when("authority.revoked", ana, revocation)?.code == .contradiction)
    let grant = try world.grant(World.bo, level: 6)
    #expect(try world.when("authority.revoked", ana, revocation) == nil)
    try world.given("authority.revoked", ana, revocation, by: World.bo)
    let annulment = #"{"position":\#(grant.value),"reason":"r"}"#
    #expect(try world.when("event.annulled", "ledger", annulment, by: World.bo)?.code == .contradiction)
    #expect(try freeze(by: World.ana)?.code == .notAuthorised)
  }

  @Test("an annulled revocation that is annulled again may not take the last one")
  func lastStandingThroughAnnulments() throws {
    let bo = try world.grant(World.bo, level: 6)
    let revoked = try world.given(
      "authority.revoked", "person/\(World.ana.uuid.text)", #"{"grant":0,"reason":"r"}"#, by: World.bo)
    let annulled = try world.given(
      "event.annulled", "ledger", #"{"position":\#(revoked.value),"reason":"r"}"#, by: World.bo)
    try world.given(
      "authority.revoked", "person/\(World.bo.uuid.text)", #"{"grant":\#(bo.value),"reason":"r"}"#)
    let again = #"{"position":\#(annulled.value),"reason":"r"}"#
    #expect(try world.when("event.annulled", "ledger", again)?.code == .contradiction)
  }

  @Test("a delegation is never wider than what it comes from, ends, and goes no further")
  func delegation() throws {
    let grant = try world.grant(
      World.bo, level: 5, contexts: ["production"],
      more: #","services":["payments"],"until":"2027-06-01T00:00:00Z""#)
    let dee = "person/\(World.dee.uuid.text)"
    func delegate(
      _ level: Int, _ contexts: [String] = ["production"], _ more: String = #","services":["payments"]"#,
      until: String = "2027-01-01"
    ) throws -> Refusal? {
      let data = World.grantData(
        level, contexts, more + #","until":"\#(until)T00:00:00Z","delegatedFrom":\#(grant.value)"#)
      return try world.when("authority.granted", dee, data)
    }
    #expect(try delegate(5) == nil)
    #expect(try delegate(6)?.pointer == "/data/level")
    #expect(try delegate(5, ["development", "production"])?.pointer == "/data/contexts")
    #expect(try delegate(5, ["production"], "")?.pointer == "/data/services")
    #expect(try delegate(5, ["production"], #","services":["web"]"#)?.pointer == "/data/services")
    #expect(try delegate(5, until: "2027-07-01")?.pointer == "/data/until")
    let endless = World.grantData(
      5, ["production"], #","services":["payments"],"delegatedFrom":\#(grant.value)"#)
    #expect(try world.when("authority.granted", dee, endless)?.pointer == "/data/until")

    let more = #","services":["payments"],"until":"2027-01-01T00:00:00Z","delegatedFrom":\#(grant.value)"#
    let delegated = try world.grant(World.dee, level: 5, contexts: ["production"], more: more)
    let onward = World.grantData(
      4, ["production"],
      #","services":["payments"],"until":"2026-12-31T00:00:00Z","delegatedFrom":\#(delegated.value)"#)
    #expect(
      try world.when("authority.granted", "person/\(World.cyd.uuid.text)", onward)?.pointer
        == "/data/delegatedFrom")
  }

  @Test("a delegation falls with what it comes from, and when its time is over")
  func delegationFalls() throws {
    let grant = try world.grant(World.bo, level: 6)
    let more = #","until":"2026-12-15T00:00:00Z","delegatedFrom":\#(grant.value)"#
    try world.grant(World.dee, level: 6, more: more)
    #expect(try freeze(by: World.dee) == nil)
    // Delegated authority hands nothing on.
    #expect(
      try world.when("authority.granted", "person/\(World.cyd.uuid.text)", World.grantData(3), by: World.dee)?
        .code == .notAuthorised)
    let revocation = try world.given("authority.revoked", bo, #"{"grant":\#(grant.value),"reason":"r"}"#)
    #expect(try freeze(by: World.dee)?.code == .notAuthorised)
    try world.given("event.annulled", "ledger", #"{"position":\#(revocation.value),"reason":"r"}"#)
    #expect(try freeze(by: World.dee) == nil)
    world.advance(days: 40)
    #expect(try freeze(by: World.dee)?.code == .notAuthorised)
    #expect(try freeze(by: World.bo) == nil)
  }

  @Test("a service account has an owner, is granted nothing and performs no acts")
  func serviceAccounts() throws {
    #expect(try world.when("person.linked", bo, #"{"kind":"service"}"#)?.pointer == "/data/owner")
    try world.given("person.linked", bo, #"{"kind":"service","owner":"\#(World.cyd.text)"}"#)
    #expect(try world.when("authority.granted", bo, World.grantData(6))?.code == .contradiction)
    let refusal = try freeze(by: World.bo)
    #expect(refusal?.code == .notAuthorised)
    #expect(refusal?.advice.contains(World.cyd.text) == true)
    // Its facts are as good as anybody's.
    #expect(try world.when("build.started", World.release, #"{"build":"b"}"#, by: World.bo) == nil)
    #expect(
      try world.when(
        "person.linked", "person/\(World.dee.uuid.text)", #"{"kind":"service","owner":"\#(World.bo.text)"}"#)?
        .pointer
        == "/data/owner")
  }

  @Test("accounts of one human have one authority, and are linked to one only")
  func linkedAccounts() throws {
    try world.given("person.linked", bo, #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#)
    try world.grant(World.bo, level: 6)
    try world.given("person.link.confirmed", bo, #"{"account":"\#(World.dee.text)"}"#, by: World.bo)
    #expect(try freeze(by: World.dee) == nil)
    let cyd = "person/\(World.cyd.uuid.text)"
    #expect(
      try world.when("person.linked", cyd, #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#)?.code
        == .contradiction)
    #expect(
      try world.when("person.linked", cyd, #"{"kind":"human","accounts":["\#(World.bo.text)"]}"#)?.code
        == .contradiction)
  }
}
