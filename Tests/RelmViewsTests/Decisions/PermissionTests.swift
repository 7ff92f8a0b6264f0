import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("Approvals, authorisations, waivers, overrides and escalations")
struct PermissionTests {
  private let world: World
  private let plan: Position

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 6)
    plan = try world.built()
  }

  private func pinned(_ members: String, plan: Position? = nil, digest: String = World.digest) -> String {
    #"{\#(members),"plan":\#((plan ?? self.plan).value),"digests":["\#(digest)"]}"#
  }

  private func when(_ type: String, _ data: String, by actor: PersonID = World.bo) throws -> Refusal? {
    try world.when(type, World.release, data, by: actor)
  }

  @discardableResult
  private func given(_ type: String, _ data: String, by actor: PersonID = World.bo) throws -> Position {
    try world.given(type, World.release, data, by: actor)
  }

  @Test("an approval names the plan and the artifacts that it covers, and only those that are there")
  func approvalsArePinned() throws {
    #expect(try when("approval.given", pinned(#""scope":"deployment""#)) == nil)
    #expect(try when("approval.given", #"{"scope":"deployment"}"#)?.pointer == "/data/plan")
    #expect(
      try when("approval.given", #"{"scope":"deployment","plan":\#(plan.value)}"#)?.pointer == "/data/digests")
    #expect(
      try when("approval.given", pinned(#""scope":"deployment""#, digest: World.otherDigest))?.pointer
        == "/data/digests/0")
    #expect(try when("approval.given", #"{"scope":"plan","plan":\#(plan.value)}"#) == nil)
  }

  @Test("after a change of scope the old plan cannot be approved, and the approval of it is stale")
  func scopeChanges() throws {
    let approval = try given("approval.given", pinned(#""scope":"deployment""#))
    let row = { try self.world.views.approval("payments-api", "1.0", ApprovalID.at(approval)) }
    let release = { try self.world.views.release("payments-api", "1.0") }
    #expect(try row()?.staleness(given: release()) == nil)
    #expect(try release()?.stage == .approved)
    let change = try given("release.scope.changed", #"{"reason":"more"}"#)
    #expect(try row()?.staleness(given: release())?.contains("\(change.value)") == true)
    #expect(try release()?.stage != .approved)
    #expect(try when("approval.given", pinned(#""scope":"deployment""#))?.pointer == "/data/plan")
    #expect(try when("approval.given", pinned(#""scope":"deployment""#, plan: change)) == nil)
  }

  @Test("another build makes an approval stale")
  func anotherBuild() throws {
    let approval = try given("approval.given", pinned(#""scope":"deployment""#))
    try given("build.started", #"{"build":"b-2"}"#)
    try given(
      "build.finished",
      #"{"build":"b-2","outcome":"succeeded","artifacts":[{"name":"api","digest":"\#(World.otherDigest)"}]}"#)
    let row = try world.views.approval("payments-api", "1.0", ApprovalID.at(approval))
    #expect(try row?.staleness(given: world.views.release("payments-api", "1.0"))?.contains("0b0b") == true)
  }

  @Test("nobody approves what they have asked for, by whichever account")
  func requesterDoesNotApprove() throws {
    try world.grant(World.cyd, level: 5)
    #expect(try when("approval.given", pinned(#""scope":"deployment""#), by: World.cyd)?.code == .notAuthorised)
    try world.given(
      "person.linked", "person/\(World.cyd.uuid.text)", #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#)
    #expect(try when("approval.given", pinned(#""scope":"deployment""#), by: World.dee)?.code == .notAuthorised)
  }

  @Test("an approval is withdrawn by who gave it, once")
  func withdrawal() throws {
    let approval = try given("approval.given", pinned(#""scope":"deployment""#))
    let data = #"{"approval":\#(approval.value),"reason":"r"}"#
    #expect(try when("approval.withdrawn", data, by: World.ana)?.code == .notAuthorised)
    try given("approval.withdrawn", data)
    #expect(try when("approval.withdrawn", data)?.code == .contradiction)
    #expect(
      try when("approval.withdrawn", #"{"approval":\#(plan.value),"reason":"r"}"#, by: World.bo)?.code
        == .contradiction)
    #expect(try world.views.release("payments-api", "1.0")?.approvals?.latest.isEmpty == true)
  }

  @Test("a release that is withdrawn or superseded is approved no more, and ends once")
  func endings() throws {
    try given("release.withdrawn", #"{"reason":"r"}"#)
    for (type, data) in [
      ("approval.given", pinned(#""scope":"deployment""#)), ("release.closed", #"{"outcome":"successful"}"#),
      (
        "override.declared",
        pinned(#""rules":["approved"],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z""#)
      ),
      ("release.scope.changed", #"{"reason":"r"}"#),
    ] { #expect(try when(type, data)?.reason.contains("withdrawn") == true, "\(type)") }
    // What happened before and is told late could be true.
    #expect(
      try world.when(
        "release.scope.changed", World.release, #"{"reason":"r"}"#, by: World.bo, time: "2026-11-21T00:00:00Z")
        == nil)
    #expect(try world.views.release("payments-api", "1.0")?.stage == .withdrawn)
  }

  @Test("an authorisation is asked of level 6, decided once, and never by who asked")
  func authorisation() throws {
    let request = pinned(#""authorisation":"a","activity":"x","reason":"r","of":"\#(World.bo.text)""#)
    let toDee = pinned(#""authorisation":"a","activity":"x","reason":"r","of":"\#(World.dee.text)""#)
    #expect(try when("authorisation.requested", toDee)?.pointer == "/data/of")
    let grant = pinned(#""authorisation":"a""#)
    #expect(try when("authorisation.granted", grant)?.code == .contradiction)
    try given("authorisation.requested", request, by: World.ana)
    #expect(try when("authorisation.requested", request)?.code == .contradiction)
    #expect(try when("authorisation.granted", grant, by: World.ana)?.code == .notAuthorised)
    #expect(
      try when("authorisation.granted", pinned(#""authorisation":"a","until":"2020-01-01T00:00:00Z""#))?.pointer
        == "/data/until")
    try given("authorisation.granted", grant)
    #expect(try when("authorisation.refused", #"{"authorisation":"a","reason":"r"}"#)?.code == .contradiction)
    #expect(
      try world.views.obligation(.release(package: "payments-api", version: "1.0"), .authorisation, "a")?.done
        != nil)
  }

  @Test("a waiver expires, is never retroactive, and does not come from whom it excuses")
  func waivers() throws {
    func waiver(_ more: String) -> String {
      #"{"waiver":"w","rule":"validated","reason":"r","control":"c"\#(more)}"#
    }
    let until = #","until":"2027-01-01T00:00:00Z""#
    #expect(throws: DecodingFailure.self) { _ = try when("waiver.granted", waiver("")) }
    #expect(try when("waiver.granted", waiver(#","until":"2020-01-01T00:00:00Z""#))?.pointer == "/data/until")
    #expect(
      try when("waiver.granted", waiver(until + #","from":"2026-01-01T00:00:00Z""#))?.pointer == "/data/from")
    #expect(
      try when("waiver.granted", waiver(until + #","excuses":["\#(World.bo.text)"]"#))?.code == .notAuthorised)
    try world.grant(World.cyd, level: 6)
    #expect(try when("waiver.granted", waiver(until), by: World.cyd)?.code == .notAuthorised)
    try given("waiver.granted", waiver(until))
    #expect(try when("waiver.granted", waiver(until))?.code == .contradiction)
    try given("waiver.revoked", #"{"waiver":"w","reason":"r"}"#)
    #expect(try when("waiver.revoked", #"{"waiver":"w","reason":"r"}"#)?.code == .contradiction)
  }

  @Test("a policy says who approves, and what cannot be waived")
  func policies() throws {
    let rules = #""rules":[{"rule":"approved","level":6,"quorum":2}],"nonWaivable":["approved"]"#
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production",\#(rules)}}"#)
    try world.grant(World.dee, level: 5)
    #expect(
      try when("approval.given", pinned(#""scope":"deployment""#), by: World.dee)?.reason.contains("level 6")
        == true)
    #expect(try when("approval.given", pinned(#""scope":"deployment""#)) == nil)
    let waiver =
      #"{"waiver":"w","rule":"approved","reason":"r","control":"c","until":"2027-01-01T00:00:00Z"}"#
    #expect(try when("waiver.granted", waiver)?.pointer == "/data/rule")
  }

  private func override(_ more: String = "", of rule: String = "approved") -> String {
    pinned(
      #""rules":["\#(rule)"],"environment":"production","reason":"r","until":"2027-01-01T00:00:00Z"\#(more)"#)
  }

  @Test("who a freeze names may break it, without other authority")
  func freezeNames() throws {
    #expect(try when("override.declared", override(), by: World.dee)?.code == .notAuthorised)
    #expect(try when("override.declared", override(#","freeze":"f""#))?.pointer == "/data/freeze")
    try world.given(
      "freeze.declared", "environment/production",
      #"{"freeze":"f","from":"2026-11-01T00:00:00Z","until":"2027-12-02T00:00:00Z","reason":"r","mayOverride":["\#(World.dee.text)"]}"#
    )
    #expect(try when("override.declared", override(#","freeze":"f""#, of: "not-frozen"), by: World.dee) == nil)
    #expect(try when("override.declared", override(of: "not-frozen"), by: World.dee)?.code == .notAuthorised)
  }

  @Test("an override is used once, and is due until somebody else ratifies it and a review has looked at it")
  func overrides() throws {
    let declared = try given("override.declared", override())
    let row = { try self.world.views.approval("payments-api", "1.0", ApprovalID.at(declared)) }
    func open() throws -> [ObligationRow.Kind] {
      try [.overrideRatification, .overrideReview].filter { kind in
        try world.views.obligation(
          .release(package: "payments-api", version: "1.0"), kind, "\(declared.value)")?.done == nil
      }
    }
    try given(
      "deployment.started", #"{"deployment":"d","environment":"production","override":\#(declared.value)}"#)
    #expect(try row()?.used != nil)
    #expect(try open() == [.overrideRatification, .overrideReview])
    let ratification = pinned(#""scope":"deployment","ratifies":\#(declared.value)"#)
    #expect(try when("approval.given", ratification)?.code == .notAuthorised)
    try world.known(World.ana)
    try given("approval.given", ratification, by: World.ana)
    #expect(try row()?.ratifiedBy == World.ana)
    #expect(try open() == [.overrideReview])
    try given("review.opened", #"{"review":"r","scope":"s"}"#)
    try given("review.closed", #"{"review":"r","outcome":"successful","overrides":[\#(declared.value)]}"#)
    #expect(try open() == [])
    let unknown = pinned(#""scope":"deployment","ratifies":\#(plan.value)"#)
    #expect(try when("approval.given", unknown, by: World.ana)?.pointer == "/data/ratifies")
  }

  @Test("an escalation goes to level 6, and is resolved once")
  func escalations() throws {
    func raised(to person: PersonID) -> String {
      #"{"escalation":"e","to":"\#(person.text)","severity":"high","topic":"t","due":"2026-11-23T00:00:00Z"}"#
    }
    #expect(try when("escalation.resolved", #"{"escalation":"e","decision":"d"}"#)?.code == .contradiction)
    #expect(try when("escalation.raised", raised(to: World.dee), by: World.dee)?.pointer == "/data/to")
    try given("escalation.raised", raised(to: World.bo), by: World.dee)
    let due = try #require(
      try world.views.obligation(.release(package: "payments-api", version: "1.0"), .escalation, "e"))
    #expect(due.owner == World.bo)
    #expect(!due.isOverdue(at: world.now))
    world.advance(days: 2)
    #expect(due.isOverdue(at: world.now))
    #expect(
      try when("escalation.resolved", #"{"escalation":"e","decision":"d"}"#, by: World.dee)?.code
        == .notAuthorised)
    try given("escalation.resolved", #"{"escalation":"e","decision":"d"}"#)
    #expect(try when("escalation.resolved", #"{"escalation":"e","decision":"d"}"#)?.code == .contradiction)
  }
}
