import RelmDomain
import RelmProof

/// A release with everything that a page can show: an override, an incident, a rollback, idle days, late records,
/// an annulled event, sealed advice, findings and actions, and earlier releases.
extension SampleReports {
  static var eventful: TimelineReport {
    let m = mary?.text ?? ""
    var entries = [
      entry(
        4, "11-02T09:00:00", "release.planned", .plan, "payments-api 2026.11.3 was planned as normal by \(m)"),
      entry(5, "11-02T09:20:00", "release.risk.assessed", .plan, "the risk was assessed as medium"),
      entry(6, "11-02T10:05:00", "release.scheduled", .plan, "scheduled for 2026-11-22 20:00Z to 22:00Z"),
      entry(9, "11-11T13:00:00", "build.started", .build, "build b-117 began", by: omar),
      entry(10, "11-11T13:11:00", "build.finished", .build, "build b-117 failed", .bad, by: omar),
      entry(11, "11-11T15:40:00", "build.started", .build, "build b-118 began", by: omar),
      entry(12, "11-11T15:52:00", "build.finished", .build, "build b-118 succeeded", .good, by: omar),
      entry(13, "11-12T08:00:00", "test.started", .test, "test run t-1 of regression began", by: omar),
      entry(
        14, "11-12T09:45:00", "test.finished", .test, "test run t-1 of regression failed: 3 of 412", .bad,
        by: omar),
      entry(15, "11-12T11:00:00", "test.started", .test, "test run t-2 of regression began", by: omar),
      entry(
        16, "11-12T12:50:00", "test.finished", .test, "test run t-2 of regression succeeded", .good, by: omar),
      entry(17, "11-12T13:00:00", "test.started", .test, "test run t-3 of load began", by: omar),
      entry(
        18, "11-12T13:30:00", "test.finished", .test, "test run t-3 of load could not be carried out", .warning,
        by: omar),
      entry(
        19, "11-12T14:10:00", "procedure.step.skipped", .test,
        "step smoke-test of standard-web-release was skipped", .warning),
      entry(
        20, "11-13T09:00:00", "release.approval.refused", .approve,
        "\(m) refused the approval: the load test is missing", .bad),
      entry(21, "11-13T16:00:00", "release.approved", .approve, "\(m) approved it for production/eu", .good),
      entry(24, "11-22T20:20:00", "deployment.started", .deploy, "deployment d-118 to staging began", by: omar),
      entry(
        25, "11-22T20:26:00", "deployment.finished", .deploy, "deployment d-118 to staging succeeded", .good,
        by: omar),
      entry(
        26, "11-22T20:28:00", "release.override.declared", .deploy,
        "the rules tested and scheduled were set aside for production/eu", .bad),
      entry(
        27, "11-22T20:30:00", "deployment.started", .deploy, "deployment d-119 to production/eu began", by: omar
      ),
      entry(
        28, "11-22T20:41:00", "deployment.finished", .deploy, "deployment d-119 to production/eu succeeded",
        .good, by: omar),
      entry(
        29, "11-22T20:45:00", "deployment.finished", .deploy, "deployment d-120 to production/us was cancelled",
        .warning, lateSeconds: 10_900, by: omar),
      entry(
        30, "11-22T20:58:00", "incident.opened", nil, "INC-2201 was opened, critical: Payments time out", .bad),
      entry(
        31, "11-22T21:05:00", "deployment.rolledBack", .deploy,
        "deployment d-119 to production/eu was rolled back", .bad, lateSeconds: 34_000, by: omar),
      entry(32, "11-22T21:30:00", "incident.cause.confirmed", nil, "INC-2201 was caused by this release", .bad),
      entry(33, "11-22T22:10:00", "incident.resolved", nil, "INC-2201 was resolved", .good),
      entry(
        34, "11-23T07:00:00", "deployment.started", .deploy, "deployment d-121 to production/eu began", by: omar
      ),
      entry(
        35, "11-23T07:09:00", "deployment.finished", .deploy, "deployment d-121 to production/eu succeeded",
        .good, by: omar),
      entry(
        36, "11-23T08:30:00", "release.override.ratified", .approve, "the override was ratified by \(m)", .good),
      entry(38, "11-23T09:00:00", "handover.offered", .handover, "handover h-1 to operations was offered"),
      entry(39, "11-23T10:00:00", "handover.accepted", .handover, "handover h-1 was accepted", .good),
      entry(40, "11-23T10:30:00", "note", nil, "recorded for the wrong release", .plain),
      entry(42, "11-23T11:00:00", "support.started", .support, "early life support els-1 began"),
      entry(43, "11-23T15:00:00", "support.advised", .support, "advice on Instalments was given"),
      entry(44, "11-24T09:30:00", "support.advised", .support, "advice on Refunds was given"),
      entry(46, "11-25T09:00:00", "review.started", .review, "review pr-2 began"),
      entry(47, "11-25T09:40:00", "review.finding.recorded", .review, "finding f-1 was recorded", .warning),
      entry(48, "11-25T09:50:00", "review.action.raised", .review, "action a-1 was raised"),
      entry(49, "11-25T09:55:00", "review.action.raised", .review, "action a-2 was raised"),
      entry(50, "11-25T10:00:00", "review.action.raised", .review, "action a-3 was raised"),
      entry(52, "11-26T09:00:00", "review.action.completed", .review, "action a-1 was done", .good),
    ]
    change(&entries, 40) { $0.annulledBy = Position(41) }
    change(&entries, 30) { $0.subject = "incident/INC-2201" }
    change(&entries, 32) { $0.subject = "incident/INC-2201" }
    change(&entries, 33) { $0.subject = "incident/INC-2201" }
    change(&entries, 43) { $0.personal = ["/data/question", "/data/advice"] }
    change(&entries, 44) { $0.personal = ["/data/advice"] }

    var report = TimelineReport(
      release: "release/payments-api/2026.11.3", package: "payments-api", version: "2026.11.3",
      stage: "handedOver",
      asOf: TimelineReport.AsOf(events: 60, recorded: at("12-20T08:00:00"), time: at("12-20T09:00:00")),
      first: moment("11-02T09:00:00", 4), last: moment("11-26T09:00:00", 52), seconds: 24 * 86_400,
      entries: entries,
      figures: [])
    report.class = .normal
    report.critical = true
    report.purpose = "Payments by instalments, and refunds to the card that paid"
    report.manager = mary
    report.services = ["payments", "refunds"]
    report.phases = phases
    for place in report.entries.indices where report.entries[place].phase == .deploy {
      let isRehearsal = report.entries[place].position <= Position(26)
      report.entries[place].context = isRehearsal ? .development : .production
    }
    report.waits = [
      TimelineReport.Wait(seconds: 793_200, after: Position(21), before: Position(24), phase: .deploy),
      TimelineReport.Wait(seconds: 788_100, after: Position(6), before: Position(9), phase: .build),
      TimelineReport.Wait(seconds: 84_600, after: Position(44), before: Position(46), phase: .review),
    ]
    addLists(to: &report)
    return report
  }

  private static func change(
    _ entries: inout [TimelineReport.Entry], _ position: UInt64, _ change: (inout TimelineReport.Entry) -> Void
  ) {
    guard let place = entries.firstIndex(where: { $0.position == Position(position) }) else { return }
    change(&entries[place])
  }

  private static func attempt(
    _ kind: String, _ id: String, _ begun: Moment?, _ ended: Moment?, _ outcome: Outcome?, suite: String? = nil,
    environment: String? = nil, rolledBack: Moment? = nil
  ) -> TimelineReport.Attempt {
    var seconds: Int?
    if let begun, let ended { seconds = Int((ended.at.microseconds - begun.at.microseconds) / 1_000_000) }
    return TimelineReport.Attempt(
      kind: kind, id: id, environment: environment, suite: suite, begun: begun, ended: ended, seconds: seconds,
      outcome: outcome, rolledBack: rolledBack)
  }

  private static var phases: [TimelineReport.PhaseSpan] {
    func span(
      _ phase: Phase, _ first: Moment, _ last: Moment, wait: Int, _ events: Int,
      _ attempts: [TimelineReport.Attempt] = [], in context: Context? = nil
    ) -> TimelineReport.PhaseSpan {
      TimelineReport.PhaseSpan(
        phase: phase, context: context, first: first, last: last,
        seconds: Int((last.at.microseconds - first.at.microseconds) / 1_000_000), waitSeconds: wait,
        events: events,
        attempts: attempts)
    }
    return [
      span(.plan, moment("11-02T09:00:00", 4), moment("11-02T10:05:00", 6), wait: 0, 3),
      span(
        .build, moment("11-11T13:00:00", 9), moment("11-11T15:52:00", 12), wait: 788_100, 4,
        [
          attempt("build", "b-117", moment("11-11T13:00:00", 9), moment("11-11T13:11:00", 10), .failed),
          attempt("build", "b-118", moment("11-11T15:40:00", 11), moment("11-11T15:52:00", 12), .succeeded),
        ]),
      span(
        .test, moment("11-12T08:00:00", 13), moment("11-12T14:10:00", 19), wait: 58_080, 7,
        [
          attempt(
            "test", "t-1", moment("11-12T08:00:00", 13), moment("11-12T09:45:00", 14), .failed,
            suite: "regression"),
          attempt(
            "test", "t-2", moment("11-12T11:00:00", 15), moment("11-12T12:50:00", 16), .succeeded,
            suite: "regression"),
          attempt(
            "test", "t-3", moment("11-12T13:00:00", 17), moment("11-12T13:30:00", 18), .errored, suite: "load"),
        ]),
      span(.approve, moment("11-13T09:00:00", 20), moment("11-23T08:30:00", 36), wait: 67_800, 3),
      span(
        .deploy, moment("11-22T20:20:00", 24), moment("11-22T20:26:00", 25), wait: 0, 2,
        [
          attempt(
            "deployment", "d-118", moment("11-22T20:20:00", 24), moment("11-22T20:26:00", 25), .succeeded,
            environment: "staging")
        ], in: .development),
      span(
        .deploy, moment("11-22T20:30:00", 27), moment("11-23T07:09:00", 35), wait: 240, 7,
        [
          attempt(
            "deployment", "d-119", moment("11-22T20:30:00", 27), moment("11-22T20:41:00", 28), .succeeded,
            environment: "production/eu", rolledBack: moment("11-22T21:05:00", 31)),
          attempt(
            "deployment", "d-120", nil, moment("11-22T20:45:00", 29), .cancelled, environment: "production/us"),
          attempt(
            "deployment", "d-121", moment("11-23T07:00:00", 34), moment("11-23T07:09:00", 35), .succeeded,
            environment: "production/eu"),
        ], in: .production),
      span(
        .handover, moment("11-23T09:00:00", 38), moment("11-23T10:00:00", 39), wait: 0, 2,
        [attempt("handover", "h-1", moment("11-23T09:00:00", 38), moment("11-23T10:00:00", 39), .succeeded)]),
      span(
        .support, moment("11-23T11:00:00", 42), moment("11-24T09:30:00", 44), wait: 3600, 3,
        [attempt("support", "els-1", moment("11-23T11:00:00", 42), nil, nil)]),
      span(
        .review, moment("11-25T09:00:00", 46), moment("11-26T09:00:00", 52), wait: 84_600, 6,
        [attempt("review", "pr-2", moment("11-25T09:00:00", 46), nil, nil)]),
    ]
  }

  private static func addLists(to report: inout TimelineReport) {
    report.skipped = [
      TimelineReport.SkippedStep(
        procedure: "standard-web-release", step: "smoke-test", reason: "The test system was down",
        position: Position(19))
    ]
    report.overrides = [
      TimelineReport.OverrideUse(
        position: Position(26), environment: "production/eu", rules: [.tested, .scheduled],
        reason: "Customers could not pay", used: moment("11-22T20:30:00", 27),
        ratified: moment("11-23T08:30:00", 36))
    ]
    report.incidents = [
      TimelineReport.IncidentLink(
        incident: "INC-2201", relation: .caused, severity: .critical, summary: "Payments time out",
        opened: moment("11-22T20:58:00", 30), resolved: moment("11-22T22:10:00", 33), seconds: 4320,
        position: Position(32)),
      TimelineReport.IncidentLink(
        incident: "INC-2190", relation: .fixed, severity: .low, summary: "A receipt has the wrong date",
        opened: moment("11-12T10:00:00", 3), resolved: moment("11-23T07:09:00", 37), seconds: 940_140,
        position: Position(35)),
      TimelineReport.IncidentLink(
        incident: "INC-2207", relation: .suspected, severity: .medium, opened: moment("11-24T18:00:00", 45),
        position: Position(45)),
    ]
    report.advice = [
      TimelineReport.Advice(support: "els-1", topic: "Instalments", moment: moment("11-23T15:00:00", 43)),
      TimelineReport.Advice(support: "els-1", topic: "Refunds", moment: moment("11-24T09:30:00", 44)),
    ]
    report.findings = [
      TimelineReport.Finding(
        review: "pr-2", finding: "f-1", kind: "deviation", severity: .high,
        statement: "The rollback took forty minutes, not five", positions: [Position(28), Position(31)],
        position: Position(47))
    ]
    guard let mary, let omar else { return }
    report.actions = [
      TimelineReport.Action(
        review: "pr-2", action: "a-1", task: "Rehearse the rollback in staging", owner: omar,
        due: at("12-01T00:00:00"), done: moment("11-26T09:00:00", 52), isOverdue: false, position: Position(48)),
      TimelineReport.Action(
        review: "pr-2", action: "a-2", task: "Mend the load test", owner: mary, due: at("12-15T00:00:00"),
        isOverdue: true, position: Position(49)),
      TimelineReport.Action(
        review: "pr-2", action: "a-3", task: "Write down who is called at night", owner: mary,
        due: at("12-31T00:00:00"), isOverdue: false, position: Position(50)),
    ]
    report.annulled = [
      TimelineReport.Annulled(
        position: Position(40), by: Position(41), reason: "It was about release 2026.11.2",
        replacedBy: "0193594e-7c22-7b1a-8d3e-0123456789ab")
    ]
    report.earlier = [
      "release/payments-api/2026.11.2", "release/payments-api/2026.11.1", "release/payments-api/2026.10.4",
    ]
    report.figures = [
      TimelineReport.Figure(
        measure: .commitToProduction, unit: .seconds, value: 983_000, median: 612_000, earlier: 3,
        positions: [Position(9), Position(28)]),
      TimelineReport.Figure(
        measure: .planToProduction, unit: .seconds, value: 1_769_000, median: 700_000, earlier: 3,
        positions: [Position(4), Position(28)]),
      TimelineReport.Figure(
        measure: .build, unit: .seconds, value: 10_320, median: 12_000, earlier: 3,
        positions: [Position(9), Position(12)]),
      TimelineReport.Figure(
        measure: .support, unit: .seconds, value: 81_000, median: 604_800, earlier: 2,
        positions: [Position(42), Position(44)]),
      TimelineReport.Figure(measure: .events, unit: .count, value: 41, median: 33, earlier: 3),
      TimelineReport.Figure(measure: .lateRecords, unit: .count, value: 2, median: 0, earlier: 3),
      TimelineReport.Figure(measure: .failedBuilds, unit: .count, value: 1, median: 2, earlier: 3),
      TimelineReport.Figure(measure: .rollbacks, unit: .count, value: 1, median: 0, earlier: 3),
      TimelineReport.Figure(measure: .refusals, unit: .count, value: 1, median: 1, earlier: 3),
      TimelineReport.Figure(measure: .overrides, unit: .count, value: 0, median: 0, earlier: 3),
      TimelineReport.Figure(measure: .review, unit: .seconds, median: 90_000, earlier: 3),
    ]
  }
}
