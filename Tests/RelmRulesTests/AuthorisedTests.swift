import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule authorised, and what is critical")
struct AuthorisedTests {
  let world: World
  private let rule = #"{"rule":"authorised"}"#
  private let critical = #","criticalWhen":{"classes":["normal"]}"#

  init() throws {
    world = try World()
    try world.given("release.planned", World.release, #"{"class":"normal","services":["payments"]}"#)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-1","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#
    )
    try world.grant(World.bo, level: 6)
  }

  private func request(
    _ id: String = "a", environment: String? = World.environment,
    digests: String = #","digests":["\#(World.digest)"]"#
  ) throws -> Position {
    let place = environment.map { #","environment":"\#($0)""# } ?? ""
    let scope = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position)
    return try world.given(
      "authorisation.requested", World.release,
      #"{"authorisation":"\#(id)","activity":"deploy","reason":"r","of":"\#(World.bo.text)","plan":\#(scope.value)\#(place)\#(digests)}"#
    )
  }

  private func grant(_ id: String = "a", until: Instant? = nil) throws -> Position {
    let end = until.map { #","until":"\#($0.rfc3339Milliseconds)""# } ?? ""
    let scope = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position)
    return try world.given(
      "authorisation.granted", World.release,
      #"{"authorisation":"\#(id)","plan":\#(scope.value),"digests":["\#(World.digest)"]\#(end)}"#, by: World.bo)
  }

  private func outcome(of name: String, _ more: String? = nil) throws -> RuleOutcome {
    try world.finding(rule, of: name, more ?? critical).outcome
  }

  @Test("an authorisation that was granted before the deployment satisfies, and a request alone does not")
  func granted() throws {
    let requested = try request()
    try world.begin("d-1")
    let granted = try grant()
    try world.begin("d-2")
    #expect(try outcome(of: "d-1") == .violated)
    let finding = try world.finding(rule, of: "d-2", critical)
    #expect(finding.outcome == .satisfied && finding.positions == [requested, granted])
  }

  @Test("what was refused is not authorised")
  func refused() throws {
    _ = try request()
    try world.given(
      "authorisation.refused", World.release, #"{"authorisation":"a","reason":"no"}"#, by: World.bo)
    try world.begin()
    #expect(try outcome(of: "d-1") == .violated)
  }

  @Test("an authorisation holds up to its end, and not at it")
  func expired() throws {
    _ = try request()
    let until = world.now.after(seconds: 600)
    _ = try grant(until: until)
    world.advance(to: until)
    try world.begin("d-1", time: until.advanced(byMicroseconds: -1000))
    try world.begin("d-2", time: until)
    #expect(try outcome(of: "d-1") == .satisfied)
    #expect(try outcome(of: "d-2") == .violated)
  }

  @Test("an authorisation for another environment is none, one for none is for all")
  func environment() throws {
    _ = try request("a", environment: "production/us")
    _ = try grant("a")
    try world.begin("d-1")
    #expect(try outcome(of: "d-1") == .violated)
    _ = try request("b", environment: nil)
    _ = try grant("b")
    try world.begin("d-2")
    #expect(try outcome(of: "d-2") == .satisfied)
  }

  @Test(
    "an authorisation covers what it names and what was derived from that by then; what is deployed decides")
  func digests() throws {
    _ = try request()
    _ = try grant()
    try world.begin("d-1", digests: [World.otherDigest])
    #expect(try world.finding(rule, of: "d-1", critical).reason.contains("is of something else than"))
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    try world.begin("d-0", digests: [World.otherDigest])
    #expect(try outcome(of: "d-0") == .violated)
    _ = try request("b")
    _ = try grant("b")
    try world.begin("d-2", digests: [World.otherDigest])
    #expect(try outcome(of: "d-2") == .satisfied)
    try world.begin("d-3", digests: [World.otherDigest, "sha256:" + String(repeating: "0c", count: 32)])
    #expect(try outcome(of: "d-3") == .violated)
  }

  @Test("an authorisation from before anything was built covers nothing that was built since")
  func beforeTheBuild() throws {
    try world.given("event.annulled", "ledger", #"{"position":2,"reason":"r"}"#)
    _ = try request(digests: "")
    try world.given(
      "authorisation.granted", World.release, #"{"authorisation":"a","plan":1}"#, by: World.bo)
    try world.begin("d-1")
    try world.begin("d-2", digests: [])
    #expect(try outcome(of: "d-1") == .violated)
    #expect(try outcome(of: "d-2") == .satisfied)
  }

  @Test("an authorisation of a plan that was changed since is stale")
  func stale() throws {
    _ = try request()
    _ = try grant()
    try world.given("release.scope.changed", World.release, #"{"reason":"more"}"#)
    try world.begin()
    #expect(try world.finding(rule, critical).reason.contains("is of a plan that was changed since"))
  }

  @Test(
    "a release is critical by its plan or by any mark of the policy",
    arguments: [
      #""classes":["emergency","normal"]"#, #""services":["web","payments"]"#, #""residualRisk":6"#,
      #""securityImpact":"medium""#,
    ])
  func marks(_ mark: String) throws {
    try world.given(
      "risk.assessed", World.release,
      #"{"likelihood":5,"impact":5,"residualLikelihood":3,"residualImpact":2,"securityImpact":"medium"}"#)
    try world.begin()
    #expect(try outcome(of: "d-1", #","criticalWhen":{\#(mark)}"#) == .violated)
  }

  @Test(
    "a release is not critical by a mark that it does not reach",
    arguments: [
      #""classes":["emergency"]"#, #""services":["web"]"#, #""residualRisk":7"#, #""securityImpact":"high""#,
    ])
  func otherMarks(_ mark: String) throws {
    try world.given(
      "risk.assessed", World.release,
      #"{"likelihood":5,"impact":5,"residualLikelihood":3,"residualImpact":2,"securityImpact":"medium"}"#)
    try world.begin()
    #expect(try outcome(of: "d-1", #","criticalWhen":{\#(mark)}"#) == .notApplicable)
  }

  @Test("what was planned as critical is, and how the risk was last assessed before the deployment counts")
  func planned() throws {
    func assess(_ residual: Int, time: Instant? = nil) throws {
      try world.given(
        "risk.assessed", World.release,
        #"{"likelihood":5,"impact":5,"residualLikelihood":\#(residual),"residualImpact":2}"#,
        time: time?.rfc3339Milliseconds)
    }
    let risky = #","criticalWhen":{"residualRisk":6}"#
    let now = world.now
    try assess(2)
    try assess(3, time: now.after(seconds: -1))
    try world.begin("d-1")
    try assess(3)
    #expect(try outcome(of: "d-1", risky) == .notApplicable)
    try world.begin("d-2")
    #expect(try outcome(of: "d-2", risky) == .violated)
    try world.given("release.scope.changed", World.release, #"{"reason":"r","critical":true}"#)
    try world.begin("d-3")
    #expect(try outcome(of: "d-3", "") == .violated)
    #expect(try outcome(of: "d-2", "") == .notApplicable)
  }
}
