import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule approved")
struct ApprovedTests {
  let world: World

  init() throws {
    world = try World()
    try world.built()
    for person in [World.bo, World.cyd, World.dee] { try world.grant(person, level: 5) }
  }

  private func link(_ person: PersonID, _ accounts: [PersonID] = []) throws {
    let list =
      accounts.isEmpty ? "" : #","accounts":[\#(accounts.map { "\"\($0.text)\"" }.joined(separator: ","))]"#
    try world.given("person.linked", "person/\(person.uuid.text)", #"{"kind":"human"\#(list)}"#)
  }

  private func refuse(_ person: PersonID) throws {
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    try world.given(
      "approval.refused", World.release,
      #"{"scope":"deployment","reason":"no","plan":\#(plan),"digests":["\#(World.digest)"]}"#, by: person)
  }

  @Test("one approval is enough without a quorum, and of each human the latest word counts")
  func latestWord() throws {
    let rule = #"{"rule":"approved"}"#
    #expect(try world.outcome(rule) == .violated)
    let approval = try world.approve(World.bo)
    let good = try world.verdict(rule)
    #expect(good.outcome == .satisfied && good.positions == [approval])
    try refuse(World.dee)
    #expect(try world.verdict(rule).reason == "deployment: a refusal stands: no")
    try world.approve(World.dee)
    #expect(try world.outcome(rule) == .satisfied)
    try refuse(World.bo)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a withdrawn approval does not count, nor one after the line, nor one that ratifies")
  func doesNotCount() throws {
    let rule = #"{"rule":"approved"}"#
    let approval = try world.approve(World.bo)
    #expect(try world.verdict(rule, line: approval).outcome == .violated)
    try world.given(
      "approval.withdrawn", World.release, #"{"approval":\#(approval.value),"reason":"r"}"#, by: World.bo)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a quorum counts linked humans, not accounts")
  func quorum() throws {
    let rule = #"{"quorum":2,"rule":"approved"}"#
    try world.approve(World.bo)
    try world.approve(World.dee)
    #expect(try world.verdict(rule).reason.contains("linked to no human"))
    try link(World.bo)
    #expect(try world.outcome(rule) == .violated)
    try link(World.dee)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test("two accounts of one human are one approval")
  func oneHuman() throws {
    try link(World.bo, [World.dee])
    try world.approve(World.bo)
    try world.approve(World.dee)
    #expect(try world.outcome(#"{"quorum":2,"rule":"approved"}"#) == .violated)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .satisfied)
  }

  @Test("an approval of a scope that was changed, or of other artifacts, does not count")
  func stale() throws {
    let rule = #"{"rule":"approved"}"#
    try world.approve(World.bo)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-2","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.otherDigest)"}]}"#
    )
    #expect(try world.verdict(rule).reason.contains("is of something else than"))
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    // What is said of packages afterwards makes an approval cover no more than it did.
    #expect(try world.verdict(rule).reason.contains("is of something else than"))
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":1,"digests":["\#(World.otherDigest)"]}"#, by: World.bo)
    #expect(try world.outcome(rule) == .satisfied)
    try world.given("release.scope.changed", World.release, #"{"reason":"more"}"#)
    #expect(try world.verdict(rule).reason.contains("is of a plan that was changed since"))
  }

  @Test("the level is asked again when the deployment begins")
  func level() throws {
    let grant = try world.grant(World.person(5), level: 5)
    try world.approve(World.person(5))
    #expect(try world.outcome(#"{"level":5,"rule":"approved"}"#) == .satisfied)
    #expect(try world.outcome(#"{"level":6,"rule":"approved"}"#) == .violated)
    try world.given(
      "authority.revoked", "person/\(World.person(5).uuid.text)", #"{"grant":\#(grant.value),"reason":"r"}"#)
    #expect(try world.verdict(#"{"rule":"approved"}"#).reason.contains("by somebody without level 5 now"))
  }

  @Test(
    "an approver is no author of what is deployed; and where a duty's holder is not known, nothing is shown")
  func separate() throws {
    for person in [World.bo, World.cyd] { try link(person) }
    try world.approve(World.bo)
    #expect(try world.outcome(#"{"rule":"approved","separate":["requester"]}"#) == .satisfied)
    #expect(
      try world.verdict(#"{"rule":"approved","separate":["initiator"]}"#).reason.contains("who is not known"))
    #expect(try world.outcome(#"{"rule":"approved","separate":["author"]}"#) == .violated)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-3","outcome":"succeeded","backfilled":true,"commits":[{"id":"c","authors":["\#(World.dee.text)"]}],"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#
    )
    #expect(
      try world.verdict(#"{"rule":"approved","separate":["author"]}"#).reason.contains("linked to no human"))
    try link(World.dee)
    #expect(try world.outcome(#"{"rule":"approved","separate":["author"]}"#) == .satisfied)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-4","outcome":"succeeded","backfilled":true,"commits":[{"id":"d","authors":["\#(World.bo.text)"]}],"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#
    )
    #expect(
      try world.verdict(#"{"rule":"approved","separate":["author"]}"#).reason.contains("is by the author"))
  }

  @Test("who wrote a commit is told once, and a build names it by its id")
  func authorsByID() throws {
    for person in [World.bo, World.cyd] { try link(person) }
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-5","outcome":"succeeded","backfilled":true,"commits":[{"id":"e"}],"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#
    )
    try world.approve(World.bo)
    #expect(try world.outcome(#"{"rule":"approved","separate":["author"]}"#) == .violated)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-6","outcome":"succeeded","backfilled":true,"commits":[{"id":"e","authors":["\#(World.cyd.text)"]}],"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#
    )
    #expect(try world.outcome(#"{"rule":"approved","separate":["author"]}"#) == .satisfied)
  }

  @Test("an approval for another environment or scope does not count, and each scope that is asked for does")
  func scopes() throws {
    func approve(_ scope: String, _ environment: String?, by person: PersonID) throws {
      let place = environment.map { #","environment":"\#($0)""# } ?? ""
      try world.given(
        "approval.given", World.release,
        #"{"scope":"\#(scope)","plan":1,"digests":["\#(World.digest)"]\#(place)}"#, by: person)
    }
    try approve("deployment", "production/us", by: World.bo)
    try approve("test", nil, by: World.bo)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .violated)
    try approve("deployment", nil, by: World.bo)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .satisfied)
    #expect(try world.outcome(#"{"rule":"approved","scopes":["deployment","plan"]}"#) == .violated)
    try approve("plan", nil, by: World.dee)
    #expect(try world.outcome(#"{"rule":"approved","scopes":["deployment","plan"]}"#) == .satisfied)
  }

  @Test(
    "a refusal for another environment stands in nobody's way, and one of the same does, though others approve")
  func refusals() throws {
    try world.given(
      "approval.refused", World.release,
      #"{"scope":"deployment","environment":"production/us","reason":"no","plan":1}"#, by: World.dee)
    try world.approve(World.bo)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .satisfied)
    try refuse(World.dee)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .violated)
  }

  @Test("what ratifies an override approves nothing")
  func ratifies() throws {
    let until = world.now.after(days: 1).rfc3339Milliseconds
    let override = try world.given(
      "override.declared", World.release,
      #"{"rules":["approved"],"environment":"\#(World.environment)","digests":["\#(World.digest)"],"plan":1,"reason":"r","until":"\#(until)"}"#
    )
    try world.given("person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human"}"#)
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":1,"digests":["\#(World.digest)"],"ratifies":\#(override.value)}"#,
      by: World.bo)
    #expect(try world.outcome(#"{"rule":"approved"}"#) == .violated)
  }

  @Test("an approval of a plan that is annulled does not count")
  func annulledPlan() throws {
    try world.approve(World.bo)
    try world.given("event.annulled", "ledger", #"{"position":1,"reason":"r"}"#)
    #expect(try world.verdict(#"{"rule":"approved"}"#).reason.contains("is of a plan that was changed since"))
  }

  @Test("an approver has not set the deployment going, and who has is to be known")
  func deployer() throws {
    for person in [World.bo, World.dee] { try link(person) }
    try world.approve(World.bo)
    try world.begin("d-1", by: World.bo)
    try world.begin("d-2", by: World.dee)
    try world.begin("d-3", by: nil)
    let rule = #"{"rule":"approved","separate":["deployer"]}"#
    #expect(try world.finding(rule, of: "d-1").reason.contains("is by the deployer"))
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
    #expect(try world.finding(rule, of: "d-3").reason.contains("who is not known"))
    // At a gate nobody has deployed yet.
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test("the level is held in the environment's context, and as it stood before the deployment")
  func stood() throws {
    try world.approve(World.bo)
    try world.begin("d-1")
    let revocation = #"{"grant":\#(try grantOfBo()),"reason":"r"}"#
    try world.given("authority.revoked", "person/\(World.bo.uuid.text)", revocation)
    try world.begin("d-2")
    #expect(try world.finding(#"{"rule":"approved"}"#, of: "d-1").outcome == .satisfied)
    #expect(try world.finding(#"{"rule":"approved"}"#, of: "d-2").outcome == .violated)
  }

  private func grantOfBo() throws -> UInt64 {
    try #require(world.views.person(World.bo)?.grants.first).position.value
  }
}
