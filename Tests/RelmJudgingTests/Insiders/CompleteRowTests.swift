import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What decides is never dropped, however much somebody adds.
@Suite("What decides is complete")
struct CompleteRowTests {
  private let world: World

  init() throws { world = try World() }

  @Test("a hundred later freezes do not evict the one that holds")
  func freezes() throws {
    func freeze(_ name: String, _ from: String, _ until: String) throws {
      try world.given(
        "freeze.declared", "environment/p",
        #"{"freeze":"\#(name)","from":"\#(from)","until":"\#(until)","reason":"r"}"#)
    }
    try freeze("holds", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z")
    for number in 0..<100 { try freeze("f\(number)", "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z") }
    let row = try #require(try world.views.environment("p"))
    #expect(row.freezes.contains { $0.freeze == "holds" && $0.holds(at: world.events[1].recorded) })
    #expect(
      try world.when("freeze.lifted", "environment/p", #"{"freeze":"holds","reason":"r"}"#) == nil)
  }

  @Test("of a build with a hundred artifacts each is what the release is")
  func artifacts() throws {
    let digests = (0..<100).map { "sha256:" + String(repeating: "0", count: 61) + String(1000 + $0).suffix(3) }
    let artifacts = digests.map { #"{"name":"a","digest":"\#($0)"}"# }.joined(separator: ",")
    try world.given("build.started", World.release, #"{"build":"b"}"#)
    try world.given(
      "build.finished", World.release, #"{"build":"b","outcome":"succeeded","artifacts":[\#(artifacts)]}"#)
    #expect(try world.views.release("payments-api", "1.0")?.digests.map(\.text) == digests)
    let some = digests.map { "\"\($0)\"" }.joined(separator: ",")
    try world.given(
      "deployment.started", World.release, #"{"deployment":"d","environment":"p","digests":[\#(some)]}"#)
    #expect(
      try world.views.attempt("payments-api", "1.0", AttemptID(.deployment, "d", in: "p"))?.digests.count == 100
    )
  }

  @Test("forty short grants do not evict a longer one")
  func grants() throws {
    try world.grant(World.bo, level: 6, more: #","until":"2027-06-01T00:00:00Z""#)
    for _ in 0..<40 { try world.grant(World.bo, level: 4, more: #","until":"2027-12-01T00:00:00Z""#) }
    let authority = Authority(world.views, at: world.now)
    #expect(try authority.held(by: World.bo, for: .everything)?.level == 6)
  }

  @Test("of twenty versions of a policy each was adopted once, and the first is known")
  func versions() throws {
    func adopt(_ version: Int) throws -> Refusal? {
      try world.when(
        "policy.adopted", "policy/p",
        #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#
      )
    }
    for version in 1...20 {
      try world.given(
        "policy.adopted", "policy/p",
        #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#
      )
    }
    #expect(try adopt(1)?.code == .contradiction)
    #expect(try world.views.policy("p")?.inForce(at: world.events[1].recorded)?.version == "1")
  }

  @Test("twenty people's approvals all stand")
  func approvals() throws {
    let plan = try world.built()
    for number in 0..<20 {
      let person = World.person(UInt64(100 + number))
      try world.grant(person, level: 5)
      try world.given(
        "approval.given", World.release,
        #"{"scope":"deployment","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#, by: person)
    }
    #expect(try world.views.release("payments-api", "1.0")?.approvals?.latest.count == 20)
  }
}
