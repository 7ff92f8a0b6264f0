import RelmDomain
import RelmJudging
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Rules over artifacts with several digests")
struct DigestSetTests {
  private static let long = "sha512:" + String(repeating: "0a", count: 64)
  private static let tested = #"{"rule":"tested"}"#
  private let world: World

  init() throws { world = try World() }

  private func build(_ artifacts: String, _ name: String = "b") throws {
    try world.given(
      "build.finished", World.release,
      #"{"build":"\#(name)","outcome":"succeeded","backfilled":true,"artifacts":[\#(artifacts)]}"#)
  }

  private func test(_ digest: String) throws {
    try world.given(
      "test.finished", World.release,
      #"{"test":"t-\#(world.events.count)","suite":"s","outcome":"succeeded","backfilled":true,"digests":["\#(digest)"]}"#
    )
  }

  @Test("what was tested by one digest of an artifact and is deployed by another was tested")
  func through() throws {
    try build(#"{"name":"web","digest":"\#(World.digest)","digests":["\#(Self.long)"]}"#)
    try test(Self.long)
    #expect(try world.verdict(Self.tested, digests: [World.digest]).outcome == .satisfied)
    #expect(try world.verdict(Self.tested, digests: [Self.long]).outcome == .satisfied)
    #expect(try world.verdict(Self.tested, digests: [World.otherDigest]).outcome == .violated)
    #expect(try world.verdict(#"{"rule":"attested"}"#).outcome == .violated)
  }

  @Test("two artifacts of one name and of different algorithms are one")
  func ofOneName() throws {
    try build(#"{"name":"web","digest":"\#(World.digest)"},{"name":"web","digest":"\#(Self.long)"}"#)
    try test(Self.long)
    #expect(try world.verdict(Self.tested).outcome == .satisfied)
  }

  @Test("whoever says later that something else has the digest of what was tested makes it no test of that")
  func contradiction() throws {
    try build(#"{"name":"web","digest":"\#(World.digest)","digests":["\#(Self.long)"]}"#)
    try test(Self.long)
    try build(#"{"name":"web","digest":"\#(World.otherDigest)","digests":["\#(Self.long)"]}"#, "c")
    #expect(try world.verdict(Self.tested, digests: [World.otherDigest]).outcome == .violated)
  }

  @Test("an approval of an artifact by one digest covers it by every other, and of nothing else")
  func approval() throws {
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    try build(#"{"name":"web","digest":"\#(World.digest)","digests":["\#(Self.long)"]}"#)
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    func approval(_ digest: String) -> String {
      #"{"scope":"deployment","plan":\#(plan),"digests":["\#(digest)"]}"#
    }
    #expect(try world.when("approval.given", World.release, approval(World.otherDigest)) != nil)
    try world.given("approval.given", World.release, approval(Self.long))
    #expect(try world.verdict(#"{"rule":"approved"}"#, digests: [World.digest]).outcome == .satisfied)
    let row = try #require(try world.views.release("payments-api", "1.0"))
    #expect(row.approvals?.latest.first?.staleness(given: row) == nil)
    #expect(row.stage == .approved)
  }

  @Test(
    "a decision of the gate about one digest of an artifact is about every other, by what had been said before it"
  )
  func gated() throws {
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    func decide() throws {
      let until = world.now.after(days: 1).rfc3339Milliseconds
      try world.given(
        "gate.decided", World.release,
        #"{"environment":"\#(World.environment)","outcome":"open","judged":3,"reason":"r","digests":["\#(World.digest)"],"until":"\#(until)"}"#
      )
    }
    try decide()
    try build(#"{"name":"web","digest":"\#(World.digest)","digests":["\#(Self.long)"]}"#)
    try world.begin("d-1", digests: [Self.long])
    #expect(try world.finding(#"{"rule":"gated"}"#, of: "d-1").outcome == .violated)
    try decide()
    try world.begin("d-2", digests: [Self.long])
    #expect(try world.finding(#"{"rule":"gated"}"#, of: "d-2").outcome == .satisfied)
  }

  @Test("what an observer sees by another digest of the same artifact is what is declared")
  func observed() throws {
    try build(#"{"name":"web","digest":"\#(World.digest)","digests":["\#(Self.long)"]}"#)
    try world.begin()
    try world.end(more: #","digests":["\#(World.digest)"]"#)
    try world.given(
      "environment.observed", "environment/\(World.environment)",
      #"{"observer":"o","coverage":"complete","running":[{"name":"image","digest":"\#(Self.long)"}]}"#)
    #expect(try world.finding(#"{"rule":"reconciled","within":"P1D"}"#).outcome == .satisfied)
    let rows = try world.past(world.events.count)
    let history = History(indexes: rows) { self.world.events[Int($0.value)] }
    let surroundings = try ComplianceSurroundings(ComplianceQuestion(), in: rows, history, asOf: world.now)
    #expect(surroundings.reconciliation.isEmpty)
  }
}
