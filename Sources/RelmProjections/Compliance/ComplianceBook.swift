package import RelmDomain
internal import RelmProof
internal import RelmRules

/// What a compliance report sums up, while one deployment after the other is judged.
///
/// It keeps what is wrong and counts the rest; the deployments themselves are the caller's to keep or to hand on.
package struct ComplianceBook {
  private let question: ComplianceQuestion
  private let asOf: Instant
  private var totals = ComplianceReport.Totals.zero
  private var releases: Set<String> = []
  private var exceptions: [ComplianceReport.Exception] = []
  private var late: [ComplianceReport.LateRecord] = []
  private var overrides: [ComplianceReport.OverrideUse] = []
  /// What each rule came to.
  private var tallies: [RuleName: ComplianceReport.Tally] = [:]

  /// - Parameter asOf: the as-of time, up to which exceptions age.
  package init(_ question: ComplianceQuestion, asOf: Instant) {
    self.question = question
    self.asOf = asOf
  }

  /// Counts a deployment that was judged.
  ///
  /// - Parameters:
  ///   - attempt: what every rule came to.
  ///   - member: the deployment with its release's events.
  ///   - standing: how the release's approvals stand at the end.
  package mutating func add(
    _ attempt: ComplianceReport.Attempt, _ member: Population.Member, _ standing: StandingRows
  ) throws {
    totals.attempts += 1
    if releases.insert(attempt.release).inserted {
      totals.releases += 1
      overrides += try Self.overrides(of: member, standing, question, asOf)
    }
    if attempt.lateSeconds != nil { totals.recordedLate += 1 }
    if attempt.afterPeriod == true { totals.afterPeriod += 1 }
    if attempt.beforePeriod == true {
      totals.beforePeriod = (totals.beforePeriod ?? 0) + 1
      if attempt.lateSeconds != nil, attempt.annulled?.independent != true {
        totals.beforePeriodLate = (totals.beforePeriodLate ?? 0) + 1
      }
    }
    if let annulment = attempt.annulled {
      totals.annulled = (totals.annulled ?? 0) + 1
      if annulment.independent {
        totals.annulledByOthers = (totals.annulledByOthers ?? 0) + 1
        return
      }
    }
    switch attempt.governance {
    case .governed: totals.governed += 1
    case .ungoverned: totals.ungoverned += 1
    case .unasked: totals.unasked += 1
    case .beforeLedger: totals.beforeLedger += 1
    case .unaccepted: totals.unaccepted = (totals.unaccepted ?? 0) + 1
    }
    var isClean = attempt.governance == .governed && attempt.annulled == nil && attempt.unreleasable == nil
    if attempt.unreleasable?.outcome.isFailure == true { totals.unreleasable = (totals.unreleasable ?? 0) + 1 }
    for finding in attempt.findings {
      totals.findings.count(finding.outcome)
      tallies[finding.rule, default: .zero].count(finding.outcome)
      if finding.outcome.isException {
        isClean = false
        exceptions.append(exception(finding, attempt))
      }
      if finding.outcome == .satisfiedLate { noteLate(finding, attempt) }
    }
    if isClean { totals.clean += 1 }
  }

  private func exception(
    _ finding: ComplianceReport.Finding, _ attempt: ComplianceReport.Attempt
  ) -> ComplianceReport.Exception {
    let due = finding.due.flatMap { $0 <= asOf ? $0 : nil }
    let since = due ?? attempt.begun
    return ComplianceReport.Exception(
      attempt: attempt.position, release: attempt.release, environment: attempt.environment,
      policy: finding.policy, rule: finding.rule, outcome: finding.outcome, reason: finding.reason,
      since: since, seconds: Int(max(asOf.microseconds - since.microseconds, 0) / 1_000_000),
      positions: finding.positions)
  }

  private mutating func noteLate(
    _ finding: ComplianceReport.Finding, _ attempt: ComplianceReport.Attempt
  ) {
    let line = finding.due ?? attempt.recorded
    for record in attempt.evidence
    where finding.positions.contains(record.position) && record.recorded > line
      && !late.contains(where: { $0.attempt == attempt.position && $0.position == record.position })
    {
      late.append(
        ComplianceReport.LateRecord(
          attempt: attempt.position, position: record.position, release: attempt.release, type: record.type,
          happened: record.happened, recorded: record.recorded,
          seconds: Int((record.recorded.microseconds - record.happened.microseconds) / 1_000_000)))
    }
  }

  /// The overrides of a release, and what is open of each.
  private static func overrides(
    of member: Population.Member, _ standing: StandingRows, _ question: ComplianceQuestion, _ asOf: Instant
  ) throws -> [ComplianceReport.OverrideUse] {
    let reviews = member.events.compactMap { event -> (moment: Moment, overrides: [Position])? in
      guard case .release(.reviewClosed(let data)) = event.event, event.happened <= asOf else { return nil }
      return (event.moment, data.overrides)
    }
    let end = standing.before(Position(.max))
    let ratifying = try Ratification.independent(in: member.events, given: end)
    let rows = try end.approvals(member.package, member.version)
    let uses = Attempt.uses(ofOverridesIn: member.events)
    return rows.filter { row in
      row.kind == .override && (question.environment.map { $0 == row.environment } ?? true)
    }.sorted { $0.moment.position < $1.moment.position }.map { row in
      let position = row.moment.position
      let due = row.due ?? row.moment.at
      let reviewed = reviews.first { $0.overrides.contains(position) }?.moment
      let ratified = member.events.first { event in
        guard case .release(.approvalGiven(let data)) = event.event else { return false }
        return data.ratifies == position && ratifying.contains(event.position)
      }
      let state: ComplianceReport.OverrideState =
        if uses[position] == nil { .unused } else if ratified != nil, reviewed != nil { .closed } else {
          due < asOf ? .overdue : .open
        }
      return ComplianceReport.OverrideUse(
        position: position, release: Subject.release(package: row.package, version: row.version).text,
        environment: row.environment ?? "", rules: row.rules, by: row.by, declared: row.moment.at,
        until: row.until ?? due, incident: row.incident, freeze: row.freeze, reason: row.reason ?? "",
        used: uses[position], ratified: ratified?.moment, ratifiedBy: ratified?.person, reviewed: reviewed,
        due: due,
        state: state)
    }
  }

  /// The report over what was added.
  ///
  /// - Parameters:
  ///   - origin: the ledger's.
  ///   - told: up to where the log is told.
  ///   - population: the deployments that the report is to hold; none where they are handed on otherwise.
  ///   - surroundings: what an auditor asks besides.
  ///   - frameworks: for whose clauses to say what is shown, by id.
  package func report(
    origin: String, asOf told: ComplianceReport.AsOf, population: [ComplianceReport.Attempt],
    _ surroundings: ComplianceSurroundings, frameworks: [String] = [], clauses: [ComplianceReport.Clause] = []
  ) -> ComplianceReport {
    ComplianceReport(
      origin: origin, asOf: told,
      scope: ComplianceReport.Scope(
        package: question.package, version: question.version, environment: question.environment,
        from: question.from?.representable, until: question.until?.representable, zone: question.zone,
        frameworks: frameworks, draft: question.draft?.id),
      totals: totals, population: population, exceptions: exceptions, overrides: overrides,
      lateEvidence: late, governance: surroundings.governance, authority: surroundings.authority,
      reconciliation: surroundings.reconciliation, clauses: clauses)
  }

  /// What a rule came to over all deployments; nil where no policy asked it of any.
  package func tally(of rule: RuleName) -> ComplianceReport.Tally? { tallies[rule] }
}

extension ComplianceReport.Tally {
  package static let zero = Self(
    satisfied: 0, satisfiedLate: 0, violated: 0, overridden: 0, pending: 0, overdue: 0, waived: 0,
    notApplicable: 0)

  /// Counts one more.
  package mutating func count(_ outcome: RuleOutcome) {
    switch outcome {
    case .satisfied: satisfied += 1
    case .satisfiedLate: satisfiedLate += 1
    case .violated: violated += 1
    case .overridden: overridden += 1
    case .pending: pending += 1
    case .overdue: overdue += 1
    case .waived: waived += 1
    case .notApplicable: notApplicable += 1
    }
  }

  /// Both together.
  package static func + (one: Self, other: Self) -> Self {
    Self(
      satisfied: one.satisfied + other.satisfied, satisfiedLate: one.satisfiedLate + other.satisfiedLate,
      violated: one.violated + other.violated, overridden: one.overridden + other.overridden,
      pending: one.pending + other.pending, overdue: one.overdue + other.overdue,
      waived: one.waived + other.waived, notApplicable: one.notApplicable + other.notApplicable)
  }
}

extension ComplianceReport.Totals {
  static let zero = Self(
    attempts: 0, releases: 0, governed: 0, ungoverned: 0, unasked: 0, beforeLedger: 0, recordedLate: 0,
    afterPeriod: 0, clean: 0, findings: .zero)
}
