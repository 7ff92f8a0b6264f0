import RelmDomain
import RelmProof
import RelmReports

/// A quarter of a busy house, as long as such a report is: some thirty rules, thirty events and a few exceptions for each deployment.
extension SampleCompliance {
  static let busy = busy(230)

  private static func busy(_ count: Int) -> ComplianceReport {
    let population = (0..<count).map(busyAttempt)
    var report = quarter
    report.scope = ComplianceReport.Scope(
      context: .production, from: at("10-01T00:00:00"), until: at("12-31T00:00:00"), zone: "UTC")
    report.population = population
    report.totals = totals(population)
    report.developmentTotals = nil
    report.exceptions = exceptions(population)
    report.governance = (0..<60).map { place in
      var change = changes[place % changes.count]
      change.position = Position(UInt64(50_000 + place))
      return change
    }
    report.lateEvidence = (0..<200).map { place in
      var late = lateEvidence[0]
      late.attempt = population[place % count].position
      late.position = Position(UInt64(60_000 + place))
      return late
    }
    return report
  }

  /// A quarter of a house in which most things go well: of six deployments one has exceptions.
  static func usual(_ count: Int) -> ComplianceReport {
    var report = busy(count)
    for place in report.population.indices where place % 6 > 0 {
      for number in report.population[place].findings.indices
      where report.population[place].findings[number].outcome.isException {
        report.population[place].findings[number].outcome = .satisfied
      }
    }
    report.totals = totals(report.population)
    report.exceptions = exceptions(report.population)
    report.governance = Array(report.governance.prefix(30))
    report.lateEvidence = Array(report.lateEvidence.prefix(20))
    return report
  }

  private static func busyAttempt(_ place: Int) -> Attempt {
    let release = "release/package-\(place % 17)/2026.\(place / 17).\(place % 3)"
    let line = UInt64(1000 + 100 * place)
    let begun = at("11-02T08:00:00").advanced(byMicroseconds: Int64(place) * 7_000_000_000)
    var attempt = Attempt(
      position: Position(line), release: release, environment: "production/\(place % 2 == 0 ? "eu" : "us")",
      context: .production, deployment: "d-\(place)", begun: begun, recorded: begun, by: mary,
      ended: begun.advanced(byMicroseconds: 600_000_000), outcome: place % 11 == 0 ? .failed : .succeeded,
      digests: digest("a") + digest("b"), governance: .governed,
      policies: [ComplianceReport.Judge(policy: "production-changes", version: "3", position: Position(2))])
    attempt.findings = RuleName.allCases.enumerated().map { number, rule in
      let outcome: RuleOutcome =
        switch (place * 7 + number * 3) % 29 {
        case 0: .violated
        case 1: .overdue
        case 2: .waived
        case 3: .satisfiedLate
        case 4: .pending
        case 5, 6: .notApplicable
        default: .satisfied
        }
      return finding(
        number, rule, outcome,
        "the latest of three runs on sha256:\(String(repeating: "4", count: 64)) counts, and it is the one of "
          + "\(mary.text), told a day after the deployment had begun", [line - 40 + UInt64(number), line],
        due: "11-30T00:00:00")
    }
    attempt.evidence = (0..<30).map { number in
      record(line - 40 + UInt64(number), "11-01T09:00:00", "test.finished", release)
    }
    return attempt
  }
}
