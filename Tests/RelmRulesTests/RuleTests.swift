import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Rules")
struct RuleTests {
  let world: World

  init() throws { world = try World() }

  private func given(_ type: String, _ data: String) throws {
    try world.given(type, World.release, data, by: World.ana)
  }

  private func plan(_ more: String = "") throws {
    try given("release.planned", #"{"class":"normal","requestedBy":"\#(World.cyd.text)"\#(more)}"#)
  }

  private func build(_ more: String = "") throws {
    try given(
      "build.finished",
      #"{"build":"b-1","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}]\#(more)}"#
    )
  }

  private let farm = #","tool":{"name":"bazel","capability":"farm"}"#

  private func registerFarm(_ more: String = "") throws {
    try world.given(
      "capability.registered", "capability/farm",
      #"{"kind":"tool","title":"The farm","owner":"\#(World.ana.text)"\#(more)}"#)
  }

  @Test(
    "planned: a plan is there, or it is violated; a plan after the line does not count, unless it is only told late"
  )
  func planned() throws {
    #expect(try world.outcome(#"{"rule":"planned"}"#) == .violated)
    let begun = world.now
    world.advance(days: 1)
    try world.given(
      "release.planned", World.release, #"{"class":"normal"}"#,
      time: begun.advanced(byMicroseconds: -1).rfc3339Milliseconds)
    #expect(try world.outcome(#"{"rule":"planned"}"#) == .satisfied)
    let line = Position(1)
    let late = try world.verdict(#"{"rule":"planned"}"#, line: line, begun: begun)
    #expect(
      late.outcome == .violated && late.reason == "the plan came too late to count" && late.positions == [line])
    #expect(
      try world.verdict(#"{"rule":"planned"}"#, line: line, begun: begun, lateWithin: 23).outcome == .violated)
    #expect(
      try world.verdict(#"{"rule":"planned"}"#, line: line, begun: begun, lateWithin: 25).outcome
        == .satisfiedLate)
    // What happened after the beginning counts in no case.
    let earlier = begun.advanced(byMicroseconds: -3_600_000_000)
    #expect(
      try world.verdict(#"{"rule":"planned"}"#, line: line, begun: earlier, lateWithin: 99).outcome == .violated
    )
  }

  @Test(
    "designed and rollback-planned: a way back has a plan and only migrations that reverse, or it is mended forward"
  )
  func designed() throws {
    let pin = try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    #expect(try world.outcome(#"{"rule":"designed"}"#) == .violated)
    func design(_ data: String) throws -> RuleOutcome {
      try given("release.designed", #"{"strategy":"canary","plan":\#(pin.value),\#(data)}"#)
      return try world.outcome(#"{"rule":"rollback-planned"}"#)
    }
    #expect(try design(#""takeBack":"rollBack""#) == .violated)
    #expect(try world.outcome(#"{"rule":"designed"}"#) == .satisfied)
    #expect(try design(#""takeBack":"rollBack","rollbackPlan":"switch back""#) == .satisfied)
    let stuck = #","migrations":[{"migration":"drop","reverses":false}]"#
    #expect(try design(#""takeBack":"rollBack","rollbackPlan":"switch back"\#(stuck)"#) == .violated)
    #expect(try design(#""takeBack":"fixForward"\#(stuck)"#) == .satisfied)
  }

  @Test("classified: standard needs a preauthorising procedure in force, an emergency an opened incident")
  func classified() throws {
    try plan()
    #expect(try world.outcome(#"{"rule":"classified"}"#) == .satisfied)
    func change(_ data: String) throws -> Judgement {
      try given("release.scope.changed", #"{"reason":"r",\#(data)}"#)
      return try world.verdict(#"{"rule":"classified"}"#)
    }
    #expect(try change(#""class":"standard""#).outcome == .violated)
    #expect(try change(#""class":"standard","procedure":"web""#).reason == "procedure web is not in force")
    let document =
      #""id":"web","version":"1","title":"Web","steps":[{"step":"s","title":"S"}],"owner":"\#(World.ana.text)""#
    try world.given("procedure.published", "procedure/web", #"{"document":{\#(document)}}"#)
    #expect(try world.outcome(#"{"rule":"classified"}"#) == .violated)
    let next = document.replacing(#""version":"1""#, with: #""version":"2","preauthorises":true"#)
    try world.given("procedure.published", "procedure/web", #"{"document":{\#(next)}}"#)
    #expect(try world.outcome(#"{"rule":"classified"}"#) == .satisfied)
    #expect(try change(#""class":"emergency","fixes":["INC-1"]"#).outcome == .violated)
    try world.given("incident.opened", "incident/INC-1", #"{"severity":"high","summary":"s"}"#)
    #expect(try world.outcome(#"{"rule":"classified"}"#) == .satisfied)
  }

  @Test(
    "components-assessed: every component for every kind asked for, the latest word counts, none is unacceptable"
  )
  func components() throws {
    let rule = #"{"rule":"components-assessed","assessments":["licence","vulnerability"]}"#
    try plan(#","components":[{"name":"openssl","version":"3"},{"name":"zlib"}]"#)
    func assess(_ component: String, _ kind: String, _ verdict: String) throws -> RuleOutcome {
      try given("component.assessed", #"{"component":\#(component),"kind":"\#(kind)","verdict":"\#(verdict)"}"#)
      return try world.outcome(rule)
    }
    let (ssl, zlib) = (#"{"name":"openssl","version":"3"}"#, #"{"name":"zlib"}"#)
    #expect(try assess(ssl, "licence", "acceptable") == .violated)
    #expect(try assess(ssl, "vulnerability", "unacceptable") == .violated)
    #expect(try assess(zlib, "licence", "conditional") == .violated)
    #expect(try assess(zlib, "vulnerability", "acceptable") == .violated)
    #expect(try assess(ssl, "vulnerability", "acceptable") == .satisfied)
    #expect(try assess(#"{"name":"openssl","version":"2"}"#, "vulnerability", "unacceptable") == .satisfied)
    // Nobody asked for it, and yet it is known.
    #expect(try assess(zlib, "export", "unacceptable") == .violated)
  }

  @Test("risk-assessed: after the last change of scope, and low enough")
  func risk() throws {
    let rule = #"{"rule":"risk-assessed","maximumResidual":6}"#
    try plan()
    let pin = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    let data = #""likelihood":4,"impact":4,"residualLikelihood":2,"residualImpact":"#
    try given("risk.assessed", #"{\#(data)4,"plan":\#(pin)}"#)
    #expect(try world.verdict(rule).reason == "the residual risk is 8, above 6")
    try given("risk.assessed", #"{\#(data)3,"plan":\#(pin)}"#)
    #expect(try world.outcome(rule) == .satisfied)
    try given("release.scope.changed", #"{"reason":"more"}"#)
    #expect(try world.verdict(rule).reason == "the scope was changed after the risk was assessed")
  }

  @Test(
    "built: by a registered tool, from the declared commits, and just what is deployed or what it is derived from"
  )
  func built() throws {
    let rule = #"{"rule":"built"}"#
    try plan(#","commits":[{"id":"c1"},{"id":"c2"}]"#)
    #expect(try world.outcome(rule) == .violated)
    try build(#","commits":[{"id":"c1"},{"id":"c2"}]"#)
    #expect(
      try world.verdict(rule).reason == "the end of build b-1 names no tool that is registered as a capability")
    func again(_ build: String, _ more: String) throws -> Judgement {
      try given(
        "build.finished",
        #"{"build":"\#(build)","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}]\#(more)}"#
      )
      return try world.verdict(rule)
    }
    #expect(
      try again("b-2", farm).reason.hasPrefix("the end of build b-2 does not name the declared commit c1; "))
    let commits = #","commits":[{"id":"c1"},{"id":"c2"}]"#
    #expect(try again("b-3", farm + commits).reason == "the tool farm is not in place")
    try registerFarm()
    #expect(try world.outcome(rule) == .satisfied)
    #expect(try world.outcome(#"{"rule":"built","capabilities":["other"]}"#) == .violated)
    // Signed afterwards: another digest, derived from what was built.
    try given("package.published", #"{"digest":"\#(World.otherDigest)"}"#)
    #expect(try world.verdict(rule).outcome == .violated)
    try given("package.published", #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test(
    "tested: the last run of each suite on what is deployed; earlier failures are told; another artifact's do not count"
  )
  func tested() throws {
    let rule = #"{"rule":"tested","suites":["smoke"]}"#
    try plan()
    try build()
    func run(_ test: String, _ outcome: String, digest: String = World.digest) throws -> Judgement {
      try given(
        "test.finished",
        #"{"test":"\#(test)","suite":"smoke","outcome":"\#(outcome)","backfilled":true,"digests":["\#(digest)"]}"#
      )
      return try world.verdict(rule)
    }
    #expect(try run("t1", "succeeded", digest: World.otherDigest).outcome == .violated)
    #expect(try run("t2", "failed").reason == "the last run of suite smoke did not succeed")
    let good = try run("t3", "succeeded")
    #expect(good.outcome == .satisfied && good.reason.contains("earlier it failed at"))
    #expect(try world.outcome(#"{"rule":"tested","suites":["smoke","load"]}"#) == .violated)
    #expect(try world.outcome(#"{"rule":"tested"}"#) == .satisfied)
  }

  @Test(
    "validated, attested: the last validation with every criterion met; every type of attestation, on what is deployed"
  )
  func validatedAttested() throws {
    try plan()
    try build()
    func validate(_ result: String) throws -> RuleOutcome {
      try given(
        "validation.finished",
        #"{"validation":"v","outcome":"succeeded","validators":["\#(World.bo.text)"],"criteria":[{"criterion":"c","result":"\#(result)"}]}"#
      )
      return try world.outcome(#"{"rule":"validated"}"#)
    }
    #expect(try world.outcome(#"{"rule":"validated"}"#) == .violated)
    #expect(try validate("unmet") == .violated)
    #expect(try validate("met") == .satisfied)
    let rule = #"{"rule":"attested","predicateTypes":["https://slsa.dev/provenance/v1"]}"#
    func attest(_ type: String, _ digest: String) throws -> RuleOutcome {
      try given(
        "attestation.recorded",
        #"{"digest":"\#(digest)","predicateType":"\#(type)","statement":{"digest":"\#(World.otherDigest)","size":1,"mediaType":"application/json"}}"#
      )
      return try world.outcome(rule)
    }
    #expect(try world.outcome(rule) == .violated)
    #expect(try attest("https://example.org/other", World.digest) == .violated)
    #expect(try attest("https://slsa.dev/provenance/v1", World.otherDigest) == .violated)
    #expect(try attest("https://slsa.dev/provenance/v1", World.digest) == .satisfied)
  }

  @Test("scheduled: inside the window that was agreed last for this environment")
  func scheduled() throws {
    try plan()
    func agree(_ environment: String, _ from: Int64, _ until: Int64) throws -> RuleOutcome {
      func time(_ hours: Int64) -> String {
        world.now.advanced(byMicroseconds: hours * 3_600_000_000).rfc3339Milliseconds
      }
      try given(
        "schedule.agreed",
        #"{"windows":[{"environment":"\#(environment)","from":"\#(time(from))","until":"\#(time(until))"}]}"#)
      return try world.outcome(#"{"rule":"scheduled"}"#)
    }
    #expect(try agree("staging", -1, 1) == .violated)
    #expect(try agree(World.environment, 1, 2) == .violated)
    #expect(try agree(World.environment, -1, 1) == .satisfied)
    #expect(try agree(World.environment, -2, -1) == .violated)
  }

  @Test(
    "partners-consulted and communicated: each kind and audience asked for, no standing objection, early enough"
  )
  func toldAndAsked() throws {
    try plan()
    func consult(_ kind: String, _ outcome: String) throws -> RuleOutcome {
      try given(
        "partner.consulted", #"{"partner":"\#(kind)","name":"\#(kind)","about":"a","outcome":"\#(outcome)"}"#)
      return try world.outcome(#"{"rule":"partners-consulted","partners":["business","it"]}"#)
    }
    #expect(try consult("business", "objected") == .violated)
    #expect(try consult("it", "agreed") == .violated)
    #expect(try consult("business", "agreed") == .satisfied)
    let rule = #"{"audiences":["users"],"leadTime":"PT2H","rule":"communicated"}"#
    try given("communication.sent", #"{"audience":"users","channel":"mail","topic":"t"}"#)
    #expect(try world.outcome(rule) == .violated)
    world.advance(days: 1)
    #expect(try world.outcome(rule) == .satisfied)
    #expect(try world.outcome(#"{"audiences":["press"],"rule":"communicated"}"#) == .violated)
  }

  @Test("capability-in-place and not-frozen look at the environment and the tools when the deployment begins")
  func surroundings() throws {
    try plan()
    let rule = #"{"capabilities":["farm"],"rule":"capability-in-place"}"#
    #expect(try world.outcome(rule) == .violated)
    try registerFarm(#","validUntil":"2999-01-01T00:00:00Z""#)
    #expect(try world.outcome(rule) == .satisfied)
    try world.given("capability.withdrawn", "capability/farm", #"{"reason":"gone"}"#)
    #expect(try world.outcome(rule) == .violated)
    #expect(try world.outcome(#"{"rule":"not-frozen"}"#) == .satisfied)
    try world.given(
      "freeze.declared", "environment/" + World.environment,
      #"{"freeze":"f","from":"\#(world.now.rfc3339Milliseconds)","until":"2999-01-01T00:00:00Z","reason":"r"}"#)
    #expect(try world.outcome(#"{"rule":"not-frozen"}"#) == .violated)
  }

  @Test(
    "authorised: only what is critical needs it, and then unexpired, for this environment and what is deployed")
  func authorised() throws {
    let plan = try world.built()
    try world.grant(World.bo, level: 6)
    let rule = #"{"rule":"authorised"}"#
    #expect(try world.outcome(rule) == .notApplicable)
    func judged() throws -> RuleOutcome { try world.verdict(rule, critical: "it was planned as such").outcome }
    #expect(try judged() == .violated)
    let pins = #""plan":\#(plan.value),"digests":["\#(World.digest)"]"#
    try given(
      "authorisation.requested",
      #"{"authorisation":"a","activity":"deploy","reason":"r","of":"\#(World.bo.text)","environment":"\#(World.environment)",\#(pins)}"#
    )
    #expect(try judged() == .violated)
    try world.given("authorisation.granted", World.release, #"{"authorisation":"a",\#(pins)}"#, by: World.bo)
    #expect(try judged() == .satisfied)
    try given("release.scope.changed", #"{"reason":"more"}"#)
    #expect(try judged() == .violated)
  }
}
