package import RelmDomain
internal import RelmProof

/// Whether a release may be deployed to an environment, judged by the policies in force.
///
/// A rule that this version does not judge keeps the gate closed and is named: nothing is ever taken for satisfied unseen.
/// What can only be judged after a deployment does not close it.
package enum Gate {
  /// Judges a release.
  ///
  /// - Parameters:
  ///   - package: what is to be deployed.
  ///   - version: which version of it.
  ///   - environment: where to.
  ///   - events: the release's events that count, in the order of their positions.
  ///   - state: what the views say.
  ///   - size: how many records the state rests on.
  ///   - time: the as-of time.
  package static func judge(
    package: String, version: String, environment: String, events: [RecordedEvent],
    given state: some LedgerState, size: Int, at time: Instant
  ) throws -> GateDecided {
    let release = try state.release(package, version)
    let row = try state.environment(environment)
    let place = PolicyPlace(
      context: row?.currentContext ?? .production, environment: environment, package: package,
      services: release?.plan?.services ?? [], releaseClass: release?.plan?.class)
    let policies = try state.policies().compactMap { $0.inForce(at: time) }.filter {
      $0.document.applies(to: place)
    }
    let frozen = (row?.freezes ?? []).filter {
      $0.holds(at: time) && $0.concerns(package: package, services: place.services)
    }
    let risk = events.compactMap { event -> RelmDomain.RiskAssessed? in
      guard case .release(.riskAssessed(let data)) = event.event else { return nil }
      return data
    }.last
    var findings: [GateDecided.Finding] = []
    for policy in policies {
      let judged = Case(
        package: package, version: version, environment: environment, context: place.context,
        digests: release?.digests ?? [], line: Position(UInt64(size)), begun: time,
        lateWithinMicroseconds: policy.document.lateWithin?.microseconds ?? 0, events: events, release: release,
        critical: policy.document.critical(release, risk: risk))
      for asked in policy.document.rules {
        findings.append(try finding(asked, policy, judged, state))
      }
    }
    let override = try override(package, version, environment, release, state, time)
    if let override {
      findings = findings.map { finding in
        guard override.rules.contains(finding.rule), finding.outcome.closesGate else { return finding }
        var finding = finding
        finding.outcome = .overridden
        finding.reason += "; overridden at position \(override.moment.position.value)"
        return finding
      }
    }
    let failed = findings.filter(\.outcome.closesGate)
    let isGoverned = !policies.isEmpty || place.context == .development
    let isOpen = isGoverned && failed.isEmpty
    let validity = policies.compactMap(\.document.gateValidity?.microseconds).min() ?? 86_400_000_000
    let wasNeeded = findings.contains { $0.outcome == .overridden }
    return GateDecided(
      environment: environment, outcome: isOpen ? .open : .closed, digests: release?.digests ?? [],
      plan: release?.plan?.scope.position, judged: size,
      until: isOpen ? Timestamp(time.advanced(byMicroseconds: validity)) : nil,
      policies: policies.map {
        GateDecided.Judge(policy: $0.document.id, version: $0.version, position: $0.adopted.position)
      },
      findings: findings, reason: reason(policies.count, place, findings.count, failed),
      override: wasNeeded && isOpen ? override?.moment.position : nil, freezes: frozen.map(\.freeze))
  }

  private static func reason(
    _ policies: Int, _ place: PolicyPlace, _ rules: Int, _ failed: [GateDecided.Finding]
  ) -> String {
    guard policies > 0 else {
      return place.context == .production
        ? "no policy is in force for production there, and without one nothing goes there"
        : "no policy asks anything of development there"
    }
    guard let first = failed.first else { return "every one of \(rules) rules holds" }
    let others = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
    return "\(failed.count) of \(rules) rules \(failed.count == 1 ? "does" : "do") not hold: "
      + "\(first.rule.rawValue) (\(first.reason))\(others)"
  }

  /// The override that is there for this deployment: unspent, unexpired, of the same artifacts.
  private static func override(
    _ package: String, _ version: String, _ environment: String, _ release: ReleaseRow?,
    _ state: some LedgerState, _ time: Instant
  ) throws -> ApprovalRow? {
    try state.approvals(package, version).last { row in
      row.kind == .override && row.environment == environment && row.used == nil && !row.isExpired(at: time)
        && row.staleness(given: release) == nil
    }
  }

  private static func finding(
    _ asked: PolicyDocument.Requirement, _ policy: PolicyRow.Adoption, _ judged: Case, _ state: some LedgerState
  ) throws -> GateDecided.Finding {
    var verdict = try verdict(asked, judged, state)
    if verdict.outcome.closesGate, !policy.document.nonWaivable.contains(asked.rule),
      let waiver = try waiver(of: asked.rule, judged, state)
    {
      verdict = Judgement(
        .waived,
        "\(verdict.reason); waived until \(waiver.until?.rfc3339Milliseconds ?? ""): \(waiver.reason ?? "")",
        at: verdict.positions + [waiver.moment.position])
    }
    return GateDecided.Finding(
      rule: asked.rule, ruleVersion: asked.rule.rule?.version ?? 1, policy: policy.document.id,
      outcome: verdict.outcome, reason: verdict.reason, positions: verdict.positions)
  }

  private static func verdict(
    _ asked: PolicyDocument.Requirement, _ judged: Case, _ state: some LedgerState
  ) throws -> Judgement {
    // No decision lets such a policy be adopted; one that was recorded before is not judged by half of what it says.
    if let stray = asked.strayParameters.first {
      return Judgement(
        .pending, "the policy gives it \(stray.rawValue), which \(asked.rule.rawValue) does not take")
    }
    if let rule = asked.rule.rule { return try rule.judge(asked, of: judged, given: state) }
    switch asked.rule {
    case .gated: return Judgement(.notApplicable, "this is the gate")
    case .verified, .reconciled, .handedOver, .supported, .reviewed, .recordedPromptly:
      return Judgement(.notApplicable, "it is judged after the deployment")
    case .planned, .classified, .designed, .componentsAssessed, .riskAssessed, .built, .tested, .validated,
      .baselined, .scheduled, .partnersConsulted, .communicated, .procedureApplied, .approved, .authorised,
      .notFrozen, .rollbackPlanned, .attested, .personnelCompetent, .capabilityInPlace:
      return Judgement(.pending, "this version of relm does not judge it")
    }
  }

  /// A waiver of a rule that is in force when the deployment begins.
  private static func waiver(
    of rule: RuleName, _ judged: Case, _ state: some LedgerState
  ) throws -> ApprovalRow? {
    try state.approvals(judged.package, judged.version).last { row in
      row.kind == .waiver && row.status == .granted && row.rules.contains(rule)
        && row.moment.position < judged.line && row.from.map { $0 <= judged.begun } ?? true
        && !row.isExpired(at: judged.begun) && row.environment.map { $0 == judged.environment } ?? true
    }
  }
}

extension RuleOutcome {
  /// Whether a gate stays closed for it.
  var closesGate: Bool {
    switch self {
    case .violated, .pending, .overdue: true
    case .satisfied, .satisfiedLate, .overridden, .waived, .notApplicable: false
    }
  }
}
