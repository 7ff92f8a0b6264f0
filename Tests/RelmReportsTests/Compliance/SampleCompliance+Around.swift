import RelmDomain
import RelmProof
import RelmReports

/// What surrounds the deployments of the sample quarter.
extension SampleCompliance {
  static var overrides: [ComplianceReport.OverrideUse] {
    [
      ComplianceReport.OverrideUse(
        position: Position(75), release: "release/web/4.0.0", environment: "production/us", rules: [.notFrozen],
        by: omar, declared: at("11-18T02:05:00"), until: at("11-18T06:05:00"), incident: "i-7",
        freeze: "year-end", reason: "payments are down", used: moment("11-18T02:10:00", 77),
        ratified: moment("11-19T08:00:00", 80), ratifiedBy: mary, due: at("11-23T02:05:00"), state: .overdue),
      ComplianceReport.OverrideUse(
        position: Position(93), release: "release/web/4.0.1", environment: "production/us",
        rules: [.approved, .scheduled], by: stranger, declared: at("11-20T12:00:00"),
        until: at("11-20T14:00:00"), reason: "to have one at hand", due: at("11-25T12:00:00"), state: .unused),
    ]
  }

  static var lateEvidence: [ComplianceReport.LateRecord] {
    [
      ComplianceReport.LateRecord(
        attempt: Position(58), position: Position(59), release: "release/payments-api/2026.11.3",
        type: "relm.test.finished", happened: at("11-14T18:30:00"), recorded: at("11-14T22:30:00"),
        seconds: 14_400)
    ]
  }

  static var changes: [ComplianceReport.Change] {
    [
      ComplianceReport.Change(
        position: Position(2), type: "relm.policy.adopted", subject: "policy/production-changes",
        what: "version 2 → 3: approved: quorum 1 → 2; no longer asked: attested: <Auditors> asked & so it is",
        happened: at("11-02T09:10:00"), recorded: at("11-02T09:10:01"), by: mary),
      ComplianceReport.Change(
        position: Position(5), type: "relm.authority.granted",
        subject: "person/0193594e-2f00-7a11-9b3c-5eed00445566",
        what: "\(omar.text) gets level 5 in production for package payments-api",
        happened: at("11-02T09:40:00"),
        recorded: at("11-02T09:40:01"), by: mary),
      ComplianceReport.Change(
        position: Position(52), type: "relm.waiver.granted", subject: "release/payments-api/2026.11.3",
        what: "approved is waived until 2026-12-01T00:00:00Z, instead: a second pair of eyes",
        happened: at("11-14T16:40:00"), recorded: at("11-14T16:40:01"), by: omar),
      ComplianceReport.Change(
        position: Position(70), type: "relm.freeze.declared", subject: "environment/production%2Fus",
        what: "freeze year-end from 2026-11-17T00:00:00Z until 2027-01-06T00:00:00Z: nobody is there",
        happened: at("11-17T00:00:00"), recorded: at("11-17T00:00:01"), by: mary, annulled: Position(72)),
    ]
  }

  static var holders: [ComplianceReport.Holder] {
    [
      ComplianceReport.Holder(
        person: mary, level: 6, contexts: [.development, .production],
        from: at("11-02T09:00:00"), grant: Position(0), reviewBy: at("11-20T00:00:00"), inForce: true),
      ComplianceReport.Holder(
        person: omar, level: 5, contexts: [.production], services: ["payments", "web"],
        packages: ["payments-api"], from: at("11-02T09:40:00"), until: at("12-31T00:00:00"), grant: Position(5),
        by: mary, delegatedFrom: Position(0), reviewBy: at("12-20T00:00:00"), inForce: true),
      ComplianceReport.Holder(
        person: stranger, level: 3, contexts: [.development],
        from: at("11-03T09:00:00"), grant: Position(9), by: mary, revoked: moment("11-20T16:00:00", 94),
        inForce: false),
    ]
  }

  static var discrepancies: [ComplianceReport.Discrepancy] {
    [
      ComplianceReport.Discrepancy(
        environment: "production/eu", kind: .unrecorded, item: "payments-api", version: "2026.11.2-hotfix",
        digest: digest("6").first, since: at("11-16T01:00:00"), positions: [Position(64)]),
      ComplianceReport.Discrepancy(
        environment: "production/us", kind: .unobserved, item: "web", version: "4.0.1",
        since: at("11-20T13:00:00"), positions: [Position(90)]),
      ComplianceReport.Discrepancy(
        environment: "production/us", kind: .drift, item: "nginx.conf", since: at("11-21T07:00:00"),
        positions: [Position(97), Position(99)]),
    ]
  }

  static var clauses: [ComplianceReport.Clause] {
    [
      ComplianceReport.Clause(
        framework: "soc2", clause: "CC8.1",
        title: "Changes are authorised, tested and approved before they go live",
        coverage: .partly, why: "How a system is designed lies outside.",
        rules: [.approved, .tested, .validated],
        unasked: [.authorised],
        findings: ComplianceReport.Tally(
          satisfied: 2, satisfiedLate: 1, violated: 2, overridden: 0, pending: 0, overdue: 0, waived: 1,
          notApplicable: 0)),
      ComplianceReport.Clause(
        framework: "iso-27001-2022", clause: "A.8.32", title: "Changes follow a procedure",
        coverage: .evidenced,
        rules: [.planned], evidence: ["enforced-authority"],
        findings: ComplianceReport.Tally(
          satisfied: 3, satisfiedLate: 0, violated: 0, overridden: 0, pending: 0, overdue: 0, waived: 0,
          notApplicable: 0)),
      ComplianceReport.Clause(
        framework: "iso-27001-2022", clause: "A.8.31",
        title: "Development, test and production are kept apart", coverage: .outside,
        why: "A ledger sees no network.",
        findings: ComplianceReport.Tally(
          satisfied: 0, satisfiedLate: 0, violated: 0, overridden: 0, pending: 0, overdue: 0, waived: 0,
          notApplicable: 0)),
    ]
  }
}
