import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Whoever plans the first release of a package would choose its services, and with them who approves it and what it is asked.
@Suite("A package of which nobody with authority has said anything")
struct NewPackageTests {
  private let world: World
  private let stranger = World.dee
  private static let place = "production/eu"
  private static let toy = #","services":["toy"]"#
  private static let payments = #","services":["payments"]"#

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5, more: #","services":["toy"]"#)
    try adopt("general", #"{"rule":"planned"}"#)
    try adopt("strict", #"{"rule":"designed"}"#, for: "payments")
  }

  private func adopt(_ id: String, _ rule: String, for service: String? = nil) throws {
    let scope = service.map { #","appliesTo":{"services":["\#($0)"]}"# } ?? ""
    try world.given(
      "policy.adopted", "policy/\(id)",
      #"{"document":{"id":"\#(id)","version":"1","title":"t","context":"production"\#(scope),"rules":[\#(rule)]}}"#
    )
  }

  private func plan(_ version: String, _ services: String, by actor: PersonID?) throws {
    try world.given(
      "release.planned", "release/payments-api/\(version)", #"{"class":"normal"\#(services)}"#, by: actor)
  }

  private func pinned(_ version: String) throws -> String {
    try "\(#require(world.views.release("payments-api", version)?.plan?.scope.position.value))"
  }

  private func approval(of version: String, by actor: PersonID) throws -> Refusal? {
    let data = #"{"scope":"deployment","plan":\#(try pinned(version))}"#
    return try world.when("approval.given", "release/payments-api/\(version)", data, by: actor)
  }

  private func gate(_ version: String = "1.0") throws -> GateDecided {
    try Gate.judge(
      package: "payments-api", version: version, environment: Self.place,
      events: world.counting(of: world.events.count).filter {
        $0.subject == .release(package: "payments-api", version: version)
      }, given: world.views, size: world.events.count, at: world.now
    ).decided
  }

  @Test(
    "authority for some services does not reach it, whatever its planner names, and the refusal says what helps"
  )
  func authority() throws {
    try plan("1.0", Self.toy, by: stranger)
    let refusal = try #require(try approval(of: "1.0", by: World.bo))
    #expect(refusal.code == .notAuthorised)
    #expect(refusal.advice.contains("release.scope.changed --subject release/payments-api/1.0 services=…"))
    #expect(try approval(of: "1.0", by: World.ana) == nil)
  }

  @Test(
    "an approval of somebody with authority for some services does not count either, should one stand there")
  func standing() throws {
    try plan("1.0", Self.toy, by: stranger)
    try adopt("approved", #"{"rule":"approved"}"#)
    try world.smuggled(
      "approval.given", World.release, #"{"scope":"deployment","plan":\#(try pinned("1.0"))}"#, by: World.bo)
    let finding = try #require(try gate().findings.first { $0.rule == .approved })
    #expect(finding.outcome == .violated && finding.reason.contains("for all services"))
  }

  @Test("the policies and freezes of every service are about it, and the gate says what helps")
  func everything() throws {
    try adopt("frozen", #"{"rule":"not-frozen"}"#)
    try plan("1.0", Self.toy, by: stranger)
    try world.given(
      "freeze.declared", "environment/\(Self.place)",
      #"{"freeze":"f","from":"2026-11-22T00:00:00Z","until":"2027-01-01T00:00:00Z","reason":"r","services":["payments"]}"#
    )
    let decision = try gate()
    #expect(decision.policies.map(\.policy) == ["frozen", "general", "strict"])
    #expect(decision.freezes == ["f"] && decision.outcome == .closed)
    #expect(decision.reason.contains("relm record release.scope.changed --subject release/payments-api/1.0"))
    try world.given("release.scope.changed", World.release, #"{"reason":"r"\#(Self.toy)}"#, by: World.bo)
    #expect(try gate().policies.map(\.policy) == ["frozen", "general"] && gate().outcome == .open)
  }

  @Test("a service that makes releases critical makes it critical")
  func critical() throws {
    try plan("1.0", Self.toy, by: stranger)
    let marks = #","criticalWhen":{"services":["payments"]}"#
    func outcome() throws -> RuleOutcome {
      try world.begin(by: World.ana)
      return try world.finding(#"{"rule":"authorised"}"#, marks).outcome
    }
    #expect(try outcome() == .violated)
  }

  @Test("a policy for a service that only a stranger has named lets nothing into production")
  func ungoverned() throws {
    try world.given("policy.retired", "policy/general", #"{"reason":"r"}"#)
    try adopt("lax", #"{"rule":"planned"}"#, for: "toy")
    try plan("1.0", Self.toy, by: stranger)
    #expect(try gate().outcome == .closed && gate().policies.isEmpty)
    try world.begin(by: stranger)
    #expect(try world.report().map(\.governance) == [.ungoverned])
    try plan("2.0", Self.toy, by: World.bo)
    #expect(try gate().outcome == .open)
  }

  @Test("… nor where the package is known to concern another service")
  func added() throws {
    try world.given("policy.retired", "policy/general", #"{"reason":"r"}"#)
    try adopt("lax", #"{"rule":"planned"}"#, for: "toy")
    try plan("0.1", #","services":["ledger"]"#, by: World.ana)
    try plan("1.0", #","services":["ledger","toy"]"#, by: stranger)
    #expect(try gate().outcome == .closed)
  }

  @Test(
    "who has level 5 for the services that they name says what it concerns, by planning a release or changing a scope",
    arguments: [true, false])
  func said(byPlanning: Bool) throws {
    try plan("1.0", Self.toy, by: stranger)
    if byPlanning {
      try plan("1.1", Self.toy, by: World.bo)
    } else {
      try world.given("release.scope.changed", World.release, #"{"reason":"r"\#(Self.toy)}"#, by: World.bo)
    }
    #expect(try approval(of: "1.0", by: World.bo) == nil)
    #expect(try gate().policies.map(\.policy) == ["general"])
  }

  @Test("who approves a release, with authority for all, vouches for the services of its plan")
  func approved() throws {
    try plan("1.0", Self.toy, by: stranger)
    try world.given(
      "approval.given", World.release, #"{"scope":"deployment","plan":\#(try pinned("1.0"))}"#)
    try plan("1.1", Self.toy, by: stranger)
    #expect(try approval(of: "1.1", by: World.bo) == nil)
    let position = UInt64(world.events.count - 2)
    try world.given("event.annulled", "ledger", #"{"position":\#(position),"reason":"r"}"#)
    #expect(try approval(of: "1.1", by: World.bo)?.code == .notAuthorised)
  }

  @Test("a release that somebody with authority plans without services leaves authority asked for all of them")
  func none() throws {
    try plan("1.0", "", by: World.ana)
    try plan("1.1", Self.toy, by: stranger)
    #expect(try approval(of: "1.1", by: World.bo)?.code == .notAuthorised)
    // No service in particular: what is about some is not about it, but where it names them.
    #expect(try gate("1.1").policies.map(\.policy) == ["general"])
  }

  @Test("that a stranger deployed it with success says nothing for it")
  func deployed() throws {
    try plan("1.0", Self.toy, by: stranger)
    try world.begin(by: stranger)
    try world.end()
    try plan("1.1", Self.toy, by: stranger)
    #expect(try approval(of: "1.1", by: World.bo)?.code == .notAuthorised)
  }

  @Test("what strangers planned of it blocks nothing once somebody with authority has said what it concerns")
  func unblocked() throws {
    try plan("0.1", Self.payments, by: stranger)
    try plan("0.2", #","services":["far-off"]"#, by: stranger)
    try plan("1.0", Self.toy, by: World.bo)
    #expect(try gate().policies.map(\.policy) == ["general"])
    #expect(try approval(of: "1.0", by: World.bo) == nil)
  }
}
