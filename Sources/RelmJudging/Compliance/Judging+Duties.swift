package import RelmDomain
internal import RelmHistory
internal import RelmProof
internal import RelmRules

/// What a policy makes due after a deployment, as duties beside those that events raise.
///
/// They are what the report calls pending or overdue, by the very same judgement: so neither knows of one that the other does
/// not.
extension Judging {
  /// The duties that are open after a deployment.
  package func duties(after member: Population.Member) throws -> [ObligationRow] {
    // What the report tells and does not count is due from nobody.
    guard !earlier.claims(member.attempt), member.annulled?.independent != true else { return [] }
    let state = standing.before(member.attempt.line)
    let context = try state.environment(member.attempt.environment)?.currentContext ?? .production
    let policies = try policies(member, state, context).filter { $0.document.rules.contains(where: \.canBeDue) }
    guard !policies.isEmpty else { return [] }
    let judged = try situation(member, state, context, member.events, policies.map(\.document))
    let judge = Judge(judged, given: state)
    let bearers = try DutyBearers(of: member, given: standing.before(Position(.max)), asOf: asOf)
    return try policies.flatMap { policy in
      try judge.findings(by: policy.document, adopted: policy.adopted, of: \.canBeDue)
    }.filter { $0.outcome == .pending || $0.outcome == .overdue }.map { finding in
      duty(finding, member, bearers)
    }
  }

  private func duty(_ finding: Finding, _ member: Population.Member, _ bearers: DutyBearers) -> ObligationRow {
    let attempt = member.attempt
    let kind = ObligationRow.Kind(after: finding.rule)
    // Support that has lasted long enough may be closed at any time: until then it is open, by no date.
    let isLate = finding.outcome == .overdue
    let due = isLate ? finding.due ?? attempt.begun : finding.due.flatMap { $0 < asOf ? nil : $0 }
    return ObligationRow(
      subject: Subject.release(package: member.package, version: member.version).text, kind: kind,
      id: "\(attempt.line.value)/\(finding.policy)/\(finding.policyVersion)/\(finding.place)",
      what: "\(kind.words(attempt.deployment, attempt.environment)): \(finding.reason)",
      owner: bearers.bearer(of: kind), due: due?.representable,
      raised: (attempt.end?.event ?? attempt.beginning).moment, policy: finding.policy,
      policyVersion: finding.policyVersion, rule: finding.rule, attempt: attempt.line)
  }
}

extension Judging {
  /// What is owed after a deployment: each of its duties once. Where its beginning is annulled by who had a hand in it, that is
  /// one thing: what is told of it now counts for nothing, and it ends when somebody else has annulled it in their place.
  package func owed(after member: Population.Member) throws -> [ObligationRow] {
    let duties = try duties(after: member).once
    guard let annulled = member.annulled else { return duties.map(\.withLevel) }
    let inOrder = duties.enumerated().sorted {
      ($0.element.due ?? .latest, $0.offset) < ($1.element.due ?? .latest, $1.offset)
    }.map(\.element)
    guard var one = inOrder.first else { return [] }
    let attempt = member.attempt
    one.kind = .policyRule
    one.what =
      "Look at deployment \(attempt.deployment) in \(attempt.environment), whose beginning is annulled, at position "
      + "\(annulled.position.value), by who had a hand in it: somebody with level 6 who had none annuls that, and then the "
      + "beginning in their own name, or lets it stand (relm record event.annulled --subject ledger "
      + "position=\(annulled.position.value) reason=…; relm record event.annulled --subject ledger "
      + "position=\(annulled.event.value) reason=…)"
    one.owner = nil
    one.level = 6
    one.rule = nil
    var asking: Set<[String]> = []
    one.policies = inOrder.flatMap(\.policies).filter { asking.insert([$0.policy, $0.policyVersion]).inserted }
    return [one]
  }
}

extension ObligationRow.Kind {
  /// The kind of what a rule makes due.
  fileprivate init(after rule: RuleName) {
    self =
      switch rule {
      case .verified: .verification
      case .reconciled: .observation
      case .baselined: .baseline
      case .handedOver: .handover
      case .supported: .support
      case .reviewed: .review
      case .procedureApplied: .procedureSteps
      case .recordedPromptly: .recording
      case .planned, .classified, .designed, .componentsAssessed, .riskAssessed, .built, .tested, .validated,
        .scheduled, .partnersConsulted, .communicated, .approved, .authorised, .gated, .notFrozen,
        .rollbackPlanned, .attested, .personnelCompetent, .capabilityInPlace, .releasable, .requirementsMet:
        .policyRule
      }
  }

  /// What is to be done after a deployment.
  fileprivate func words(_ deployment: String, _ environment: String) -> String {
    let place = "deployment \(deployment) in \(environment)"
    return switch self {
    case .verification: "Verify \(place)"
    case .observation: "See \(place) running"
    case .baseline: "Record the baseline after \(place)"
    case .handover: "Hand over after \(place)"
    case .support: "Give early life support after \(place)"
    case .review: "Review the release after \(place)"
    case .procedureSteps: "Complete the steps of the procedure for \(place)"
    case .recording: "Record how \(place) ended"
    case .answer, .authorisation, .authorityReview, .capabilityAssessment, .condition, .drift, .escalation,
      .holdReview, .overrideRatification, .overrideReview, .policyReview, .policyRule, .procedureReview,
      .reviewAction, .reviewClosing, .supportClosing:
      "Meet the policy for \(place)"
    }
  }
}
