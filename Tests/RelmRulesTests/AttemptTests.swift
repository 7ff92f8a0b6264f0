import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Deployments among a release's events")
struct AttemptTests {
  let world: World

  init() throws {
    world = try World()
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
  }

  private func attempts() -> [Attempt] {
    Attempt.all(
      in: world.counting(of: world.events.count).filter { $0.subject?.text == World.release }, apart: .none)
  }

  private func say(_ what: String, _ deployment: String, _ more: String = "") throws -> Position {
    try world.given(
      "deployment.\(what)", World.release,
      #"{"deployment":"\#(deployment)","environment":"\#(World.environment)"\#(more)}"#)
  }

  @Test("a deployment is what names one id, from its first start, in the order in which they are first told of")
  func grouped() throws {
    let end = try say("finished", "d-2", #","outcome":"succeeded","backfilled":true"#)
    let first = try world.begin("d-1")
    let second = try world.begin("d-2")
    try world.end("d-1", "failed")
    let found = attempts()
    #expect(found.map(\.deployment) == ["d-2", "d-1"])
    #expect(found.map(\.beginning.position) == [second, first] && found.map(\.line) == [end, first])
    #expect(found[0].end?.position == end && found[0].outcome == .succeeded)
    #expect(found[1].outcome == .failed && found[1].events.count == 2)
  }

  @Test("one id in two environments is two deployments, each with its own beginning and end")
  func perEnvironment() throws {
    func step(_ what: String, _ environment: String, _ more: String = "") throws {
      try world.given(
        "deployment.\(what)", World.release,
        #"{"deployment":"job-77","environment":"\#(environment)"\#(more)}"#)
    }
    for environment in ["production/eu", "production/us"] { try step("started", environment) }
    try step("finished", "production/us", #","outcome":"failed""#)
    try step("finished", "production/eu", #","outcome":"succeeded""#)
    let found = attempts()
    #expect(found.map(\.environment) == ["production/eu", "production/us"])
    #expect(found.map(\.outcome) == [.succeeded, .failed])
    #expect(found.allSatisfy { $0.deployment == "job-77" && $0.events.count == 2 })
    let row = try world.views.attempt(
      "payments-api", "1.0", AttemptID(.deployment, "job-77", in: "production/us"))
    #expect(row?.outcome == .failed && row?.environment == "production/us")
  }

  @Test("what was never begun begins with what is known of it; a removal alone is no deployment")
  func neverBegun() throws {
    _ = try say("removed", "d-0", #","backfilled":true"#)
    let back = try say("rolledback", "d-1", #","backfilled":true"#)
    let end = try say("finished", "d-2", #","outcome":"succeeded","backfilled":true"#)
    #expect(attempts().map(\.beginning.position) == [back, end])
  }

  @Test("what is deployed is all that the beginning and the ends name")
  func digests() throws {
    try world.begin("d-1", digests: [])
    try world.end("d-1")
    try world.end("d-1", more: #","digests":["\#(World.otherDigest)"]"#)
    try world.begin("d-2")
    try world.end("d-2", more: #","digests":["\#(World.otherDigest)"]"#)
    #expect(
      attempts().map { $0.digests.map(\.text) } == [[World.otherDigest], [World.digest, World.otherDigest]])
  }

  @Test("a start that was annulled begins nothing")
  func annulled() throws {
    let start = try world.begin("d-1")
    try world.given("event.annulled", "ledger", #"{"position":\#(start.value),"reason":"r"}"#)
    #expect(attempts().isEmpty)
  }

  @Test("who set it going is its initiator, else the human who recorded it; a service account is nobody")
  func deployers() throws {
    try world.given(
      "person.linked", "person/\(World.dee.uuid.text)", #"{"kind":"service","owner":"\#(World.bo.text)"}"#)
    try world.begin("d-1", more: #","initiator":"\#(World.cyd.text)""#, by: World.dee)
    try world.begin("d-2", by: World.bo)
    try world.begin("d-3", by: World.dee)
    try world.begin("d-4", by: nil)
    func deployers(_ name: String) throws -> [PersonID]? { try world.deployment(name).judged.deployers }
    #expect(try deployers("d-1") == [World.cyd])
    #expect(try deployers("d-2") == [World.bo])
    #expect(try deployers("d-3") == nil)
    #expect(try deployers("d-4") == nil)
  }
}
