package import RelmHistory
package import RelmDomain
internal import RelmProof
internal import RelmRules

/// What a compliance report sums up, while one deployment after the other is judged.
///
/// It keeps what is wrong and counts the rest, production apart from development; the deployments themselves are the caller's to keep
/// or to hand on.
package struct ComplianceBook {
  private let question: ComplianceQuestion
  private let asOf: Instant
  private var counts: [Context: Count]
  /// The releases whose overrides are told.
  private var releases: Set<String> = []
  private var exceptions: [ComplianceReport.Exception] = []
  private var late: [ComplianceReport.LateRecord] = []
  private var overrides: [ComplianceReport.OverrideUse] = []

  /// What is counted of the deployments of one context.
  fileprivate struct Count {
    var totals = ComplianceReport.Totals.zero
    var releases: Set<String> = []
    /// What each rule came to.
    var tallies: [RuleName: ComplianceReport.Tally] = [:]
  }

  /// - Parameter asOf: the as-of time, up to which exceptions age.
  package init(_ question: ComplianceQuestion, asOf: Instant) {
    self.question = question
    self.asOf = asOf
    counts = Dictionary(uniqueKeysWithValues: question.context.contexts.map { ($0, Count()) })
  }

  /// The contexts that were asked about, production first.
  package var contexts: [Context] { question.context.contexts }

  /// Counts a deployment that was judged.
  ///
  /// - Parameters:
  ///   - attempt: what every rule came to.
  ///   - member: the deployment with its release's events.
  ///   - standing: how the release's approvals stand at the end.
  package mutating func add(
    _ attempt: ComplianceReport.Attempt, _ member: Population.Member, _ standing: StandingRows
  ) throws {
    if releases.insert(attempt.release).inserted {
      overrides += try standing.overrideUses(
        ofRelease: member.package, member.version, member.events, asOf: asOf
      )
      .filter { use in
        let context = try standing.context(of: use.environment, before: use.position)
        return contexts.contains(context) && (question.environment.map { $0 == use.environment } ?? true)
      }
    }
    counts[attempt.context, default: Count()].add(attempt)
    guard attempt.annulled?.independent != true else { return }
    for finding in attempt.findings {
      if finding.outcome.isException { exceptions.append(exception(finding, attempt)) }
      if finding.outcome == .satisfiedLate { noteLate(finding, attempt) }
    }
  }

  private func exception(
    _ finding: ComplianceReport.Finding, _ attempt: ComplianceReport.Attempt
  ) -> ComplianceReport.Exception {
    let due = finding.due.flatMap { $0 <= asOf ? $0 : nil }
    let since = due ?? attempt.begun
    return ComplianceReport.Exception(
      attempt: attempt.position, release: attempt.release, environment: attempt.environment,
      context: attempt.context, policy: finding.policy, rule: finding.rule, outcome: finding.outcome,
      reason: finding.reason,
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

  /// The report over what was added.
  ///
  /// - Parameters:
  ///   - origin: the ledger's.
  ///   - told: up to where the log is told.
  ///   - leftOut: how many deployments would belong if the other context had been asked about too.
  ///   - population: the deployments that the report is to hold; none where they are handed on otherwise.
  ///   - surroundings: what an auditor asks besides.
  ///   - frameworks: for whose clauses to say what is shown, by id.
  package func report(
    origin: String, asOf told: ComplianceReport.AsOf, leftOut: Int, population: [ComplianceReport.Attempt],
    _ surroundings: ComplianceSurroundings, frameworks: [String] = [], clauses: [ComplianceReport.Clause] = []
  ) -> ComplianceReport {
    var counted = contexts.compactMap { counts[$0]?.totals }
    counted[0].leftOut = leftOut == 0 ? nil : leftOut
    return ComplianceReport(
      origin: origin, asOf: told,
      scope: ComplianceReport.Scope(
        context: question.context, package: question.package, version: question.version,
        environment: question.environment,
        from: question.from?.representable, until: question.until?.representable, zone: question.zone,
        frameworks: frameworks, draft: question.draft?.id),
      totals: counted[0], developmentTotals: counted.count > 1 ? counted[1] : nil, population: population,
      exceptions: exceptions, overrides: overrides,
      lateEvidence: late, governance: surroundings.governance, authority: surroundings.authority,
      reconciliation: surroundings.reconciliation, clauses: clauses)
  }

  /// What a rule came to over all deployments of a context; nil where no policy asked it of any.
  package func tally(of rule: RuleName, in context: Context) -> ComplianceReport.Tally? {
    counts[context]?.tallies[rule]
  }
}

extension ComplianceBook.Count {
  fileprivate mutating func add(_ attempt: ComplianceReport.Attempt) {
    totals.attempts += 1
    if releases.insert(attempt.release).inserted { totals.releases += 1 }
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
    } else if attempt.isAnnulledInPart {
      // Whoever had a hand in it has taken something of it back: what it would come to with that, nobody sees any more.
      totals.annulled = (totals.annulled ?? 0) + 1
    }
    switch attempt.governance {
    case .governed: totals.governed += 1
    case .ungoverned: totals.ungoverned += 1
    case .unasked: totals.unasked += 1
    case .beforeLedger: totals.beforeLedger += 1
    case .unaccepted: totals.unaccepted = (totals.unaccepted ?? 0) + 1
    }
    if attempt.unreleasable?.outcome.isFailure == true { totals.unreleasable = (totals.unreleasable ?? 0) + 1 }
    for finding in attempt.findings {
      totals.findings[finding.outcome] += 1
      tallies[finding.rule, default: .zero][finding.outcome] += 1
    }
    let isClean =
      attempt.governance == .governed && attempt.annulled == nil && !attempt.isAnnulledInPart
      && attempt.unreleasable == nil
    if isClean, !attempt.findings.contains(where: \.outcome.isException) { totals.clean += 1 }
  }
}

extension ComplianceReport.Totals {
  static let zero = Self(
    attempts: 0, releases: 0, governed: 0, ungoverned: 0, unasked: 0, beforeLedger: 0, recordedLate: 0,
    afterPeriod: 0, clean: 0, findings: .zero)
}

extension ComplianceReport.Attempt {
  /// Whether something that was told of it after its beginning is annulled, and not by somebody with level 6 who had no hand in
  /// it.
  fileprivate var isAnnulledInPart: Bool { annulledParts.contains { !$0.independent } }
}
