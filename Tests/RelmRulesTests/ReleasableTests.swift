import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule releasable")
struct ReleasableTests {
  let world: World
  private let rule = #"{"rule":"releasable"}"#

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd, World.dee] { try world.grant(person, level: 6) }
    try world.built()
  }

  private func finding(of deployment: String = "d-1", _ more: String = "") throws -> Finding {
    try world.finding(rule, of: deployment, more)
  }

  @Test(
    "what was withdrawn, superseded or closed before is not to be released, with where that stands",
    arguments: [
      ("withdrawn", #"{"reason":"r"}"#, "it was withdrawn"),
      ("superseded", #"{"by":"release/payments-api/2.0"}"#, "it was superseded by release/payments-api/2.0"),
      ("closed", #"{"outcome":"successful"}"#, "it was closed"),
    ])
  func over(how: String, data: String, words: String) throws {
    #expect(try world.outcome(rule) == .satisfied)
    try world.begin()
    let ending = try world.given("release.\(how)", World.release, data)
    #expect(try finding().outcome == .satisfied)
    try world.begin("d-2")
    let finding = try finding(of: "d-2")
    #expect(finding.outcome == .violated && finding.positions == [ending])
    #expect(finding.reason == "\(words) at position \(ending.value)")
  }

  @Test("a deployment does not get before a withdrawal by claiming an earlier time")
  func claimed() throws {
    world.advance(days: 1)
    try world.given("release.withdrawn", World.release, #"{"reason":"r"}"#)
    try world.begin(time: world.now.after(seconds: -3_600))
    #expect(try finding(of: "d-1", #","lateWithin":"P1D""#).outcome == .violated)
  }

  @Test("a withdrawal that is annulled in time is none")
  func annulled() throws {
    let ending = try world.given("release.withdrawn", World.release, #"{"reason":"r"}"#, by: World.cyd)
    try world.given("event.annulled", "ledger", #"{"position":\#(ending.value),"reason":"r"}"#, by: World.bo)
    try world.begin()
    #expect(try finding().outcome == .satisfied)
  }

  private func refuse(_ scope: String, _ more: String = "", by person: PersonID = World.bo) throws -> Position {
    let plan = try #require(try world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    return try world.given(
      "approval.refused", World.release, #"{"scope":"\#(scope)","reason":"r","plan":\#(plan)\#(more)}"#,
      by: person)
  }

  @Test(
    "what somebody refuses stands until they say otherwise, for its environment or all; what is said of a plan is no such word"
  )
  func refused() throws {
    _ = try refuse("plan")
    _ = try refuse("deployment", #","environment":"staging""#)
    try world.begin("d-1")
    #expect(try finding(of: "d-1").outcome == .satisfied)
    let refusal = try refuse("deployment")
    try world.begin("d-2")
    let refused = try finding(of: "d-2")
    #expect(refused.outcome == .violated && refused.positions == [refusal])
    try world.approve(World.dee)
    try world.begin("d-3")
    #expect(try finding(of: "d-3").outcome == .violated)
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":\#(world.views.release("payments-api", "1.0")?.plan?.scope.position.value ?? 0),"digests":["\#(World.digest)"]}"#,
      by: World.bo)
    try world.begin("d-4")
    #expect(try finding(of: "d-4").outcome == .satisfied)
  }

  @Test("the last decision about an authorisation counts")
  func authorisation() throws {
    let plan = try #require(try world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    let pins = #""plan":\#(plan),"digests":["\#(World.digest)"]"#
    for (name, answer) in [("a", "refused"), ("b", "granted")] {
      try world.given(
        "authorisation.requested", World.release,
        #"{"authorisation":"\#(name)","activity":"deploy","reason":"r","of":"\#(World.bo.text)",\#(pins)}"#,
        by: World.cyd)
      try world.given(
        "authorisation.\(answer)", World.release,
        #"{"authorisation":"\#(name)",\#(answer == "granted" ? pins : #""reason":"r""#)}"#, by: World.bo)
      try world.begin("d-\(name)")
    }
    #expect(try finding(of: "d-a").outcome == .violated)
    #expect(try finding(of: "d-b").outcome == .satisfied)
  }

  @Test("nothing is to be released into an environment that is retired, until it is registered again")
  func retired() throws {
    let subject = "environment/" + World.environment
    try world.given("environment.registered", subject, #"{"context":"production"}"#)
    let retired = try world.given("environment.retired", subject, #"{"reason":"r"}"#)
    try world.begin("d-1")
    let finding = try finding(of: "d-1")
    #expect(finding.outcome == .violated && finding.positions == [retired])
    try world.given("environment.registered", subject, #"{"context":"production"}"#)
    try world.begin("d-2")
    #expect(try self.finding(of: "d-2").outcome == .satisfied)
  }
}
