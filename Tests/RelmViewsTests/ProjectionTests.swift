import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("The views of releases, attempts and environments")
struct ProjectionTests {
  private let events: [RecordedEvent]

  init() throws {
    let one = "release/acme/api/1.0"
    let two = "release/acme/api/2.0"
    events = [
      try TestLog.event(0, one, "relm.release.planned", #"{"class":"normal","purpose":"Instalments"}"#),
      try TestLog.event(
        1, one, "relm.deployment.started", #"{"deployment":"d","environment":"prod/eu"}"#, minute: 1),
      try TestLog.event(
        2, one, "relm.deployment.finished",
        #"{"deployment":"d","environment":"prod/eu","outcome":"succeeded"}"#,
        minute: 2),
      try TestLog.event(3, "release/x/1", "dev.cdevents.build.started.0.2.0", "{}"),
      try TestLog.event(4, nil, "com.example.thing", "{}"),
      try TestLog.event(
        5, two, "relm.deployment.finished",
        #"{"backfilled":true,"deployment":"d","environment":"prod/eu","outcome":"succeeded"}"#, minute: 3),
      try TestLog.event(
        6, two, "relm.deployment.rolledback", #"{"deployment":"d","environment":"prod/eu"}"#, minute: 4),
    ]
  }

  @Test("a release has a row under its package and version")
  func releaseRow() throws {
    let rows = try TestLog.fold(Releases.self, events)
    #expect(rows.count == 2)
    let row = try ReleaseRow(canonical: #require(rows[Releases.key(package: "acme/api", version: "1.0").bytes]))
    #expect(row.package == "acme/api" && row.version == "1.0")
    #expect(row.stage == .deployed)
    #expect(row.events == 3)
    #expect(row.first.position == Position(0) && row.last.position == Position(2))
    #expect(row.plan?.purpose == "Instalments")
  }

  @Test("attempts of two releases with the same id do not meet")
  func attemptRows() throws {
    let rows = try TestLog.fold(Attempts.self, events)
    #expect(rows.count == 2)
    let key = Attempts.key(package: "acme/api", version: "2.0", AttemptID(.deployment, "d", in: "prod/eu"))
    let row = try AttemptRow(canonical: #require(rows[key.bytes]))
    #expect(row.outcome == .succeeded && row.begun == nil)
    #expect(row.ended?.by == TestLog.person)
    #expect(row.rolledBack?.position == Position(6))
  }

  @Test("an environment has a row for each package, whatever release runs")
  func environmentRow() throws {
    let rows = try TestLog.fold(Running.self, events)
    #expect(rows.count == 1)
    let row = try RunningRow(
      canonical: #require(rows[Running.key(environment: "prod/eu", package: "acme/api").bytes]))
    #expect(row.running?.version == "1.0")
    #expect(row.previous?.version == "2.0")
  }

  @Test("events that are not relm's touch no row, and what is no deployment touches no environment")
  func untouchedRows() {
    #expect(Releases.keys(touchedBy: events[3]).isEmpty && Releases.keys(touchedBy: events[4]).isEmpty)
    #expect(Attempts.keys(touchedBy: events[0]).isEmpty)
    #expect(Running.keys(touchedBy: events[0]).isEmpty)
  }

  @Test("a damaged row is not read", arguments: ["", "{}", "[]", #"{"environment":"e","package":"p"} "#])
  func damagedRow(text: String) {
    #expect(throws: DecodingFailure.self) { try RunningRow(canonical: [UInt8](text.utf8)) }
  }
}

@Suite("Keys of rows")
struct RowKeyTests {
  @Test("no two keys have the same bytes, though a component holds a zero")
  func keysAreDistinct() {
    let keys = [
      RowKey("a", "b"), RowKey("a\u{0}b"), RowKey("a", "", "b"), RowKey("a\u{0}", "b"), RowKey("a", "\u{0}b"),
      RowKey("ab"),
      RowKey("a\u{0}\u{0}b"),
    ]
    #expect(Set(keys.map(\.bytes)).count == keys.count)
  }

  @Test("rows of one entity are neighbours, behind its prefix")
  func prefixesHold() {
    #expect(RowKey("host/a", "curl").bytes.starts(with: RowKey("host/a").prefix))
    #expect(!RowKey("host/ab", "curl").bytes.starts(with: RowKey("host/a").prefix))
  }

  @Test("a key that would be too long is of the longest length, and still its own")
  func longKeys() {
    let long = String(repeating: "x", count: 600)
    #expect(RowKey(long, "a").bytes.count == RowKey.limitBytes)
    #expect(RowKey(long, "a").bytes != RowKey(long, "b").bytes)
    #expect(RowKey.limitBytes == 510, "what the store takes, and the place of a view before it")
    let whole = String(repeating: "x", count: 510)
    #expect(RowKey(whole).bytes == Array(whole.utf8))
    #expect(RowKey(whole + "x").bytes != Array((whole + "x").utf8))
  }
}
