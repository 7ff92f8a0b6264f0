package import RelmDomain
internal import RelmProof

/// Whether a release may be deployed to an environment, judged by the policies in force.
///
/// What can only be judged after a deployment does not close it.
package enum Gate {
  /// Judges a release.
  ///
  /// - Parameters:
  ///   - package: what is to be deployed.
  ///   - version: which version of it.
  ///   - environment: where to.
  ///   - events: the release's events that count, in the order of their positions.
  ///   - everything: all of its events, whether they count or not; nil where all count.
  ///   - annulled: deployments of it that are annulled and have used up what they used.
  ///   - configuration: what is recorded about the environment and belongs to the release, likewise.
  ///   - state: what the views say.
  ///   - size: how many records the state rests on.
  ///   - time: the as-of time.
  package static func judge(
    package: String, version: String, environment: String, events: [RecordedEvent],
    everything: [RecordedEvent]? = nil, annulled: [Attempt] = [], configuration: [RecordedEvent] = [],
    given state: some LedgerState, size: Int, at time: Instant
  ) throws -> GateDecided {
    let release = try state.release(package, version)
    let row = try state.environment(environment)
    let place = PolicyPlace(
      context: row?.currentContext ?? .production, environment: environment, package: package,
      services: release?.plan?.services ?? [], releaseClass: release?.plan?.class)
    let judged = Case(
      package: package, version: version, environment: environment, context: place.context,
      digests: Attempt.contents(of: events), line: Position(UInt64(size)), begun: time, events: events,
      everything: everything, annulled: annulled, release: release, configuration: configuration)
    let inForce = try state.policies().compactMap { $0.inForce(at: time) }.filter {
      $0.document.context == place.context
    }
    let policies = try inForce.filter { try judged.isSubject(to: $0.document, given: state) }
    let frozen = try state.freezes(reaching: environment).filter {
      $0.holds(at: time) && $0.concerns(package: package, services: place.services)
    }
    let judge = Judge(judged, given: state)
    let findings = try policies.flatMap { try judge.findings(by: $0.document, adopted: $0.adopted.position) }
      .map(GateDecided.Finding.init)
    let failed = findings.filter(\.outcome.closesGate)
    let isGoverned = !policies.isEmpty || place.context == .development
    let isOpen = isGoverned && failed.isEmpty
    let validity = policies.compactMap(\.document.gateValidity?.microseconds).min() ?? 86_400_000_000
    let wasNeeded = findings.contains { $0.outcome == .overridden }
    return GateDecided(
      environment: environment, outcome: isOpen ? .open : .closed, digests: judged.digests,
      plan: release?.plan?.scope.position, judged: size,
      until: isOpen ? Timestamp(time.advanced(byMicroseconds: validity)) : nil,
      policies: policies.map {
        GateDecided.Judge(policy: $0.document.id, version: $0.version, position: $0.adopted.position)
      },
      findings: findings, reason: reason(policies.count, of: inForce.count, place, findings.count, failed),
      override: wasNeeded && isOpen ? judged.usedOverride?.position : nil, freezes: frozen.map(\.freeze))
  }

  private static func reason(
    _ policies: Int, of inForce: Int, _ place: PolicyPlace, _ rules: Int, _ failed: [GateDecided.Finding]
  ) -> String {
    guard policies > 0 else {
      guard place.context == .production else { return "no policy asks anything of development there" }
      guard inForce > 0 else {
        return "no policy is in force for production there, and without one nothing goes there"
      }
      let plan = place.releaseClass == nil ? ", which was not planned" : ""
      return
        "none of the policies in force for production, \(inForce), applies to the release\(plan); without one "
        + "nothing goes there"
    }
    guard let first = failed.first else { return "every one of \(rules) rules holds" }
    let others = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
    return "\(failed.count) of \(rules) rules \(failed.count == 1 ? "does" : "do") not hold: "
      + "\(first.rule.rawValue) (\(first.reason))\(others)"
  }
}

extension GateDecided.Finding {
  fileprivate init(_ finding: Finding) {
    self.init(
      rule: finding.rule, ruleVersion: finding.ruleVersion, policy: finding.policy, outcome: finding.outcome,
      reason: finding.reason, positions: finding.positions)
  }
}
