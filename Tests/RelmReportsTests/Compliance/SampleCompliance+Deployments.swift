import RelmDomain
import RelmProof
import RelmReports

/// The deployments of the sample quarter.
extension SampleCompliance {
  private static let payments = "release/payments-api/2026.11.3"
  private static let web = "release/web/4.0.0"

  static var beforeLedger: Attempt {
    Attempt(
      position: Position(12), release: "release/payments-api/2026.11.2", environment: "production/eu",
      context: .production, deployment: "d-97", begun: at("11-01T18:20:00"), recorded: at("11-03T10:00:00"),
      lateSeconds: 142_800, by: stranger, ended: at("11-01T18:31:00"), outcome: .succeeded,
      digests: digest("1"), governance: .beforeLedger)
  }

  static var toDevelopment: Attempt {
    Attempt(
      position: Position(41), release: payments, environment: "staging", context: .development,
      deployment: "d-116", begun: at("11-12T08:00:00"), recorded: at("11-12T08:00:02"), by: omar,
      ended: at("11-12T08:04:00"), outcome: .succeeded, digests: digest("2"), governance: .unasked,
      annulled: annulment(
        of: 41, 43, "11-12T09:00:00", by: mary, "A <rehearsal> & nothing else", independent: true))
  }

  static func annulment(
    of event: UInt64, _ position: UInt64, _ recorded: String, by person: PersonID, _ reason: String,
    independent: Bool = false
  ) -> ComplianceReport.Annulment {
    ComplianceReport.Annulment(
      event: Position(event), position: Position(position), recorded: at(recorded), by: person, reason: reason,
      independent: independent)
  }

  static var waivedAndOverdue: Attempt {
    var approved = finding(
      3, .approved, .waived, "deployment: 1 of 2 approvals count, the one of \(mary.text)", [49, 52])
    approved.waiver = ComplianceReport.Waiver(
      position: Position(52), by: omar, until: at("12-01T00:00:00"),
      control: "A second pair of eyes looks at the change within a day & says so")
    var validated = finding(
      4, .validated, .violated, "the last validation that counts was annulled", [47, 55])
    validated.once = .satisfied
    return Attempt(
      position: Position(58), release: payments, environment: "production/eu", context: .production,
      deployment: "d-118", begun: at("11-14T20:20:00"), recorded: at("11-14T20:20:01"), by: mary,
      ended: at("11-14T20:26:00"), outcome: .succeeded, digests: digest("3") + digest("a"),
      governance: .governed,
      policies: [
        ComplianceReport.Judge(policy: "production-changes", version: "3", position: Position(2)),
        ComplianceReport.Judge(policy: "payment-services", version: "1", position: Position(3)),
      ],
      findings: [
        finding(0, .planned, .satisfied, "planned before it began", [30]),
        finding(
          1, .built, .satisfied,
          "built by jenkins from the 3 declared commits", [36]),
        finding(
          2, .tested, .satisfiedLate,
          "regression: run t-14 succeeded, recorded 4 h later than it happened; an earlier run failed",
          [44, 59]),
        approved, validated,
        finding(
          5, .handedOver, .overdue, "no acceptance for operations", [58], due: "11-21T20:26:00"),
        finding(
          6, .reviewed, .pending, "no review has closed", [58], due: "12-14T20:26:00"),
        finding(
          7, .communicated, .notApplicable, "nobody outside uses it", [30]),
        finding(0, .riskAssessed, .satisfied, "residual risk 4 of at most 6", [33], policy: "payment-services"),
        finding(
          1, .baselined, .satisfied, "a baseline before d-118", [56], policy: "payment-services"),
      ],
      conflicts: [
        ComplianceReport.Conflict(
          approval: Position(49), person: mary, duty: .requester)
      ],
      evidence: [
        record(2, "11-02T09:10:00", "policy.adopted", "policy/production-changes"),
        record(3, "11-02T09:20:00", "policy.adopted", "policy/payment-services", by: omar),
        record(30, "11-10T09:00:00", "release.planned", payments),
        record(33, "11-10T11:30:00", "risk.assessed", payments, by: omar),
        record(36, "11-11T07:12:44", "build.finished", payments, by: nil),
        record(44, "11-13T15:00:00", "test.finished", payments, by: nil),
        record(47, "11-13T17:00:00", "validation.finished", payments, by: stranger, annulled: 55),
        record(49, "11-14T12:00:00", "approval.given", payments),
        record(52, "11-14T16:40:00", "waiver.granted", payments, by: omar),
        record(55, "11-14T19:00:00", "event.annulled", "ledger", by: omar),
        record(56, "11-14T20:00:00", "baseline.recorded", "environment/production%2Feu", by: nil),
        record(58, "11-14T20:20:00", "deployment.started", payments),
        record(59, "11-14T18:30:00", "test.finished", payments, by: nil, later: 14_400),
      ],
      annulledParts: [annulment(of: 60, 61, "11-14T20:40:00", by: omar, "Recorded twice")])
  }

  static var brokenAndOverridden: Attempt {
    var frozen = finding(
      2, .notFrozen, .overridden, "freeze year-end holds; overridden at position 75", [70, 75])
    frozen.override = Position(75)
    return Attempt(
      position: Position(77), release: web, environment: "production/us", context: .production,
      deployment: "d-121", begun: at("11-18T02:10:00"), recorded: at("11-18T02:10:05"), by: omar,
      ended: at("11-18T02:44:00"), outcome: .failed, undone: moment("11-18T02:58:00", 79),
      digests: digest("4"), governance: .governed,
      policies: [ComplianceReport.Judge(policy: "production-changes", version: "3", position: Position(2))],
      findings: [
        finding(0, .planned, .satisfied, "planned before it began", [62]),
        finding(
          1, .tested, .violated,
          "no run of regression on sha256:\(String(repeating: "4", count: 64)) had happened when it began", [62]
        ),
        frozen,
        finding(3, .verified, .notApplicable, "it did not succeed", [78]),
        finding(4, .recordedPromptly, .satisfied, "every event within 1 h", [77, 78, 79]),
      ],
      evidence: [
        record(2, "11-02T09:10:00", "policy.adopted", "policy/production-changes"),
        record(62, "11-16T09:00:00", "release.planned", web),
        record(70, "11-17T00:00:00", "freeze.declared", "environment/production%2Fus"),
        record(75, "11-18T02:05:00", "override.declared", web, by: omar),
        record(77, "11-18T02:10:00", "deployment.started", web, by: omar, later: 5),
        record(78, "11-18T02:44:00", "deployment.finished", web, by: nil),
        record(79, "11-18T02:58:00", "deployment.rolledback", web, by: omar),
      ],
      annulled: annulment(of: 77, 80, "11-18T03:10:00", by: omar, "It never happened, says \(omar.text)"))
  }

  static var clean: Attempt {
    let release = "release/web/4.0.1"
    return Attempt(
      position: Position(90), release: release, environment: "production/us", context: .production,
      deployment: "d-124", begun: at("11-20T13:00:00"), recorded: at("11-20T13:00:01"), by: mary,
      digests: digest("5"), governance: .governed,
      policies: [ComplianceReport.Judge(policy: "production-changes", version: "3", position: Position(2))],
      findings: [
        finding(0, .planned, .satisfied, "planned before it began", [81]),
        finding(1, .tested, .satisfied, "regression: run t-21 succeeded", [86]),
        finding(2, .approved, .satisfied, "deployment: 2 of 2 approvals count", [87, 88]),
        finding(3, .verified, .pending, "it has not ended", [90]),
      ],
      evidence: [
        record(2, "11-02T09:10:00", "policy.adopted", "policy/production-changes"),
        record(81, "11-19T09:00:00", "release.planned", release),
        record(86, "11-20T10:00:00", "test.finished", release, by: nil),
        record(87, "11-20T11:00:00", "approval.given", release, by: omar),
        record(88, "11-20T11:30:00", "approval.given", release, by: stranger),
        record(90, "11-20T13:00:00", "deployment.started", release),
      ])
  }

  static var ungoverned: Attempt {
    Attempt(
      position: Position(101), release: "release/acme/tools/1.0", environment: "production/apac",
      context: .production, deployment: "d-2026-11-21-acme-tools-apac-blue", begun: at("11-21T22:00:00"),
      recorded: at("11-23T09:00:00"), lateSeconds: 126_000, afterPeriod: true, ended: at("11-21T22:02:00"),
      outcome: .succeeded, governance: .ungoverned,
      unreleasable: Unreleasable(
        outcome: .violated, reason: "it was withdrawn at position 99", positions: [Position(99)]),
      skews: [Skew(event: Position(102), follows: Position(101), seconds: 180)])
  }
}
