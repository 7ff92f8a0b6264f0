import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// A little authority is no way to more of it, nor to take a package from those who have it.
@Suite("Who says which services a package concerns")
struct SaidServicesTests {
  private let world: World
  private let stranger = World.dee
  private static let place = "production/eu"
  private static let payments = #","services":["payments"]"#
  private static let shop = #","services":["shop"]"#
  private static let junk = "release/payments-api/0.0.1"

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5, more: Self.payments)
    try world.grant(World.cyd, level: 5, more: Self.shop)
    try world.given(
      "policy.adopted", "policy/g",
      #"{"document":{"id":"g","version":"1","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#)
    for (id, service) in [("p", "payments"), ("s", "shop")] {
      try world.given(
        "policy.adopted", "policy/\(id)",
        #"{"document":{"id":"\#(id)","version":"1","title":"t","context":"production","appliesTo":{"services":["\#(service)"]},"rules":[{"rule":"approved"}]}}"#
      )
    }
  }

  private func plan(_ subject: String, _ services: String, by actor: PersonID?) throws {
    try world.given("release.planned", subject, #"{"class":"normal"\#(services)}"#, by: actor)
  }

  private func approval(_ version: String = "1.0", by actor: PersonID) throws -> (String, Refusal?) {
    let plan = try #require(world.views.release("payments-api", version)?.plan?.scope.position.value)
    let data = #"{"scope":"deployment","plan":\#(plan)}"#
    return (data, try world.when("approval.given", "release/payments-api/\(version)", data, by: actor))
  }

  private func approve(_ version: String = "1.0", by actor: PersonID) throws -> Position {
    let data = try approval(version, by: actor).0
    return try world.given("approval.given", "release/payments-api/\(version)", data, by: actor)
  }

  private func gate(_ version: String = "1.0") throws -> GateDecided {
    try Gate.judge(
      package: "payments-api", version: version, environment: Self.place,
      events: world.counting(of: world.events.count).filter {
        $0.subject == .release(package: "payments-api", version: version)
      }, given: world.views, size: world.events.count, at: world.now
    ).decided
  }

  private func policies(_ version: String = "1.0") throws -> [String] {
    try gate(version).policies.map(\.policy)
  }

  private func known() throws -> PackageServices {
    try world.views.services(of: "payments-api", in: .production)
  }

  // MARK: What was taken back

  @Test("an approval that was withdrawn says nothing of a new package's services any more", arguments: [0, 1])
  func withdrawn(others: Int) throws {
    try plan(World.release, Self.payments, by: stranger)
    let approval = try approve(by: World.ana)
    #expect(try policies() == ["g", "p"])
    if others == 1 { try plan("release/payments-api/0.9", Self.payments, by: World.bo) }
    try world.given("approval.withdrawn", World.release, #"{"approval":\#(approval.value),"reason":"r"}"#)
    // What somebody else has said besides goes on to say it.
    #expect(try policies() == (others == 1 ? ["g", "p"] : ["g", "p", "s"]))
    #expect(try self.approval(by: World.bo).1?.code == (others == 1 ? nil : .notAuthorised))
    #expect(try known().said == (others == 1 ? ["payments"] : []))
  }

  @Test("… and said it until then, to whoever asks as of then")
  func withdrawnLater() throws {
    try plan(World.release, Self.payments, by: stranger)
    let approval = try approve(by: World.ana)
    let size = world.events.count
    try world.given("approval.withdrawn", World.release, #"{"approval":\#(approval.value),"reason":"r"}"#)
    try world.given("approval.given", World.release, self.approval(by: World.ana).0)
    #expect(try known().said == ["payments"])
    let past = try Views(over: world.past(size)) { [events = world.events] in events[Int($0.value)] }
    #expect(try past.services(of: "payments-api", in: .production).said == ["payments"])
    let between = try Views(over: world.past(size + 1)) { [events = world.events] in events[Int($0.value)] }
    #expect(try between.services(of: "payments-api", in: .production).said == [])
    #expect(try world.rowsFolded() == world.rowsNow())
  }

  // MARK: Who makes it more

  @Test("who has authority for another service alone cannot make a package concern that")
  func widening() throws {
    try plan(World.release, Self.payments, by: World.bo)
    _ = try approve(by: World.bo)
    #expect(try gate().outcome == .open)
    try plan(Self.junk, Self.shop, by: World.cyd)
    #expect(try gate().outcome == .open && policies() == ["g", "p"])
    try world.given("release.scope.changed", Self.junk, #"{"reason":"r","services":["shop","more"]}"#)
    try plan("release/payments-api/1.1", Self.payments, by: stranger)
    #expect(try approval("1.1", by: World.bo).1?.code == .notAuthorised)
    // That was by who may: Ana has authority for all of it.
    #expect(try known().said == ["more", "payments", "shop"])
  }

  @Test("… and what they plan concerns what they name and what the package usually does")
  func own() throws {
    try plan(World.release, Self.payments, by: World.bo)
    try plan(Self.junk, Self.shop, by: World.cyd)
    #expect(try policies("0.0.1") == ["g", "p", "s"])
    for person in [World.bo, World.cyd] {
      #expect(try approval("0.0.1", by: person).1?.code == .notAuthorised)
    }
    #expect(try approval("0.0.1", by: World.ana).1 == nil)
  }

  @Test("who has authority for what it concerns and for what they add makes it concern more")
  func both() throws {
    try plan(World.release, Self.payments, by: World.bo)
    try world.grant(World.bo, level: 5, more: #","services":["payments","shop"]"#)
    try plan(Self.junk, Self.shop, by: World.bo)
    #expect(try known().usual == ["payments", "shop"])
  }

  @Test("what strangers deploy adds nothing once somebody has said it who may")
  func deployed() throws {
    try plan(World.release, Self.payments, by: World.bo)
    try plan(Self.junk, Self.shop, by: stranger)
    for (type, more) in [("deployment.started", ""), ("deployment.finished", #","outcome":"succeeded""#)] {
      try world.given(
        type, Self.junk, #"{"deployment":"d","environment":"\#(Self.place)"\#(more)}"#, by: stranger)
    }
    #expect(try known().usual == ["payments"])
    #expect(try approval(by: World.bo).1 == nil)
  }
}
