import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What somebody without authority records makes nothing better but by the evidence that a rule names.
@Suite("What facts cannot loosen")
struct LooseningTests {
  let world: World

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
  }

  private func plan(_ data: String = #""class":"normal""#) throws {
    try world.given("release.planned", World.release, "{\(data)}")
  }

  /// A change of scope is taken from anybody, where no decision stands in its way; what it comes to is asked.
  private func change(_ data: String, by person: PersonID) throws {
    _ = try world.told("release.scope.changed", World.release, #"{"reason":"r",\#(data)}"#, by: person)
  }

  private func outcome(_ rule: String, _ more: String = "") throws -> RuleOutcome {
    try world.begin(by: World.ana)
    return try world.finding(rule, more).outcome
  }

  @Test("a removal that happened in time and was told when something was overdue undoes nothing")
  func backdatedRemoval() throws {
    try plan()
    try world.begin()
    let end = try world.end()
    let rule = #"{"rule":"reconciled","within":"PT1H"}"#
    world.advance(to: end.after(seconds: 7200))
    #expect(try world.finding(rule).outcome == .overdue)
    try world.given(
      "deployment.removed", World.release,
      #"{"deployment":"d-1","environment":"production/eu","backfilled":true}"#,
      by: World.dee, time: end.after(seconds: 60).rfc3339Milliseconds)
    #expect(try world.finding(rule).outcome == .overdue)
  }

  @Test("a start that is told only after the end puts off nothing that is due")
  func startToldLate() throws {
    try plan()
    let end = try world.end(more: #","backfilled":true"#)
    let rule = #"{"rule":"verified","within":"PT1H"}"#
    world.advance(to: end.after(seconds: 7200))
    #expect(try world.finding(rule).outcome == .overdue)
    try world.begin()
    #expect(try world.finding(rule).outcome == .overdue)
  }

  @Test("support that was closed badly is not made good by a removal")
  func closedBadly() throws {
    try plan()
    try world.begin()
    try world.end()
    try world.given("support.opened", World.release, #"{"support":"s","criteria":["c"]}"#)
    try world.given(
      "support.closed", World.release, #"{"support":"s","criteria":[{"criterion":"c","result":"unmet"}]}"#)
    let rule = #"{"rule":"supported","minimum":"P5D"}"#
    #expect(try world.finding(rule).outcome == .violated)
    try world.given(
      "deployment.removed", World.release, #"{"deployment":"d-1","environment":"production/eu"}"#, by: World.dee
    )
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test(
    "commits and components of the plan are dropped by somebody with the policy's level, and by nobody else",
    arguments: [(World.bo, RuleOutcome.satisfied), (World.dee, .violated)])
  func dropped(by person: PersonID, comesTo: RuleOutcome) throws {
    try plan(#""class":"normal","commits":[{"id":"c-1"}],"components":[{"name":"openssl"}]"#)
    try change(#""commits":[{"id":"c-2"}],"components":[{"name":"zlib"}]"#, by: person)
    try world.given(
      "capability.registered", "capability/farm", #"{"kind":"tool","title":"t","owner":"\#(World.ana.text)"}"#)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b","outcome":"succeeded","backfilled":true,"commits":[{"id":"c-2"}],"tool":{"name":"t","capability":"farm"},"artifacts":[{"name":"a","digest":"\#(World.digest)"}]}"#
    )
    try world.given(
      "component.assessed", World.release,
      #"{"component":{"name":"zlib"},"kind":"licence","verdict":"acceptable"}"#)
    try world.begin()
    let stands = try world.views.release("payments-api", "1.0")?.plan?.scope.position.value == 3
    #expect(try world.finding(#"{"rule":"built"}"#).outcome == (stands ? comesTo : .violated))
    #expect(try world.finding(#"{"rule":"components-assessed"}"#).outcome == (stands ? comesTo : .violated))
  }

  @Test(
    "a release stays critical, of its class and of its services unless somebody with the level changes that",
    arguments: [
      (#""class":"normal","critical":true"#, #""critical":false"#),
      (#""class":"emergency""#, #""class":"normal""#),
      (#""class":"normal","services":["payments"]"#, #""services":["other"]"#),
    ])
  func critical(planned: String, changed: String) throws {
    let marks = #","criticalWhen":{"classes":["emergency"],"services":["payments"]}"#
    try plan(planned)
    try change(changed, by: World.dee)
    #expect(try outcome(#"{"rule":"authorised"}"#, marks) == .violated)
  }

  @Test("a later assessment makes the risk of a critical release less where it is by somebody with the level")
  func risk() throws {
    let marks = #","criticalWhen":{"residualRisk":12}"#
    func assess(_ residual: Int, by person: PersonID) throws {
      try world.given(
        "risk.assessed", World.release,
        #"{"likelihood":5,"impact":5,"residualLikelihood":\#(residual),"residualImpact":4}"#, by: person)
    }
    try plan()
    try assess(4, by: World.bo)
    try assess(1, by: World.dee)
    try world.begin("d-1")
    try assess(1, by: World.bo)
    try world.begin("d-2")
    #expect(try world.finding(#"{"rule":"authorised"}"#, of: "d-1", marks).outcome == .violated)
    #expect(try world.finding(#"{"rule":"authorised"}"#, of: "d-2", marks).outcome == .notApplicable)
  }

  @Test("an emergency that somebody calls normal is judged as both")
  func classified() throws {
    try plan(#""class":"emergency""#)
    try change(#""class":"normal""#, by: World.dee)
    #expect(try outcome(#"{"rule":"classified"}"#) == .violated)
  }

  @Test("a freeze of a service still concerns a release from whose plan somebody took the service")
  func frozen() throws {
    try plan(#""class":"normal","services":["payments"]"#)
    let (from, until) = (world.now.rfc3339Milliseconds, world.now.after(days: 3).rfc3339Milliseconds)
    try world.given(
      "freeze.declared", "environment/production/eu",
      #"{"freeze":"f","from":"\#(from)","until":"\#(until)","reason":"r","services":["payments"]}"#)
    try change(#""services":["other"]"#, by: World.dee)
    #expect(try outcome(#"{"rule":"not-frozen"}"#) == .violated)
  }

  @Test("the seventeenth artifact of a build is judged at the gate as well")
  func manyArtifacts() throws {
    try plan()
    let artifacts = (0..<20).map { number in
      let digest = "sha256:" + String(repeating: String(number + 10), count: 32)
      return #"{"name":"a\#(number)","digest":"\#(digest)"}"#
    }
    try world.given(
      "build.finished", World.release,
      #"{"build":"b","outcome":"succeeded","backfilled":true,"artifacts":[\#(artifacts.joined(separator: ","))]}"#
    )
    #expect(Attempt.contents(of: world.everything).count == 20)
  }
}
