import RelmDomain
import RelmProjections
import RelmProof
import RelmRules
import Testing

/// What a stranger tells of a deployment that others make: before it, so that it is judged where that stands, or in place of its end.
@Suite("Words of strangers about a deployment")
struct ParkedWordTests {
  let world: World
  private static let stranger = World.person(50)
  private static let other = World.person(51)
  private static let machine = World.person(52)

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd] { try world.grant(person, level: 6) }
    for person in [World.bo, World.cyd, Self.stranger] { try world.known(person) }
    try world.given(
      "person.linked", "person/\(Self.machine.uuid.text)",
      #"{"kind":"service","owner":"\#(World.bo.text)"}"#, by: World.cyd)
    try world.given("environment.registered", "environment/\(World.environment)", #"{"context":"production"}"#)
    try world.built()
  }

  private func adopt(_ rules: String, version: Int = 1) throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[\#(rules)]}}"#
    )
  }

  @discardableResult
  private func say(
    _ what: String, _ more: String = "", by person: PersonID? = stranger, time: Instant? = nil
  ) throws -> Position {
    try world.given(
      "deployment.\(what)", World.release,
      #"{"deployment":"d-1","environment":"\#(World.environment)"\#(more)}"#, by: person,
      time: time?.rfc3339Milliseconds)
  }

  /// The deployments that somebody has begun to tell of, each with what its rules come to.
  private func told(at time: Instant? = nil) throws -> [ComplianceReport.Attempt] { try world.report(at: time) }

  private static let words = [
    ("progressed", #","decision":"continue","backfilled":true"#),
    ("started", #","digests":["\#(World.digest)"]"#),
    ("finished", #","outcome":"failed","backfilled":true"#),
    ("finished", #","outcome":"succeeded","backfilled":true"#),
    ("rolledback", #","backfilled":true"#),
  ]

  @Test(
    "do not fix where it is judged, and are a deployment of their own where they come before it",
    arguments: words, [World.bo, machine])
  func line(word: (what: String, more: String), deployer: PersonID) throws {
    try adopt(#"{"rule":"approved"}"#)
    let approval = try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":\#(plan()),"digests":["\#(World.digest)"]}"#, by: World.bo)
    let parked = try say(word.what, word.more)
    try world.given(
      "approval.withdrawn", World.release, #"{"approval":\#(approval.value),"reason":"r"}"#, by: World.bo)
    let line = try say("started", #","digests":["\#(World.digest)"]"#, by: deployer)
    try say("finished", #","outcome":"succeeded""#, by: deployer)
    let all = try told()
    #expect(all.last?.position == line && all.last?.outcome == .succeeded)
    #expect(all.last?.findings.map(\.outcome) == [.violated])
    #expect(all.dropLast().map(\.position) == (word.what == "rolledback" ? [] : [parked]))
  }

  private func plan() throws -> UInt64 {
    try #require(try world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
  }

  @Test("do not choose by which policies it is judged")
  func policies() throws {
    try adopt(#"{"rule":"planned"}"#)
    try say("progressed", #","decision":"continue","backfilled":true"#)
    try adopt(#"{"rule":"planned"},{"rule":"tested"}"#, version: 2)
    try say("started", by: World.bo)
    #expect(try told().last?.findings.map(\.rule) == [.planned, .tested])
  }

  @Test("that it failed, was cancelled, rolled back or removed take nothing from what is owed for it")
  func ended() throws {
    try adopt(
      #"{"rule":"verified","within":"PT1H"},{"rule":"handed-over","within":"PT1H"},{"rule":"supported"}"#)
    try say("removed", #","backfilled":true"#)
    try say("started", by: World.bo)
    let wrong = try say("finished", #","outcome":"failed""#)
    // Who deploys is not refused their own word, and it is what counts.
    try say("finished", #","outcome":"succeeded""#, by: World.bo)
    let all = try told(at: world.now.after(days: 1))
    #expect(all.count == 1 && all[0].outcome == .succeeded && all[0].undone == nil)
    #expect(all[0].findings.map(\.outcome) == [.overdue, .overdue, .overdue])
    // … and what was said otherwise is among what the report rests on.
    #expect(all[0].evidence.contains { $0.position == wrong && $0.by == Self.stranger })
    let row = try world.views.attempt(
      "payments-api", "1.0", AttemptID(.deployment, "d-1", in: World.environment))
    #expect(row?.outcome == .succeeded && row?.ended?.by == World.bo)
  }

  @Test("that it succeeded ends it as long as nobody else has told how it ended")
  func success() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"}"#)
    try say("started", by: World.bo)
    try say("finished", #","outcome":"succeeded""#)
    #expect(try told(at: world.now.after(days: 1)).map(\.findings[0].outcome) == [.overdue])
    try say("finished", #","outcome":"failed""#, by: World.bo)
    #expect(try told().map(\.outcome) == [.failed])
  }

  @Test("are judged as they are where nobody with standing tells of it")
  func alone() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"}"#)
    let line = try say("started")
    try say("finished", #","outcome":"failed""#, by: Self.other)
    #expect(
      try world.when(
        "deployment.finished", World.release,
        #"{"deployment":"d-1","environment":"\#(World.environment)","outcome":"succeeded"}"#, by: Self.stranger)
        != nil)
    let all = try told()
    #expect(all.map(\.position) == [line] && all.map(\.outcome) == [.failed])
  }

  @Test("take the place of nobody's who has standing, and those with standing are not told twice")
  func places() throws {
    try say("started", by: World.bo)
    let data = #"{"deployment":"d-1","environment":"\#(World.environment)"}"#
    #expect(try world.when("deployment.started", World.release, data, by: Self.stranger) != nil)
    #expect(try world.when("deployment.started", World.release, data, by: World.cyd) != nil)
  }

  @Test(
    "it is taken back by who may have deployed it, after it has ended, and what is said of that before counts for nothing"
  )
  func takenBack() throws {
    try adopt(#"{"rule":"handed-over","within":"PT10H"}"#)
    try say("started", by: World.bo)
    let soon = world.now.after(seconds: 200)
    try say("removed", by: World.bo, time: soon)
    try say("finished", #","outcome":"succeeded""#, by: World.bo)
    let late = world.now.after(days: 1)
    #expect(try told(at: late).map(\.findings[0].outcome) == [.overdue])
  }

  @Test("that it was taken back after its end, by who may have deployed it, ends what is owed")
  func takenBackAfter() throws {
    try adopt(#"{"rule":"handed-over","within":"PT10H"}"#)
    try say("started", by: World.bo)
    try say("finished", #","outcome":"succeeded""#, by: World.bo)
    try say("removed", by: Self.stranger)
    let late = world.now.after(days: 1)
    #expect(try told(at: late).map(\.findings[0].outcome) == [.overdue])
    try say("removed", by: Self.machine)
    #expect(try told(at: late).map(\.findings[0].outcome) == [.notApplicable])
  }
}
