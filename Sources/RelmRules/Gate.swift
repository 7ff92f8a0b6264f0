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
  ///   - neighbours: what is recorded of deployments there of the releases that it may require, likewise.
  ///   - state: what the views say.
  ///   - size: how many records the state rests on.
  ///   - time: the as-of time.
  package static func judge(
    package: String, version: String, environment: String, events: [RecordedEvent],
    everything: [RecordedEvent]? = nil, annulled: [Attempt] = [], configuration: [RecordedEvent] = [],
    neighbours: [RecordedEvent] = [], given state: some LedgerState, size: Int, at time: Instant
  ) throws -> GateDecided {
    let release = try state.release(package, version)
    let row = try state.environment(environment)
    let context = row?.currentContext ?? .production
    let judged = Case(
      package: package, version: version, environment: environment, context: context,
      digests: Attempt.contents(of: events), line: Position(UInt64(size)), begun: time, events: events,
      everything: everything, annulled: annulled,
      ratifications: try Ratification.independent(in: events, given: state), release: release,
      configuration: configuration, neighbours: neighbours)
    let inForce = try state.policies().compactMap { $0.inForce(at: time) }.filter {
      $0.document.context == context
    }
    let policies = try inForce.filter { try judged.isSubject(to: $0.document, given: state) }
    let frozen = try judged.scoped(byLevel: Case.usualLevel, state).freezesInForce(given: state)
    let verdict = try verdict(of: judged, by: policies, given: state)
    let (hindered, override) = (verdict.hindered, verdict.override)
    let findings = verdict.findings.map(GateDecided.Finding.init)
    let failed = findings.filter(\.outcome.closesGate)
    let isGoverned = !policies.isEmpty || context == .development
    // What is over goes nowhere in production, be it asked or not.
    let isHindered = hindered?.outcome.closesGate ?? false
    let isOpen = isGoverned && failed.isEmpty && !isHindered
    let validity = policies.compactMap(\.document.gateValidity?.microseconds).min() ?? 86_400_000_000
    let words = reason(policies.count, of: inForce.count, context, release?.plan, findings.count, failed)
    return GateDecided(
      environment: environment, outcome: isOpen ? .open : .closed, digests: judged.digests,
      plan: release?.plan?.scope.position, judged: size,
      until: isOpen ? Timestamp(time.advanced(byMicroseconds: validity)) : nil,
      policies: policies.map {
        GateDecided.Judge(policy: $0.document.id, version: $0.version, position: $0.adopted.position)
      },
      findings: findings,
      reason: reason(words, hindered, isOpenOtherwise: isGoverned && failed.isEmpty),
      override: isOpen ? override?.position : nil, freezes: frozen.map(\.freeze))
  }

  /// What the rules come to, with what hinders the release besides.
  private struct Verdict {
    var findings: [Finding]
    var hindered: Finding?
    var override: Case.Override?

    /// What still keeps the gate closed.
    var closing: [Finding] { (findings + [hindered].compactMap { $0 }).filter(\.outcome.closesGate) }
  }

  /// What every rule comes to, by the override of those at hand that leaves the fewest rules against it; of equals by the last,
  /// and by none where none helps. One deployment goes by one of them.
  private static func verdict(
    of judged: Case, by policies: [PolicyRow.Adoption], given state: some LedgerState
  ) throws -> Verdict {
    func verdict(goingBy override: Case.Override?) throws -> Verdict {
      let judge = Judge(judged, given: state, goingBy: override)
      return Verdict(
        findings: try policies.flatMap { try judge.findings(by: $0.document, adopted: $0.adopted.position) },
        hindered: try judge.releasability(judged.context, askedBy: policies.map(\.document)),
        override: override)
    }
    var best = try verdict(goingBy: nil)
    let failing = Set(best.closing.map(\.rule))
    for override in judged.overridesAtHand.reversed() where !failing.isDisjoint(with: override.data.rules) {
      let helped = try verdict(goingBy: override)
      if helped.closing.count < best.closing.count { best = helped }
    }
    return best
  }

  /// The reason with what hinders the release besides.
  private static func reason(_ words: String, _ hindered: Finding?, isOpenOtherwise: Bool) -> String {
    guard let hindered else { return words }
    guard hindered.outcome.closesGate else { return "\(words); \(hindered.reason)" }
    return isOpenOtherwise ? hindered.reason : "\(hindered.reason); besides, \(words)"
  }

  private static func reason(
    _ policies: Int, of inForce: Int, _ context: Context, _ planned: ReleaseRow.Plan?, _ rules: Int,
    _ failed: [GateDecided.Finding]
  ) -> String {
    guard policies > 0 else {
      guard context == .production else { return "no policy asks anything of development there" }
      guard inForce > 0 else {
        return "no policy is in force for production there, and without one nothing goes there"
      }
      let plan = planned == nil ? ", which was not planned" : ""
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
