import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Rules at their lines")
struct RuleLineTests {
  let world: World

  init() throws { world = try World() }

  private func given(_ type: String, _ data: String, by actor: PersonID = World.ana) throws {
    try world.given(type, World.release, data, by: actor)
  }

  private func plan(_ more: String = "") throws {
    try given("release.planned", #"{"class":"normal"\#(more)}"#)
  }

  private func build(_ id: String, _ outcome: String = "succeeded", more: String = "") throws {
    try given(
      "build.finished",
      #"{"build":"\#(id)","outcome":"\#(outcome)","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}],"tool":{"name":"bazel","capability":"farm"}\#(more)}"#
    )
  }

  private func farm(_ more: String = "") throws {
    try world.given(
      "capability.registered", "capability/farm",
      #"{"kind":"tool","title":"F","owner":"\#(World.ana.text)"\#(more)}"#)
  }

  @Test(
    "a tool is in place up to the end of its validity, and not at it",
    arguments: ["built", "capability-in-place"])
  func validity(_ name: String) throws {
    let rule =
      name == "built" ? #"{"rule":"built"}"# : #"{"capabilities":["farm"],"rule":"capability-in-place"}"#
    try plan()
    try build("b-1")
    let until = world.now.after(seconds: 600)
    try farm(#","validUntil":"\#(until.rfc3339Milliseconds)""#)
    #expect(try world.verdict(rule, begun: until.advanced(byMicroseconds: -1)).outcome == .satisfied)
    #expect(try world.verdict(rule, begun: until).outcome == .violated)
  }

  @Test(
    "a tool that was assessed as unacceptable is not in place", arguments: ["built", "capability-in-place"])
  func unacceptable(_ name: String) throws {
    let rule =
      name == "built" ? #"{"rule":"built"}"# : #"{"capabilities":["farm"],"rule":"capability-in-place"}"#
    try plan()
    try build("b-1")
    try farm()
    func assess(_ verdict: String) throws -> RuleOutcome {
      try world.given("capability.assessed", "capability/farm", #"{"verdict":"\#(verdict)"}"#)
      return try world.outcome(rule)
    }
    #expect(try assess("unacceptable") == .violated)
    #expect(try assess("conditional") == .satisfied)
    let line = Position(UInt64(world.events.count))
    try world.given("capability.withdrawn", "capability/farm", #"{"reason":"gone"}"#)
    #expect(try world.verdict(rule, line: line).outcome == .satisfied)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("every capability that is asked for is to be in place")
  func everyCapability() throws {
    try plan()
    try farm()
    let rule = #"{"capabilities":["farm","other"],"rule":"capability-in-place"}"#
    #expect(try world.verdict(rule).reason == "capability other is not registered")
  }

  @Test("the last successful build counts, and a later one that failed does not stand against it")
  func builds() throws {
    try plan(#","commits":[{"id":"c1"}]"#)
    try farm()
    try build("b-1", more: #","commits":[{"id":"c1"}]"#)
    try build("b-2", "failed")
    #expect(try world.outcome(#"{"rule":"built"}"#) == .satisfied)
    #expect(try world.outcome(#"{"capabilities":["farm"],"rule":"built"}"#) == .satisfied)
    try build("b-3")
    #expect(try world.verdict(#"{"rule":"built"}"#).reason.hasPrefix("the end of build b-3 does not name"))
    // What is declared is what was declared last.
    try given("release.scope.changed", #"{"reason":"r","commits":[{"id":"c2"}]}"#)
    try build("b-4", more: #","commits":[{"id":"c1"}]"#)
    #expect(try world.verdict(#"{"rule":"built"}"#).reason.hasSuffix("the declared commit c2"))
    // Another change that declares none leaves it at that.
    try given("release.scope.changed", #"{"reason":"r"}"#)
    try build("b-5", more: #","commits":[{"id":"c2"}]"#)
    #expect(try world.outcome(#"{"rule":"built"}"#) == .satisfied)
  }

  @Test("a procedure that was retired preauthorises nothing, and an incident opened later answers nothing")
  func classified() throws {
    try plan()
    try given("release.scope.changed", #"{"reason":"r","class":"standard","procedure":"web"}"#)
    let rule = #"{"rule":"classified"}"#
    try world.given(
      "procedure.published", "procedure/web",
      #"{"document":{"id":"web","version":"1","title":"W","steps":[{"step":"s","title":"S"}],"owner":"\#(World.ana.text)","preauthorises":true}}"#
    )
    #expect(try world.outcome(rule) == .satisfied)
    try world.given("procedure.retired", "procedure/web", #"{"reason":"r"}"#)
    #expect(try world.outcome(rule) == .violated)
    try given("release.scope.changed", #"{"reason":"r","class":"emergency","fixes":["INC-1","INC-2"]}"#)
    let line = try world.given("incident.opened", "incident/INC-2", #"{"severity":"high","summary":"s"}"#)
    #expect(try world.verdict(rule, line: line).outcome == .violated)
    #expect(try world.verdict(rule, line: Position(line.value + 1)).outcome == .satisfied)
  }

  @Test("what is not planned is not classified")
  func notPlanned() throws { #expect(try world.outcome(#"{"rule":"classified"}"#) == .violated) }

  @Test("a residual risk of just the maximum is low enough, and the last assessment to happen counts")
  func risk() throws {
    try plan()
    func assess(_ residual: Int, time: Instant) throws {
      try world.given(
        "risk.assessed", World.release,
        #"{"likelihood":5,"impact":5,"residualLikelihood":\#(residual),"residualImpact":2}"#,
        time: time.rfc3339Milliseconds)
    }
    let rule = #"{"maximumResidual":6,"rule":"risk-assessed"}"#
    let now = world.now
    try assess(3, time: now)
    #expect(try world.outcome(rule) == .satisfied)
    try assess(4, time: now.after(seconds: -1))
    #expect(try world.outcome(rule) == .satisfied)
    #expect(try world.outcome(#"{"maximumResidual":5,"rule":"risk-assessed"}"#) == .violated)
    try assess(4, time: now)
    #expect(try world.outcome(rule) == .violated)
    #expect(try world.outcome(#"{"rule":"risk-assessed"}"#) == .satisfied)
  }

  @Test("a window takes its beginning in and leaves its end out, and the last agreed one with any counts")
  func scheduled() throws {
    try plan()
    let rule = #"{"rule":"scheduled"}"#
    let (from, until) = (world.now.after(days: 1), world.now.after(days: 2))
    func agree(_ environment: String) throws {
      try given(
        "schedule.agreed",
        #"{"windows":[{"environment":"\#(environment)","from":"\#(from.rfc3339Milliseconds)","until":"\#(until.rfc3339Milliseconds)"}]}"#
      )
    }
    try agree(World.environment)
    try agree("production/us")
    let tick: Int64 = 1
    #expect(try world.verdict(rule, begun: from.advanced(byMicroseconds: -tick)).outcome == .violated)
    #expect(try world.verdict(rule, begun: from).outcome == .satisfied)
    #expect(try world.verdict(rule, begun: until.advanced(byMicroseconds: -tick)).outcome == .satisfied)
    #expect(try world.verdict(rule, begun: until).outcome == .violated)
  }

  @Test("who is told just the lead time before is told in time, and a later word does not undo the first")
  func communicated() throws {
    try plan()
    let told = world.now
    let word = #"{"audience":"users","channel":"mail","topic":"t"}"#
    try given("communication.sent", word)
    try given("communication.sent", word)
    let rule = #"{"audiences":["users"],"leadTime":"PT2H","rule":"communicated"}"#
    #expect(try world.verdict(rule, begun: told.after(seconds: 7200)).outcome == .satisfied)
    #expect(
      try world.verdict(rule, begun: told.after(seconds: 7200).advanced(byMicroseconds: -1)).outcome
        == .violated)
    #expect(try world.outcome(#"{"rule":"communicated"}"#) == .satisfied)
    #expect(
      try world.verdict(
        #"{"audiences":["users","press"],"rule":"communicated"}"#, begun: told.after(seconds: 7200)
      ).reason == "press was not told")
  }

  @Test("each partner's last word counts by itself, and one of any kind is enough where none is asked for")
  func partners() throws {
    try plan()
    func consult(_ name: String, _ outcome: String, kind: String = "it") throws -> RuleOutcome {
      try given(
        "partner.consulted", #"{"partner":"\#(kind)","name":"\#(name)","about":"a","outcome":"\#(outcome)"}"#)
      return try world.outcome(#"{"rule":"partners-consulted"}"#)
    }
    #expect(try world.outcome(#"{"rule":"partners-consulted"}"#) == .violated)
    #expect(try consult("net", "objected") == .violated)
    #expect(try consult("dba", "agreed") == .violated)
    #expect(try consult("net", "agreed", kind: "business") == .violated)
    #expect(try consult("net", "agreed") == .satisfied)
  }

  @Test("a component is known by its digest where both have one, and an assessment counts by when it happened")
  func components() throws {
    try plan(#","components":[{"name":"zlib","version":"3","digest":"\#(World.digest)"}]"#)
    let rule = #"{"rule":"components-assessed"}"#
    func assess(_ component: String, _ verdict: String, time: Instant? = nil) throws -> RuleOutcome {
      try world.given(
        "component.assessed", World.release,
        #"{"component":{\#(component)},"kind":"licence","verdict":"\#(verdict)"}"#,
        time: time?.rfc3339Milliseconds)
      return try world.outcome(rule)
    }
    #expect(
      try assess(#""name":"zlib","version":"3","digest":"\#(World.otherDigest)""#, "acceptable") == .violated)
    let now = world.now
    #expect(try assess(#""name":"z","digest":"\#(World.digest)""#, "acceptable", time: now) == .satisfied)
    #expect(
      try assess(#""name":"zlib","version":"3""#, "unacceptable", time: now.after(seconds: -1)) == .satisfied)
    #expect(try assess(#""name":"zlib""#, "unacceptable") == .violated)
  }

  @Test("a plan without components shows none assessed")
  func noComponents() throws {
    try plan()
    #expect(try world.verdict(#"{"rule":"components-assessed"}"#).reason == "the plan names no component")
  }

  @Test("the last validation is of what is deployed where it names digests")
  func validated() throws {
    try plan()
    func validate(_ digest: String?, _ outcome: String = "succeeded") throws -> RuleOutcome {
      let named = digest.map { #","digests":["\#($0)"]"# } ?? ""
      try given(
        "validation.finished",
        #"{"validation":"v","outcome":"\#(outcome)","validators":["\#(World.bo.text)"],"criteria":[{"criterion":"c","result":"met"}]\#(named)}"#
      )
      return try world.verdict(#"{"rule":"validated"}"#, digests: [World.digest]).outcome
    }
    #expect(try validate(nil) == .satisfied)
    #expect(try validate(World.otherDigest) == .violated)
    #expect(try validate(World.digest) == .satisfied)
    #expect(try validate(World.digest, "errored") == .violated)
  }

  @Test("a validation with a criterion that was not assessed is none")
  func notAssessed() throws {
    try plan()
    try given(
      "validation.finished",
      #"{"validation":"v","outcome":"succeeded","validators":["\#(World.bo.text)"],"criteria":[{"criterion":"a","result":"met"},{"criterion":"b","result":"notAssessed"}]}"#
    )
    #expect(try world.verdict(#"{"rule":"validated"}"#).reason == "the criterion 'b' is not met")
  }

  @Test("a suite is run on everything that is deployed, and with a tool that is asked for")
  func tested() throws {
    try plan()
    func run(_ id: String, _ digest: String, _ more: String = "") throws {
      try given(
        "test.finished",
        #"{"test":"\#(id)","suite":"s","outcome":"succeeded","backfilled":true,"digests":["\#(digest)"]\#(more)}"#
      )
    }
    func outcome(_ rule: String) throws -> RuleOutcome {
      try world.verdict(rule, digests: [World.digest, World.otherDigest]).outcome
    }
    try run("t1", World.digest)
    #expect(try outcome(#"{"rule":"tested"}"#) == .violated)
    try run("t2", World.otherDigest)
    #expect(try outcome(#"{"rule":"tested"}"#) == .satisfied)
    let tool = #"{"capabilities":["lab"],"rule":"tested"}"#
    #expect(try outcome(tool) == .violated)
    for (id, digest) in [("o1", World.digest), ("o2", World.otherDigest)] {
      try run(id, digest, #","tool":{"name":"x","capability":"other"}"#)
    }
    #expect(try outcome(tool) == .violated)
    try run("t3", World.otherDigest, #","tool":{"name":"x","capability":"lab"}"#)
    #expect(try outcome(tool) == .violated)
    try run("t4", World.digest, #","tool":{"name":"x","capability":"lab"}"#)
    #expect(try outcome(tool) == .satisfied)
  }

  @Test("an attestation of each type is about everything that is deployed; without types one of any is enough")
  func attested() throws {
    try plan()
    func attest(_ type: String, _ digest: String) throws {
      try given(
        "attestation.recorded",
        #"{"digest":"\#(digest)","predicateType":"\#(type)","statement":{"digest":"\#(World.otherDigest)","size":1,"mediaType":"a/b"}}"#
      )
    }
    func outcome(_ rule: String) throws -> RuleOutcome {
      try world.verdict(rule, digests: [World.digest, World.otherDigest]).outcome
    }
    let two = #"{"predicateTypes":["a","b"],"rule":"attested"}"#
    try attest("a", World.digest)
    #expect(try outcome(#"{"rule":"attested"}"#) == .violated)
    try attest("b", World.otherDigest)
    #expect(try outcome(#"{"rule":"attested"}"#) == .satisfied)
    #expect(try outcome(two) == .violated)
    try attest("b", World.digest)
    try attest("a", World.otherDigest)
    #expect(try outcome(two) == .satisfied)
  }

  @Test("a design is taken back by a plan and by migrations that reverse, and the last design counts")
  func rollback() throws {
    try plan()
    func design(_ data: String) throws -> RuleOutcome {
      try given("release.designed", #"{"strategy":"canary",\#(data)}"#)
      return try world.outcome(#"{"rule":"rollback-planned"}"#)
    }
    let back = #""takeBack":"rollBack","rollbackPlan":"switch back""#
    #expect(
      try design(
        back + #","migrations":[{"migration":"a","reverses":true},{"migration":"b","reverses":false}]"#)
        == .violated)
    #expect(try design(back + #","migrations":[{"migration":"a","reverses":true}]"#) == .satisfied)
    #expect(try design(#""takeBack":"rollBack""#) == .violated)
  }

  @Test("a freeze holds from its beginning up to its end, for what it concerns, until it is lifted")
  func freezes() throws {
    try plan(#","services":["payments"]"#)
    let rule = #"{"rule":"not-frozen"}"#
    let (from, until) = (world.now.after(days: 1), world.now.after(days: 2))
    func freeze(_ id: String, _ more: String = "", in environment: String = World.environment) throws {
      try world.given(
        "freeze.declared", "environment/" + environment,
        #"{"freeze":"\#(id)","from":"\#(from.rfc3339Milliseconds)","until":"\#(until.rfc3339Milliseconds)","reason":"r"\#(more)}"#
      )
    }
    func outcome(at time: Instant) throws -> RuleOutcome { try world.verdict(rule, begun: time).outcome }
    try freeze("a", in: "production/us")
    try freeze("b", #","packages":["web"]"#)
    try freeze("c", #","services":["web"]"#)
    #expect(try outcome(at: from) == .satisfied)
    try freeze("d", #","services":["payments"]"#)
    #expect(try outcome(at: from.advanced(byMicroseconds: -1)) == .satisfied)
    #expect(try outcome(at: from) == .violated)
    #expect(try outcome(at: until.advanced(byMicroseconds: -1)) == .violated)
    #expect(try outcome(at: until) == .satisfied)
    let line = Position(UInt64(world.events.count))
    try world.given("freeze.lifted", "environment/" + World.environment, #"{"freeze":"d","reason":"r"}"#)
    #expect(try outcome(at: from) == .satisfied)
    #expect(try world.verdict(rule, line: line, begun: from).outcome == .violated)
  }
}
