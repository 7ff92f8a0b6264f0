internal import RelmProof

/// Whether a release may be deployed to an environment, judged by the policies in force.
///
/// This version judges the rules that follow from the release's own row and the environment's. A rule that it does not
/// judge keeps the gate closed and is named: nothing is ever taken for satisfied unseen.
package enum Gate {
  /// Judges a release.
  ///
  /// - Parameters:
  ///   - package: what is to be deployed.
  ///   - version: which version of it.
  ///   - environment: where to.
  ///   - state: what the views say.
  ///   - size: how many records the state rests on.
  ///   - time: the as-of time.
  package static func judge(
    package: String, version: String, environment: String, given state: some LedgerState, size: Int,
    at time: Instant
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
    var findings = policies.flatMap { policy in
      policy.document.rules.map { finding($0, policy, release, frozen) }
    }
    let override = try override(package, version, environment, release, state, time)
    if let override {
      findings = findings.map { finding in
        guard override.rules.contains(finding.rule), finding.outcome == .violated || finding.outcome == .pending
        else {
          return finding
        }
        var finding = finding
        finding.outcome = .overridden
        finding.reason += "; overridden at position \(override.moment.position.value)"
        return finding
      }
    }
    let failed = findings.filter { $0.outcome == .violated || $0.outcome == .pending || $0.outcome == .overdue }
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
    _ state: some LedgerState,
    _ time: Instant
  ) throws -> ApprovalRow? {
    try state.approvals(package, version).last { row in
      row.kind == .override && row.environment == environment && row.used == nil && !row.isExpired(at: time)
        && row.staleness(given: release) == nil
    }
  }

  private static func finding(
    _ requirement: PolicyDocument.Requirement, _ policy: PolicyRow.Adoption, _ release: ReleaseRow?,
    _ frozen: [EnvironmentRow.Freeze]
  ) -> GateDecided.Finding {
    let (outcome, reason, positions) = verdict(requirement, release, frozen)
    return GateDecided.Finding(
      rule: requirement.rule, ruleVersion: 1, policy: policy.document.id, outcome: outcome, reason: reason,
      positions: positions)
  }

  private static func verdict(
    _ requirement: PolicyDocument.Requirement, _ release: ReleaseRow?, _ frozen: [EnvironmentRow.Freeze]
  ) -> (RuleOutcome, String, [Position]) {
    func found(_ moment: Moment?, _ what: String) -> (RuleOutcome, String, [Position]) {
      guard let moment else { return (.violated, "\(what) is missing", []) }
      return (.satisfied, "\(what) is there", [moment.position])
    }
    switch requirement.rule {
    case .planned: return found(release?.plan?.planned, "the plan")
    case .designed: return found(release?.design?.moment, "the design")
    case .riskAssessed:
      guard let risk = release?.risk else { return (.violated, "the risk assessment is missing", []) }
      if let scope = release?.plan?.scope.position, risk.moment.position < scope {
        return (.violated, "the scope was changed after the risk was assessed", [risk.moment.position, scope])
      }
      if let most = requirement.maximumResidual, risk.residual > most {
        return (.violated, "the residual risk is \(risk.residual), above \(most)", [risk.moment.position])
      }
      return (.satisfied, "the residual risk is \(risk.residual)", [risk.moment.position])
    case .notFrozen:
      guard let freeze = frozen.first else { return (.satisfied, "no freeze is in force", []) }
      return (.violated, "freeze \(freeze.freeze) is in force", [freeze.declared.position])
    case .classified, .componentsAssessed, .built, .tested, .validated, .baselined, .scheduled,
      .partnersConsulted, .communicated, .procedureApplied, .approved, .authorised, .gated, .rollbackPlanned,
      .attested, .verified, .reconciled, .handedOver, .supported, .reviewed, .recordedPromptly,
      .personnelCompetent, .capabilityInPlace:
      return (.pending, "this version of relm does not judge it", [])
    }
  }
}
