import RelmDomain
import RelmLedger
import RelmJudging
import RelmProof
import RelmTestSupport
import Testing

@Suite("Delivery metrics of a ledger")
struct MetricsTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws {
    test = try TestLedger()
    test.machine.now = try #require(Instant("2027-01-15T09:00:00Z"))
  }

  private func report(
    _ ledger: Ledger, package: String? = nil, environment: String? = nil,
    from: String = "2026-01-01T00:00:00Z", until: String = "2027-01-01T00:00:00Z", by unit: CalendarUnit? = nil
  ) throws -> MetricsReport {
    let span = try #require(Instant(from))..<#require(Instant(until))
    let answer = try ledger.metrics(
      MetricsQuestion(package: package, environment: environment, span: span, unit: unit), at: test.machine.now)
    guard case .report(let report) = answer else {
      Issue.record("no report: \(answer)")
      throw Failure.noReport
    }
    return report
  }

  private enum Failure: Error { case noReport }

  /// A deployment that ended at a time, of a release that may never have been planned.
  private func deploy(
    _ version: String, _ deployment: String = "d", to environment: String = "production", at time: String,
    _ outcome: String = "succeeded", package: String = "api"
  ) throws {
    try ledger.append(
      event(
        "\(package)-\(version)-\(deployment)", "deployment.finished", about: "release/\(package)/\(version)",
        #"{"backfilled":true,"deployment":"\#(deployment)","environment":"\#(environment)","outcome":"\#(outcome)"}"#,
        more: #","time":"\#(time)""#))
  }

  private func record(
    _ id: String, _ type: String, _ subject: String, _ data: String, at time: String = "2026-05-01T00:00:00Z"
  ) throws -> Position? {
    try ledger.append(event(id, type, about: subject, data, more: #","time":"\#(time)""#)).first?.position
  }

  // MARK: A year

  /// Tells the whole story in one append, after it is over.
  private func tellYear() throws -> Ledger {
    let machine = test.machine
    let ledger = try Ledger.create(
      at: test.folder.path + "/year",
      LedgerPlan(origin: "example.org/releases", owner: Year.owner, source: "/year"),
      surroundings: machine.surroundings)
    let events = Year.events.map { $0.told(permissionsEnd: "2999-12-31T00:00:00Z") }
    let places = Dictionary(uniqueKeysWithValues: zip(events.map(\.id), try ledger.size().value...))
    let lines = try events.map { try #require($0.resolved(places)).line }
    guard case .landed = try ledger.append(AppendRequest(claims: ledger.claims(lines, actor: nil))) else {
      Issue.record("the year is refused")
      throw Failure.noReport
    }
    return ledger
  }

  /// Counted by hand from the story: nine deployments to production ended, of five releases that got there and two that
  /// did not.
  @Test("a year of a service has the measures that its story tells")
  func year() throws {
    let ledger = try tellYear()
    let report = try report(ledger, by: .month)
    let total = report.total
    #expect(report.asOf.events == Year.events.count + 1)
    #expect(total.deployments == 9 && total.cancelled == 1)
    // 10 and 17 February, 10 June, 6 August, twice on 18 September, 22 October.
    #expect(total.frequency == .init(successful: 7, days: 6, seconds: 365 * 86_400))
    // One commit has a time: 20 January, 16:00, deployed on 10 February, 7:40.
    let lead = 20 * 86_400 + 15 * 3600 + 40 * 60
    #expect(
      total.leadTime
        == .init(
          commits: 1, medianSeconds: lead, p90Seconds: lead, deployments: 5, withoutCommitTimes: 4, negative: 0)
    )
    // 1.2.0 failed and was rolled back, and INC-9 is its fault: from 9:25 to 17:30.
    let recovery = 8 * 3600 + 5 * 60
    #expect(
      total.recovery
        == .init(recovered: 1, medianSeconds: recovery, p90Seconds: recovery, unrecovered: 0, unmeasured: 0))
    // What was said of INC-7 was annulled.
    #expect(
      total.failRate
        == .init(
          failed: 1, of: 9, byOutcome: 1, byRollback: 1, byIncident: 1, suspected: 0, unattributedIncidents: 1,
          undecidedCauses: 0))
    #expect(total.rework == .init(remedial: 2, of: 9, withoutPlan: 0))

    let failure = try #require(report.failures.first)
    #expect(report.failures.count == 1)
    #expect(failure.release == "release/payments-api/1.2.0" && failure.deployment == "d-120")
    #expect(failure.incidents == ["INC-9"] && failure.recoverySeconds == recovery)
    let finish = try #require(try ledger.event(at: failure.finished.position))
    #expect(finish.record.envelope.id == "deploy-1.2.0-z")
    #expect(report.unattributed.map(\.incident) == ["INC-7"])

    #expect(report.periods.map(\.deployments) == [0, 2, 0, 0, 0, 1, 1, 1, 2, 2, 0, 0])
    #expect(report.periods.map(\.rework.remedial) == [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0])
    #expect(report.periods[5].failRate.unattributedIncidents == 1)
  }

  @Test("one environment is measured by itself: of production, or of development, even when it is retired")
  func yearOfOneEnvironment() throws {
    let ledger = try tellYear()
    let us = try report(ledger, environment: "production/us").total
    #expect(us.deployments == 1 && us.failRate.unattributedIncidents == 0)
    // The release's first deployment there: 17 February, 15:30.
    #expect(us.leadTime.medianSeconds == 27 * 86_400 + 23 * 3600 + 30 * 60)
    let staging = try report(ledger, environment: "staging").total
    #expect(staging.deployments == 1 && staging.frequency.successful == 1)
  }

  @Test("the report is the same from views that are made anew, and is read again as it was written")
  func yearAgain() throws {
    let ledger = try tellYear()
    let before = try report(ledger, by: .week)
    try ledger.rebuildViews()
    let after = try report(ledger, by: .week)
    #expect(before == after)
    #expect(try MetricsReport(canonical: before.bytes) == before)
  }

  /// What is true of a ledger as of a moment is true of one that was never told any more.
  @Test(
    "the metrics as of a moment are those of a ledger that ends there, by recording and by happening",
    arguments: [12, 60, 130, 217] as [UInt64])
  func yearBefore(size: UInt64) throws {
    let ledger = try tellYear()
    let past = try ledger.asOf(.position(Position(size - 1)))
    let now = try report(past, by: .month)
    #expect(now.asOf.events == Int(size) && now.asOf.happenedBy == nil)
    let shorter = try Ledger.create(
      at: test.folder.path + "/shorter",
      LedgerPlan(origin: "example.org/x", owner: Year.owner, source: "/year"),
      surroundings: test.machine.surroundings)
    let events = Year.events.map { $0.told(permissionsEnd: "2999-12-31T00:00:00Z") }
    let places = Dictionary(uniqueKeysWithValues: zip(events.map(\.id), try shorter.size().value...))
    let lines = try events.prefix(Int(size) - 1).map { try #require($0.resolved(places)).line }
    guard case .landed = try shorter.append(AppendRequest(claims: shorter.claims(lines, actor: nil))) else {
      Issue.record("the beginning of the year is refused")
      return
    }
    let alone = try report(shorter, by: .month)
    #expect(now.total == alone.total && now.periods == alone.periods)
    #expect(now.failures == alone.failures && now.unattributed == alone.unattributed)
  }

  @Test("what happened after a moment is in no measure as of what had happened by then")
  func happenedBy() throws {
    let ledger = try tellYear()
    // While INC-9 is open, and nobody has said whose fault it is.
    let moment = try #require(Instant("2026-07-17T09:35:00Z"))
    let past = try report(ledger.asOf(nil, happenedBy: moment))
    #expect(past.asOf.happenedBy == moment)
    #expect(past.total.deployments == 4 && past.total.failRate.byIncident == 0)
    #expect(past.total.failRate.byOutcome == 1 && past.total.failRate.byRollback == 0)
    #expect(past.unattributed.map(\.incident) == ["INC-7", "INC-9"])
    #expect(past.total.recovery.unrecovered == 1)
    #expect(past.total.leadTime.commits == 1)
  }

  // MARK: What counts

  @Test("a deployment whose end is annulled does not count, and counts again when the annulment is annulled")
  func annulled() throws {
    try deploy("1.0", at: "2026-05-01T00:00:00Z")
    try deploy("1.1", at: "2026-05-02T00:00:00Z")
    let last = try ledger.size().value - 1
    let first = try record(
      "a-1", "event.annulled", "ledger", #"{"position":\#(last),"reason":"another host"}"#,
      at: "2026-05-03T00:00:00Z")
    #expect(try report(ledger).total.frequency.successful == 1)
    let annulment = try #require(first)
    _ = try record(
      "a-2", "event.annulled", "ledger", #"{"position":\#(annulment.value),"reason":"it was this one"}"#,
      at: "2026-05-04T00:00:00Z")
    #expect(try report(ledger).total.frequency.successful == 2)
  }

  @Test("a commit of a build that is annulled, or that failed, is none of the release")
  func commits() throws {
    func build(_ id: String, _ outcome: String, _ commits: String) throws -> Position? {
      try record(
        id, "build.finished", "release/api/1.0",
        #"{"backfilled":true,"build":"\#(id)","commits":[\#(commits)],"outcome":"\#(outcome)"}"#)
    }
    _ = try record(
      "plan", "release.planned", "release/api/1.0",
      #"{"class":"normal","commits":[{"id":"a","committedAt":"2026-05-01T12:00:00+02:00"},{"id":"b"}]}"#)
    _ = try build("b-1", "failed", #"{"id":"c","committedAt":"2026-04-01T00:00:00Z"}"#)
    let wrong = try build("b-2", "succeeded", #"{"id":"d","committedAt":"2026-04-01T00:00:00Z"}"#)
    _ = try build(
      "b-3", "succeeded", #"{"id":"b","committedAt":"2026-05-02T09:00:00Z"},{"id":"a"}"#)
    let position = try #require(wrong).value
    _ = try record("a", "event.annulled", "ledger", #"{"position":\#(position),"reason":"not ours"}"#)
    try deploy("1.0", at: "2026-05-02T10:00:00Z")
    let lead = try report(ledger).total.leadTime
    #expect(lead.commits == 2 && lead.medianSeconds == 3600 && lead.p90Seconds == 24 * 3600)
  }

  @Test("a release that was first deployed before the span says nothing of lead times in it")
  func firstBefore() throws {
    _ = try record(
      "plan", "release.planned", "release/api/1.0",
      #"{"class":"normal","commits":[{"id":"a","committedAt":"2025-11-01T12:00:00Z"}]}"#)
    try deploy("1.0", "d-1", at: "2025-12-01T10:00:00Z")
    try deploy("1.0", "d-2", at: "2026-03-01T10:00:00Z")
    let total = try report(ledger).total
    #expect(total.frequency.successful == 1 && total.leadTime.deployments == 0 && total.leadTime.commits == 0)
  }

  @Test("a failure of the span's last day is recovered from by a success after it, of the same package there")
  func recoveredLater() throws {
    try deploy("1.0", at: "2026-12-31T12:00:00Z", "failed")
    try deploy("1.0", "d-us", to: "us", at: "2026-12-31T13:00:00Z")
    try deploy("9", at: "2026-12-31T14:00:00Z", package: "api2")
    #expect(try report(ledger).total.recovery.unrecovered == 1)
    try deploy("1.1", at: "2027-01-01T12:00:00Z")
    #expect(try report(ledger).total.recovery.medianSeconds == 86_400)
  }

  @Test(
    "what nobody planned, an incident without a cause, and a cause that tells no deployment are counted apart")
  func apart() throws {
    try deploy("1.0", "d-eu", to: "eu", at: "2026-05-02T10:00:00Z")
    try deploy("1.0", "d-us", to: "us", at: "2026-05-02T11:00:00Z")
    _ = try record("o-1", "incident.opened", "incident/INC-1", #"{"severity":"high","summary":"slow"}"#)
    _ = try record("o-2", "incident.opened", "incident/INC-2", #"{"severity":"high","summary":"down"}"#)
    _ = try record(
      "c-2", "incident.attributed", "incident/INC-2",
      #"{"causes":[{"release":"release/api/1.0"}],"confidence":"confirmed"}"#)
    let total = try report(ledger).total
    #expect(total.failRate.failed == 0)
    #expect(total.failRate.unattributedIncidents == 1 && total.failRate.undecidedCauses == 1)
    #expect(total.rework.withoutPlan == 2 && total.leadTime.withoutCommitTimes == 1)

    // Said more exactly it counts, even where the incident began before the span.
    _ = try record(
      "c-3", "incident.attributed", "incident/INC-2",
      #"{"causes":[{"deployment":"d-us","release":"release/api/1.0"}],"confidence":"confirmed"}"#)
    #expect(try report(ledger, from: "2026-05-02T00:00:00Z").total.failRate.byIncident == 1)
    #expect(try report(ledger, environment: "eu").total.failRate.byIncident == 0)
  }

  @Test("only the package that is asked for is measured, and its neighbours are not")
  func onePackage() throws {
    try deploy("1.0", at: "2026-05-02T10:00:00Z")
    try deploy("1.0", at: "2026-05-02T10:00:00Z", package: "api2")
    try deploy("1.0", at: "2026-05-02T10:00:00Z", "failed", package: "web")
    let report = try report(ledger, package: "api")
    #expect(report.package == "api" && report.total.deployments == 1 && report.failures.isEmpty)
  }

  @Test("a package or an environment that the ledger does not know is answered with the nearest that it does")
  func unknown() throws {
    try deploy("1.0", to: "production/eu", at: "2026-05-02T10:00:00Z", "failed")
    let span = Instant.earliest..<Instant.latest
    func answer(package: String? = nil, environment: String? = nil) throws -> MetricsAnswer {
      try ledger.metrics(
        MetricsQuestion(package: package, environment: environment, span: span), at: test.machine.now)
    }
    guard case .unknownPackage("api") = try answer(package: "apo") else {
      Issue.record("an unknown package is answered")
      return
    }
    guard case .unknownPackage(nil) = try answer(package: "payments") else {
      Issue.record("a far package is proposed")
      return
    }
    guard case .unknownEnvironment("production/eu") = try answer(environment: "production/ue") else {
      Issue.record("an unknown environment is answered")
      return
    }
    // Nothing ever ran there, and it is known all the same.
    guard case .report = try answer(environment: "production/eu") else {
      Issue.record("an environment of which only failures are known is unknown")
      return
    }
  }

  @Test("a ledger of nothing has no measures, and says so with zeros")
  func nothing() throws {
    let total = try report(ledger).total
    #expect(total.deployments == 0 && total.leadTime.medianSeconds == nil && total.failRate.of == 0)
  }
}
