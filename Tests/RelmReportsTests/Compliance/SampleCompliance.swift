import RelmDomain
import RelmProof
import RelmReports

/// Compliance reports that tests make pages of.
enum SampleCompliance {
  typealias Attempt = ComplianceReport.Attempt
  typealias Finding = ComplianceReport.Finding

  static let mary = PersonID(UUIDText(high: 0x0193_594e_2f00_7a11, low: 0x9b3c_5eed_0011_2233))
  static let omar = PersonID(UUIDText(high: 0x0193_594e_2f00_7a11, low: 0x9b3c_5eed_0044_5566))
  /// Somebody whom the reader does not know.
  static let stranger = PersonID(UUIDText(high: 0x0193_594e_2f00_7a11, low: 0x9b3c_5eed_0077_8899))

  static var reader: Reader { SampleReports.reader }

  static func at(_ text: String) -> Instant { SampleReports.at(text) }
  static func moment(_ text: String, _ position: UInt64) -> Moment { SampleReports.moment(text, position) }

  /// A quarter of two services: every outcome, and everything that an auditor asks about.
  static var quarter: ComplianceReport {
    let population = [
      beforeLedger, toDevelopment, waivedAndOverdue, brokenAndOverridden, clean, ungoverned,
    ]
    return ComplianceReport(
      origin: "ledger.example.org/releases",
      asOf: ComplianceReport.AsOf(
        events: 131, root: Digest(of: "a root".utf8).base64, recorded: at("11-23T17:04:11.250"),
        time: at("11-24T09:00:00")),
      scope: ComplianceReport.Scope(
        context: .all, from: at("10-31T23:00:00"), until: at("11-21T23:00:00"), zone: "Europe/Vienna",
        frameworks: ["soc2", "iso-27001-2022"]),
      totals: totals(population.filter { $0.context == .production }),
      developmentTotals: totals(population.filter { $0.context == .development }), population: population,
      exceptions: exceptions(population), overrides: overrides, lateEvidence: lateEvidence, governance: changes,
      authority: holders,
      reconciliation: discrepancies, clauses: clauses)
  }

  /// Nothing was deployed.
  static var empty: ComplianceReport {
    ComplianceReport(
      origin: "ledger.example.org/releases",
      asOf: ComplianceReport.AsOf(events: 1, recorded: at("11-02T09:00:00"), time: at("11-24T09:00:00")),
      scope: ComplianceReport.Scope(context: .production), totals: totals([]))
  }

  /// A release by itself, judged by a draft.
  static var draft: ComplianceReport {
    var report = quarter
    report.scope = ComplianceReport.Scope(
      context: .production, package: "web", version: "4.0.0", draft: "production-changes")
    report.population = [brokenAndOverridden]
    report.totals = totals(report.population)
    report.developmentTotals = nil
    report.exceptions = exceptions(report.population)
    return report
  }

  /// As many deployments as a busy house has.
  static func crowded(_ count: Int) -> ComplianceReport {
    let population = (0..<count).map { place in
      var attempt = place % 5 == 4 ? brokenAndOverridden : clean
      attempt.position = Position(UInt64(1000 + 10 * place))
      attempt.deployment = "d-\(place)"
      return attempt
    }
    var report = empty
    report.population = population
    report.totals = totals(population)
    report.exceptions = exceptions(population)
    return report
  }

  // MARK: What is derived

  static func totals(_ population: [Attempt]) -> ComplianceReport.Totals {
    let judged = population.filter { $0.annulled?.independent != true }
    func count(_ governance: ComplianceReport.Governance) -> Int {
      judged.count { $0.governance == governance }
    }
    func outcomes(_ outcome: RuleOutcome) -> Int { judged.reduce(0) { $0 + $1.tally[outcome] } }
    return ComplianceReport.Totals(
      attempts: population.count, releases: Set(population.map(\.release)).count,
      governed: count(.governed), ungoverned: count(.ungoverned), unasked: count(.unasked),
      beforeLedger: count(.beforeLedger), recordedLate: population.count { $0.lateSeconds != nil },
      afterPeriod: population.count { $0.afterPeriod == true },
      clean: population.count { $0.governance == .governed && !$0.hasException },
      annulled: population.count { $0.annulled != nil },
      annulledByOthers: population.count { $0.annulled?.independent == true }, unaccepted: nil,
      unreleasable: population.count { $0.unreleasable?.outcome.isFailure == true },
      findings: ComplianceReport.Tally(
        satisfied: outcomes(.satisfied), satisfiedLate: outcomes(.satisfiedLate), violated: outcomes(.violated),
        overridden: outcomes(.overridden), pending: outcomes(.pending), overdue: outcomes(.overdue),
        waived: outcomes(.waived), notApplicable: outcomes(.notApplicable)))
  }

  static func exceptions(_ population: [Attempt]) -> [ComplianceReport.Exception] {
    population.flatMap { attempt in
      attempt.findings.filter(\.outcome.isException).map { finding in
        let since = finding.outcome == .overdue ? finding.due ?? attempt.begun : attempt.begun
        return ComplianceReport.Exception(
          attempt: attempt.position, release: attempt.release, environment: attempt.environment,
          context: attempt.context, policy: finding.policy, rule: finding.rule, outcome: finding.outcome,
          reason: finding.reason,
          since: since, seconds: since.seconds(to: at("11-24T09:00:00")), positions: finding.positions)
      }
    }
  }

  // MARK: Pieces

  static func finding(
    _ place: Int, _ rule: RuleName, _ outcome: RuleOutcome, _ reason: String, _ positions: [UInt64],
    policy: String = "production-changes", due: String? = nil
  ) -> Finding {
    Finding(
      policy: policy, policyVersion: policy == "production-changes" ? "3" : "1", place: place, rule: rule,
      ruleVersion: 1, outcome: outcome, reason: reason, positions: positions.map { Position($0) },
      due: due.map(at))
  }

  static func record(
    _ position: UInt64, _ happened: String, _ type: String, _ subject: String, by: PersonID? = mary,
    later: Int64 = 1, annulled: UInt64? = nil
  ) -> ComplianceReport.Record {
    let happened = at(happened)
    return ComplianceReport.Record(
      position: Position(position), type: "relm." + type, subject: subject, happened: happened,
      recorded: happened.advanced(byMicroseconds: later * 1_000_000), by: by,
      hash: Digest(of: "record \(position)".utf8).base64, annulled: annulled.map { Position($0) })
  }

  static func digest(_ letter: String) -> [ContentDigest] {
    ContentDigest("sha256:" + String(repeating: letter, count: 64)).map { [$0] } ?? []
  }
}
