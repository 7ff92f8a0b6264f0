import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// A deployment that goes on though somebody said no while it was under way.
@Suite("What is forbidden while a deployment is under way")
struct OvertakenTests {
  let world: World
  /// Who had no hand in the release.
  private static let eve = World.person(5)

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd, Self.eve] { try world.grant(person, level: 6) }
    try world.given(
      "environment.registered", "environment/\(World.environment)", #"{"context":"production"}"#)
    try world.built()
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"releasable"}]}}"#
    )
    try world.begin()
  }

  private func told() throws -> ComplianceReport.Attempt { try #require(try world.report().last) }

  private static let ways = [
    "release.withdrawn": #"{"reason":"r"}"#,
    "approval.refused": #"{"scope":"deployment","reason":"r","plan":PLAN,"digests":["\#(World.digest)"]}"#,
    "release.superseded": #"{"by":"release/payments-api/2.0"}"#,
    "release.closed": #"{"outcome":"successful"}"#,
  ]

  private func say(_ type: String) throws -> Position {
    let plan = try #require(try world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    let data = try #require(Self.ways[type]).replacing("PLAN", with: "\(plan)")
    return try world.given(type, World.release, data, by: World.bo)
  }

  @Test(
    "the judgement of its beginning stands, and that it went on all the same is an exception",
    arguments: ["release.withdrawn", "approval.refused"])
  func wentOn(type: String) throws {
    let no = try say(type)
    #expect(try told().unreleasable == nil)
    let end = try world.given(
      "deployment.finished", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#)
    #expect(try told().findings.map(\.outcome) == [.satisfied])
    #expect(try told().unreleasable?.outcome == .violated)
    #expect(try told().unreleasable?.positions == [no, end])
    #expect(
      try told().unreleasable?.reason.hasPrefix("it went on at position \(end.value), and by then") == true)
  }

  @Test("that it was retired there is such a word, too")
  func retired() throws {
    try world.given("environment.retired", "environment/\(World.environment)", #"{"reason":"r"}"#)
    try world.end()
    #expect(try told().unreleasable?.outcome == .violated)
  }

  @Test(
    "whoever superseded or closed it meanwhile said nothing against it", arguments: ["superseded", "closed"])
  func over(how: String) throws {
    _ = try say("release.\(how)")
    try world.end()
    #expect(try told().unreleasable == nil)
    // … but may say so yet: it is not to come back.
    try world.given("release.withdrawn", World.release, #"{"reason":"r"}"#, by: World.bo)
    try world.begin("d-2")
    #expect(try told().findings.map(\.outcome) == [.violated])
  }

  @Test("going further is going on, and failing, holding or taking it back is not")
  func steps() throws {
    _ = try say("release.withdrawn")
    func step(_ type: String, _ more: String) throws {
      try world.given(
        type, World.release, #"{"deployment":"d-1","environment":"\#(World.environment)"\#(more)}"#)
    }
    try step("deployment.progressed", #","decision":"hold""#)
    try step("deployment.rolledback", "")
    #expect(try told().unreleasable == nil)
    try step("deployment.progressed", #","share":50,"decision":"continue""#)
    #expect(try told().unreleasable?.outcome == .violated)
  }

  @Test("a word of it that was there before does not let it begin after the refusal, nor at another time")
  func parked() throws {
    func step(_ type: String, _ more: String = "") throws {
      try world.given(
        type, World.release, #"{"deployment":"d-9","environment":"\#(World.environment)"\#(more)}"#)
    }
    let (from, until) = (world.now.rfc3339Milliseconds, world.now.after(days: 1).rfc3339Milliseconds)
    try world.given(
      "schedule.agreed", World.release,
      #"{"windows":[{"environment":"\#(World.environment)","from":"\#(from)","until":"\#(until)"}]}"#)
    let window = #"{"rule":"scheduled"}"#
    try step("deployment.progressed", #","decision":"hold","backfilled":true"#)
    _ = try say("release.withdrawn")
    #expect(try told().unreleasable == nil)
    #expect(try world.finding(window, of: "d-9").outcome == .satisfied)
    world.advance(days: 2)
    try step("deployment.started")
    // A word that nothing is deployed yet is no beginning: it begins here, by what is asked of every one.
    #expect(try world.finding(#"{"rule":"releasable"}"#, of: "d-9").outcome == .violated)
    #expect(try world.finding(window, of: "d-9").outcome == .violated)
  }

  @Test("a claimed time before the refusal does not help, as the order of the log counts")
  func claimed() throws {
    let begun = world.now
    world.advance(days: 1)
    _ = try say("release.withdrawn")
    try world.given(
      "deployment.finished", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#,
      time: begun.rfc3339Milliseconds)
    #expect(try told().unreleasable?.outcome == .violated)
  }

  @Test("a waiver of releasable that stood by then sets it aside")
  func waived() throws {
    _ = try say("release.withdrawn")
    let until = world.now.after(days: 1).rfc3339Milliseconds
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"releasable","reason":"r","control":"c","until":"\#(until)"}"#, by: Self.eve)
    try world.end()
    #expect(try told().unreleasable?.outcome == .waived)
  }

  @Test("an annulled withdrawal says nothing any more")
  func annulled() throws {
    let no = try say("release.withdrawn")
    try world.end()
    try world.given("event.annulled", "ledger", #"{"position":\#(no.value),"reason":"r"}"#, by: Self.eve)
    #expect(try told().unreleasable == nil)
  }

  @Test(
    "what ended without success and goes on after that is an exception, whatever is decided and waived",
    arguments: [#""decision":"continue""#, #""decision":"hold","share":100"#], ["failed", "cancelled"])
  func afterItsEnd(step: String, outcome: String) throws {
    let end = UInt64(world.events.count)
    try world.end("d-1", outcome)
    #expect(try told().unreleasable == nil)
    try world.given(
      "deployment.progressed", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)",\#(step)}"#,
      time: world.now.after(days: -1).rfc3339Milliseconds)
    #expect(try told().unreleasable?.outcome == .violated)
    #expect(try told().unreleasable?.positions == [Position(end), Position(end + 1)])
    #expect(
      try told().unreleasable?.reason == "it went on at position \(end + 1), though it had ended, \(outcome)")
  }

  @Test("what is told late of one that succeeded, or that was broken off after it failed, is none")
  func late() throws {
    for (deployment, outcome, decision) in [("d-1", "succeeded", "continue"), ("d-2", "failed", "abort")] {
      if deployment != "d-1" { try world.begin(deployment) }
      try world.end(deployment, outcome)
      try world.given(
        "deployment.progressed", World.release,
        #"{"deployment":"\#(deployment)","environment":"\#(World.environment)","decision":"\#(decision)","share":50}"#
      )
    }
    #expect(try world.report().allSatisfy { $0.unreleasable == nil })
  }
}
