import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule personnel-competent")
struct PersonnelCompetentTests {
  let world: World
  private let rule = #"{"rule":"personnel-competent"}"#

  init() throws {
    world = try World()
    try world.given("release.planned", World.release, #"{"class":"normal","services":["payments"]}"#)
  }

  /// A fact that expects level 4.
  @discardableResult
  private func build(by person: PersonID?, _ id: String = "b-1") throws -> Position {
    try world.given(
      "build.finished", World.release,
      #"{"build":"\#(id)","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#,
      by: person)
  }

  private func revoke(_ grant: Position, of person: PersonID, time: Instant? = nil) throws {
    try world.given(
      "authority.revoked", "person/\(person.uuid.text)", #"{"grant":\#(grant.value),"reason":"r"}"#,
      time: time?.rfc3339Milliseconds)
  }

  @Test("who has the level that a record expects is competent, and who has less is not")
  func levels() throws {
    #expect(try world.verdict(rule).positions == [Position(0)])
    try world.grant(World.dee, level: 3)
    let failing = try build(by: World.dee)
    let verdict = try world.verdict(rule)
    #expect(verdict.outcome == .violated && verdict.positions == [failing])
    #expect(verdict.reason.contains("was by somebody without level 4 at that time; 1 of 2 records are such"))
    let grant = try world.grant(World.bo, level: 4)
    try world.given("event.annulled", "ledger", #"{"position":\#(failing.value),"reason":"r"}"#)
    try build(by: World.bo)
    let good = try world.verdict(rule)
    #expect(good.outcome == .satisfied && good.positions == [Position(0), grant])
  }

  @Test("the level that is asked for is the least, and acts are passed over")
  func asked() throws {
    try world.grant(World.bo, level: 5)
    try build(by: World.ana)
    try world.approve(World.bo)
    #expect(try world.outcome(#"{"level":6,"rule":"personnel-competent"}"#) == .satisfied)
    try build(by: World.bo, "b-2")
    #expect(try world.outcome(#"{"level":5,"rule":"personnel-competent"}"#) == .satisfied)
    #expect(try world.outcome(#"{"level":6,"rule":"personnel-competent"}"#) == .violated)
  }

  @Test(
    "authority for another context, package or service is none",
    arguments: [
      #"{"level":6,"contexts":["development"]}"#,
      #"{"level":6,"contexts":["production"],"packages":["web"]}"#,
      #"{"level":6,"contexts":["production"],"services":["web"]}"#,
    ])
  func scope(_ grant: String) throws {
    try world.given("authority.granted", "person/\(World.bo.uuid.text)", grant)
    try build(by: World.bo)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("authority for just this package and service is enough")
  func narrow() throws {
    try world.grant(
      World.bo, level: 4, contexts: ["production"],
      more: #","packages":["payments-api"],"services":["payments","other"]"#)
    try build(by: World.bo)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test("a grant after the record came too late, and one that was revoked after it was in force")
  func order() throws {
    try build(by: World.bo)
    let grant = try world.grant(World.bo, level: 4)
    #expect(try world.outcome(rule) == .violated)
    try world.given("event.annulled", "ledger", #"{"position":2,"reason":"r"}"#)
    try build(by: World.bo, "b-2")
    #expect(try world.outcome(rule) == .satisfied)
    let before = world.now.after(days: -1)
    // A revocation counts where it stands, whatever time it claims.
    try revoke(grant, of: World.bo, time: before)
    #expect(try world.outcome(rule) == .satisfied)
    try build(by: World.bo, "b-3")
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a grant has effect from its beginning up to its end, by when the record was made")
  func time() throws {
    let (from, until) = (world.now.after(seconds: 600), world.now.after(seconds: 1200))
    try world.grant(
      World.bo, level: 4,
      more: #","from":"\#(from.rfc3339Milliseconds)","until":"\#(until.rfc3339Milliseconds)""#)
    func built(at time: Instant) throws -> RuleOutcome {
      world.advance(to: time)
      let position = try build(by: World.bo, "b-\(world.events.count)")
      let outcome = try world.outcome(rule)
      try world.given("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#)
      return outcome
    }
    #expect(try built(at: from.advanced(byMicroseconds: -120_000_000)) == .violated)
    #expect(try built(at: from) == .satisfied)
    #expect(try built(at: until.advanced(byMicroseconds: -1000)) == .satisfied)
  }

  @Test("a grant has no effect at its end")
  func end() throws {
    let until = world.now.after(seconds: 600)
    try world.grant(World.bo, level: 4, more: #","until":"\#(until.rfc3339Milliseconds)""#)
    world.advance(to: until)
    try build(by: World.bo)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a delegated grant was in force while what it comes from was")
  func delegated() throws {
    let source = try world.grant(World.cyd, level: 5)
    let until = world.now.after(days: 9).rfc3339Milliseconds
    let grant = try world.grant(
      World.bo, level: 4, more: #","delegatedFrom":\#(source.value),"until":"\#(until)""#)
    try build(by: World.bo)
    try revoke(source, of: World.cyd)
    let verdict = try world.verdict(rule)
    #expect(verdict.outcome == .satisfied && verdict.positions.contains(grant))
    try build(by: World.bo, "b-2")
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a service account counts as its owner, and without owner as nobody")
  func services() throws {
    func link(_ owner: String) throws {
      try world.given("person.linked", "person/\(World.dee.uuid.text)", #"{"kind":"service"\#(owner)}"#)
    }
    try world.grant(World.bo, level: 4)
    try build(by: World.dee)
    #expect(try world.outcome(rule) == .violated)
    try link(#","owner":"\#(World.bo.text)""#)
    #expect(try world.outcome(rule) == .satisfied)
    try world.given(
      "person.linked", "person/\(World.person(8).uuid.text)",
      #"{"kind":"service","owner":"\#(World.cyd.text)"}"#)
    try build(by: World.person(8), "b-2")
    #expect(try world.verdict(rule).reason.contains("without level 4"))
  }

  @Test("another account of a human counts as the human, and a record by nobody shows nothing")
  func accounts() throws {
    try world.grant(World.bo, level: 4)
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#)
    try world.given(
      "person.link.confirmed", "person/\(World.bo.uuid.text)", #"{"account":"\#(World.dee.text)"}"#,
      by: World.bo)
    try build(by: World.dee)
    #expect(try world.outcome(rule) == .satisfied)
    try build(by: nil, "b-2")
    #expect(try world.verdict(rule).reason.contains("was by nobody who is known"))
  }

  @Test("looked at is what stands before the deployment, and the deployment itself; not what comes after")
  func concerned() throws {
    try build(by: World.ana)
    try world.begin()
    try world.given(
      "verification.finished", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#, by: World.dee)
    #expect(try world.finding(rule).outcome == .satisfied)
    let end = try world.given(
      "deployment.finished", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#, by: World.dee)
    let finding = try world.finding(rule)
    #expect(finding.outcome == .violated && finding.positions == [end])
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-2").positions.count == 2)
  }

  @Test("authority is known from before the deployment, also for what is recorded of it afterwards")
  func known() throws {
    try build(by: World.ana)
    let grant = try world.grant(World.bo, level: 4)
    try world.begin("d-1", by: World.bo)
    try revoke(grant, of: World.bo)
    try world.grant(World.dee, level: 4)
    func end(by person: PersonID) throws -> Position {
      try world.given(
        "deployment.finished", World.release,
        #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#, by: person)
    }
    _ = try end(by: World.bo)
    #expect(try world.finding(rule).outcome == .satisfied)
    let failing = try end(by: World.dee)
    #expect(try world.finding(rule).positions == [failing])
  }

  @Test("authority as it was is told from rows that know more")
  func authority() throws {
    let grant = try world.grant(World.bo, level: 4)
    let (position, time) = (Position(UInt64(world.events.count)), world.now)
    world.advance(days: 1)
    try revoke(grant, of: World.bo)
    let later = try world.grant(World.bo, level: 5)
    let scope = ActScope(contexts: [.production])
    func held(_ authority: Authority<Views>) throws -> Int? {
      try authority.held(by: World.bo, for: scope)?.level
    }
    #expect(try held(Authority(world.views, at: time, before: position)) == 4)
    #expect(try held(Authority(world.views, at: time, before: grant)) == nil)
    #expect(try held(Authority(world.views, at: time)) == nil)
    #expect(try held(Authority(world.views, at: world.now, before: later)) == nil)
    #expect(try held(Authority(world.views, at: world.now)) == 5)
  }
}
