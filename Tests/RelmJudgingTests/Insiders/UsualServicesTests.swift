import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Whoever plans a release names its services, and with them which policies, freezes and authority there are.
@Suite("The services that a package's releases usually concern")
struct UsualServicesTests {
  private let world: World
  private let evader = World.dee
  private static let first = "release/payments-api/0.1"
  private static let next = "release/payments-api/2.0"
  private static let place = "production/eu"

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5, more: #","services":["toy"]"#)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","appliesTo":{"services":["payments"]},"rules":[{"rule":"designed"}]}}"#
    )
    try world.given(
      "policy.adopted", "policy/q",
      #"{"document":{"id":"q","version":"1","title":"t","context":"production","appliesTo":{"services":["toy"]},"rules":[{"rule":"planned"}]}}"#
    )
  }

  private func plan(_ subject: String, _ services: String, by actor: PersonID? = World.ana) throws {
    try world.given("release.planned", subject, #"{"class":"normal"\#(services)}"#, by: actor)
  }

  private func deploy(_ subject: String, to environment: String = place, by actor: PersonID? = nil) throws {
    try world.given(
      "deployment.started", subject, #"{"deployment":"d","environment":"\#(environment)"}"#, by: actor)
    try world.given(
      "deployment.finished", subject,
      #"{"deployment":"d","environment":"\#(environment)","outcome":"succeeded"}"#, by: actor)
  }

  private func gate(_ version: String = "2.0") throws -> GateDecided {
    try Gate.judge(
      package: "payments-api", version: version, environment: Self.place,
      events: world.counting(of: world.events.count).filter {
        $0.subject == .release(package: "payments-api", version: version)
      }, given: world.views, size: world.events.count, at: world.now
    ).decided
  }

  private static let payments = #","services":["payments"]"#
  private static let toy = #","services":["toy"]"#

  @Test(
    "a release planned with other services, or with none, does not evade the policy of the package's usual ones",
    arguments: [toy, ""])
  func policies(services: String) throws {
    try plan(World.release, Self.payments)
    try plan(Self.next, services, by: evader)
    #expect(try gate().outcome == .closed)
    #expect(try gate().findings.contains { $0.policy == "p" && $0.outcome == .violated })
  }

  @Test("… nor where a pipeline plans, and what is usual is what was deployed before anybody said so who may")
  func deployed() throws {
    try plan(World.release, Self.payments, by: nil)
    try deploy(World.release)
    try plan(Self.first, Self.toy, by: World.bo)
    try plan(Self.next, Self.toy, by: evader)
    #expect(try gate().outcome == .closed)
    #expect(try gate().findings.contains { $0.policy == "p" && $0.outcome == .violated })
  }

  @Test("what is deployed to development makes nothing usual for production")
  func contexts() throws {
    try world.given("environment.registered", "environment/dev", #"{"context":"development"}"#)
    try plan(World.release, Self.payments, by: nil)
    try deploy(World.release, to: "dev")
    try plan(Self.first, Self.toy)
    try plan(Self.next, Self.toy, by: evader)
    #expect(try gate().outcome == .open)
    #expect(try world.views.services(of: "payments-api", in: .development).usual == ["payments", "toy"])
    #expect(try world.views.services(of: "payments-api", in: .production).usual == ["toy"])
  }

  @Test("a freeze of a usual service is about it, as the gate says too")
  func freezes() throws {
    try plan(World.release, Self.payments)
    try plan(Self.next, Self.toy, by: evader)
    try world.given(
      "policy.adopted", "policy/r",
      #"{"document":{"id":"r","version":"1","title":"t","context":"production","rules":[{"rule":"not-frozen"}]}}"#
    )
    #expect(try !gate().findings.contains { $0.rule == .notFrozen && $0.outcome == .violated })
    try world.given(
      "freeze.declared", "environment/\(Self.place)",
      #"{"freeze":"f","from":"2026-11-22T00:00:00Z","until":"2027-01-01T00:00:00Z","reason":"r","services":["payments"]}"#
    )
    #expect(try gate().freezes == ["f"])
    #expect(try gate().findings.contains { $0.rule == .notFrozen && $0.outcome == .violated })
  }

  @Test("… and as the calendar does")
  func calendar() throws {
    try plan(World.release, Self.payments)
    try plan(Self.next, Self.toy, by: evader)
    let window =
      #"{"environment":"\#(Self.place)","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z"}"#
    try world.given("schedule.agreed", Self.next, #"{"windows":[\#(window)]}"#)
    try world.given(
      "freeze.declared", "environment/\(Self.place)",
      #"{"freeze":"f","from":"2026-11-22T00:00:00Z","until":"2027-01-01T00:00:00Z","reason":"r","services":["payments"]}"#
    )
    let rows = try (world.views.release("payments-api", "2.0"), world.views.environment(Self.place))
    let calendar = try ReleaseCalendar(
      releases: [#require(rows.0)], environments: [#require(rows.1)],
      services: { release, _ in
        try world.views.reach(of: release.package, release.version, in: .production).services
      }, standing: { _, _ in .absent })
    #expect(calendar.entries.flatMap(\.troubles) == ["lies in freeze f"])
  }

  @Test("authority for the services that it names does not do where its package usually concerns another")
  func authority() throws {
    try plan(Self.first, Self.toy, by: World.bo)
    try plan(Self.next, Self.toy, by: evader)
    func approval() throws -> Refusal? {
      let plan = try #require(world.views.release("payments-api", "2.0")?.plan?.scope.position.value)
      return try world.when(
        "approval.given", Self.next, #"{"scope":"deployment","plan":\#(plan)}"#, by: World.bo)
    }
    #expect(try approval() == nil)
    try plan(World.release, Self.payments)
    #expect(try approval()?.code == .notAuthorised)
  }

  @Test("an act that was taken before does not count any more either")
  func earlierAct() throws {
    try plan(Self.first, Self.toy, by: World.bo)
    try plan(Self.next, Self.toy, by: evader)
    let plan = try #require(try world.views.release("payments-api", "2.0")?.plan?.scope.position.value)
    try world.given("approval.given", Self.next, #"{"scope":"deployment","plan":\#(plan)}"#, by: World.bo)
    try world.given(
      "policy.adopted", "policy/r",
      #"{"document":{"id":"r","version":"1","title":"t","context":"production","rules":[{"rule":"approved"}]}}"#
    )
    #expect(try gate().outcome == .open)
    try self.plan(World.release, Self.payments)
    #expect(try gate().findings.contains { $0.rule == .approved && $0.outcome == .violated })
  }

  @Test("whoever has authority for all of it says which services a release concerns")
  func narrowed() throws {
    try plan(World.release, Self.payments)
    try plan(Self.next, Self.toy, by: evader)
    let data = #"{"reason":"a part of its own","services":["toy"]}"#
    try world.given("release.scope.changed", Self.next, data, by: World.bo)
    #expect(try gate().outcome == .closed)
    try world.given("release.scope.changed", Self.next, data)
    #expect(try gate().outcome == .open)
    #expect(try world.views.reach(of: "payments-api", "2.0", in: .production).services.names == ["toy"])
    #expect(
      try world.views.reach(of: "payments-api", "3.0", in: .production).services.names == ["payments", "toy"])
  }

  @Test("what a stranger plans makes nothing usual, and so blocks no other release")
  func strangers() throws {
    try plan(World.release, Self.toy)
    try plan("release/payments-api/0.9", Self.payments, by: evader)
    #expect(try gate("1.0").outcome == .open)
  }

  @Test("what a stranger says was deployed before that tightens, until it is annulled")
  func invented() throws {
    try plan("release/payments-api/0.9", Self.payments, by: evader)
    try deploy("release/payments-api/0.9", by: evader)
    let end = UInt64(world.events.count - 1)
    try plan(World.release, Self.toy)
    #expect(try gate("1.0").outcome == .closed)
    try world.given("event.annulled", "ledger", #"{"position":\#(end),"reason":"invented"}"#)
    #expect(try gate("1.0").outcome == .open)
  }

  @Test("a release of several services is asked by the policy of each, and needs authority for every one")
  func several() throws {
    try plan(Self.first, Self.toy)
    try plan(Self.next, #","services":["toy","payments"]"#, by: evader)
    #expect(try gate().policies.map(\.policy) == ["p", "q"])
    let plan = try #require(try world.views.release("payments-api", "2.0")?.plan?.scope.position.value)
    #expect(
      try world.when("approval.given", Self.next, #"{"scope":"deployment","plan":\#(plan)}"#, by: World.bo)?
        .code == .notAuthorised)
  }

  @Test("what was usual stands as it was, row for row, when it is asked as of then")
  func asOf() throws {
    try plan(World.release, Self.payments)
    let size = world.events.count
    try plan("release/payments-api/1.1", #","services":["ledger"]"#)
    #expect(try world.views.services(of: "payments-api", in: .production).usual == ["ledger", "payments"])
    let past = try world.past(size)
    let views = try Views(over: past) { [events = world.events] in events[Int($0.value)] }
    #expect(try views.services(of: "payments-api", in: .production).usual == ["payments"])
    #expect(try world.rowsFolded() == world.rowsNow())
  }
}
