import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// A rule that rests on one fact, and a history in which that fact comes last.
struct FactRule: Sendable, CustomTestStringConvertible {
  typealias Said = (type: String, subject: String, data: String)
  let rule: String
  let before: [Said]
  let fact: Said

  var testDescription: String { rule }

  private static let plan: Said = ("release.planned", World.release, #"{"class":"normal"}"#)
  private static func release(_ type: String, _ data: String) -> Said { (type, World.release, data) }

  static let all: [FactRule] = [
    FactRule(rule: "planned", before: [], fact: plan),
    FactRule(
      rule: "designed", before: [plan],
      fact: release("release.designed", #"{"strategy":"canary","takeBack":"fixForward"}"#)),
    FactRule(
      rule: "rollback-planned", before: [plan],
      fact: release("release.designed", #"{"strategy":"canary","takeBack":"fixForward"}"#)),
    FactRule(
      rule: "components-assessed",
      before: [release("release.planned", #"{"class":"normal","components":[{"name":"zlib"}]}"#)],
      fact: release(
        "component.assessed", #"{"component":{"name":"zlib"},"kind":"licence","verdict":"acceptable"}"#)),
    FactRule(
      rule: "risk-assessed", before: [plan],
      fact: release(
        "risk.assessed", #"{"likelihood":4,"impact":4,"residualLikelihood":2,"residualImpact":3}"#)),
    FactRule(
      rule: "built",
      before: [
        plan,
        (
          "capability.registered", "capability/farm",
          #"{"kind":"tool","title":"F","owner":"\#(World.ana.text)"}"#
        ),
      ],
      fact: release(
        "build.finished",
        #"{"build":"b-1","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.digest)"}],"tool":{"name":"bazel","capability":"farm"}}"#
      )),
    FactRule(
      rule: "tested", before: [plan],
      fact: release(
        "test.finished",
        #"{"test":"t","suite":"smoke","outcome":"succeeded","backfilled":true,"digests":["\#(World.digest)"]}"#)
    ),
    FactRule(
      rule: "validated", before: [plan],
      fact: release(
        "validation.finished",
        #"{"validation":"v","outcome":"succeeded","validators":["\#(World.bo.text)"],"criteria":[{"criterion":"c","result":"met"}]}"#
      )),
    FactRule(
      rule: "scheduled", before: [plan],
      fact: release(
        "schedule.agreed",
        #"{"windows":[{"environment":"\#(World.environment)","from":"2020-01-01T00:00:00Z","until":"2099-01-01T00:00:00Z"}]}"#
      )),
    FactRule(
      rule: "partners-consulted", before: [plan],
      fact: release("partner.consulted", #"{"partner":"it","name":"net","about":"a","outcome":"agreed"}"#)),
    FactRule(
      rule: "communicated", before: [plan],
      fact: release("communication.sent", #"{"audience":"users","channel":"mail","topic":"t"}"#)),
    FactRule(
      rule: "attested", before: [plan],
      fact: release(
        "attestation.recorded",
        #"{"digest":"\#(World.digest)","predicateType":"t","statement":{"digest":"\#(World.otherDigest)","size":1,"mediaType":"application/json"}}"#
      )),
    FactRule(
      rule: "baselined", before: [plan],
      fact: (
        "baseline.recorded", "environment/" + World.environment,
        #"{"baseline":"b","moment":"before","release":"\#(World.release)","items":[{"name":"api"}]}"#
      )),
  ]
}

@Suite("What counts as a fact")
struct FactTests {
  let world: World

  init() throws { world = try World() }

  private func given(_ type: String, _ data: String, time: Instant? = nil) throws {
    try world.given(type, World.release, data, time: time?.rfc3339Milliseconds)
  }

  @Test(
    "a fact counts that had happened by the beginning, and was recorded before it or soon enough",
    arguments: FactRule.all)
  func lines(_ asked: FactRule) throws {
    for said in asked.before { try world.given(said.type, said.subject, said.data) }
    let happened = world.now
    world.advance(to: happened.after(seconds: 10))
    let line = try world.given(
      asked.fact.type, asked.fact.subject, asked.fact.data, time: happened.rfc3339Milliseconds)
    func verdict(line: Position, begun: Instant, seconds: Int64) throws -> Judgement {
      try world.verdict(
        #"{"rule":"\#(asked.rule)"}"#, line: line, begun: begun, seconds: seconds, digests: [World.digest])
    }
    let after = Position(line.value + 1)
    let inTime = try verdict(line: after, begun: happened, seconds: 0)
    #expect(inTime.outcome == .satisfied && inTime.positions.contains(line))
    let early = happened.advanced(byMicroseconds: -1)
    #expect(try verdict(line: after, begun: early, seconds: 99_999).outcome == .violated)
    #expect(try verdict(line: line, begun: happened, seconds: 9).outcome == .violated)
    let late = try verdict(line: line, begun: happened, seconds: 10)
    #expect(late.outcome == .satisfiedLate && late.positions.contains(line))
    #expect(try verdict(line: line, begun: early, seconds: 99_999).outcome == .violated)
  }

  @Test("the last fact is the last to happen, and of two at one time the one recorded later")
  func order() throws {
    try given("release.planned", #"{"class":"normal"}"#)
    func run(_ test: String, _ outcome: String, _ time: Instant) throws -> RuleOutcome {
      try given(
        "test.finished",
        #"{"test":"\#(test)","suite":"s","outcome":"\#(outcome)","backfilled":true,"digests":["\#(World.digest)"]}"#,
        time: time)
      return try world.verdict(#"{"rule":"tested"}"#, digests: [World.digest]).outcome
    }
    let noon = world.now
    #expect(try run("1", "succeeded", noon) == .satisfied)
    #expect(try run("2", "failed", noon.after(seconds: -1)) == .satisfied)
    #expect(try run("3", "failed", noon) == .violated)
  }

  @Test("where a fact is asked for, one in time is enough; where the last is asked for, it may be late")
  func aFactOrTheLast() throws {
    try given("release.planned", #"{"class":"normal"}"#)
    let design = #"{"strategy":"canary","takeBack":"fixForward"}"#
    try given("release.designed", design)
    let (line, begun) = (Position(UInt64(world.events.count)), world.now)
    try given("release.designed", design)
    func outcome(_ rule: String) throws -> RuleOutcome {
      try world.verdict(#"{"rule":"\#(rule)"}"#, line: line, begun: begun, seconds: 0).outcome
    }
    // The second is recorded just when the deployment begins, after it.
    #expect(try outcome("designed") == .satisfied)
    #expect(try outcome("rollback-planned") == .satisfiedLate)
  }

  @Test("a digest is one with what it is derived from, link by link, and not with what is derived from it")
  func identity() throws {
    let (a, b, c) = (World.digest, World.otherDigest, "sha256:" + String(repeating: "0c", count: 32))
    try given("release.planned", #"{"class":"normal"}"#)
    try given(
      "test.finished", #"{"test":"t","suite":"s","outcome":"succeeded","backfilled":true,"digests":["\#(a)"]}"#)
    func tested(_ digests: String...) throws -> RuleOutcome {
      try world.verdict(#"{"rule":"tested"}"#, digests: digests).outcome
    }
    #expect(try tested(a) == .satisfied)
    #expect(try tested(c) == .violated)
    try given("package.published", #"{"digest":"\#(b)","derivedFrom":["\#(a)"]}"#)
    #expect(try tested(b) == .satisfied)
    #expect(try tested(c) == .violated)
    try given("package.published", #"{"digest":"\#(c)","derivedFrom":["\#(b)"]}"#)
    #expect(try tested(c) == .satisfied)
    #expect(try tested(c, "sha256:" + String(repeating: "0d", count: 32)) == .violated)
    // What only the derived one was tested for says nothing of its source.
    try given(
      "test.finished", #"{"test":"u","suite":"s","outcome":"failed","backfilled":true,"digests":["\#(c)"]}"#)
    #expect(try tested(a) == .satisfied)
    #expect(try tested(c) == .violated)
  }

  @Test("a link that came too late makes no identity, and one that came soon enough makes nothing late")
  func lateLink() throws {
    try given("release.planned", #"{"class":"normal"}"#)
    try given(
      "test.finished",
      #"{"test":"t","suite":"s","outcome":"succeeded","backfilled":true,"digests":["\#(World.digest)"]}"#)
    let begun = world.now
    world.advance(to: begun.after(seconds: 10))
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#, time: begun.rfc3339Milliseconds
    )
    func outcome(_ seconds: Int64) throws -> RuleOutcome {
      try world.verdict(
        #"{"rule":"tested"}"#, line: Position(UInt64(world.events.count - 1)), begun: begun, seconds: seconds,
        digests: [World.otherDigest]
      ).outcome
    }
    #expect(try outcome(9) == .violated)
    #expect(try outcome(10) == .satisfied)
  }

  @Test(
    "without digests it cannot be shown what was built, tested and attested",
    arguments: ["built", "tested", "attested"])
  func nothingDeployed(_ rule: String) throws {
    try given("release.planned", #"{"class":"normal"}"#)
    let verdict = try world.verdict(#"{"rule":"\#(rule)"}"#, digests: [])
    #expect(verdict.outcome == .violated && verdict.reason == "nothing says what is deployed, by digest")
  }

  @Test("what was annulled is no fact")
  func annulled() throws {
    try given("release.planned", #"{"class":"normal"}"#)
    #expect(try world.outcome(#"{"rule":"planned"}"#) == .satisfied)
    let annulment = try world.given("event.annulled", "ledger", #"{"position":1,"reason":"wrong"}"#)
    #expect(try world.outcome(#"{"rule":"planned"}"#) == .violated)
    try world.given("event.annulled", "ledger", #"{"position":\#(annulment.value),"reason":"right after all"}"#)
    #expect(try world.outcome(#"{"rule":"planned"}"#) == .satisfied)
  }
}
