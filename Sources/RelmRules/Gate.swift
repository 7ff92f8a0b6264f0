package import RelmDomain
package import RelmProof

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
  ///   - strangers: where deployments of it stand that were told by strangers.
  ///   - apart: where words of strangers about its deployments stand that are a deployment of their own.
  ///   - configuration: what is recorded about the environment and belongs to the release, likewise.
  ///   - neighbours: what is recorded of deployments there of the releases that it may require, likewise.
  ///   - deployment: the id of the deployment for which it is asked; nil where that is not known.
  ///   - state: what the views say.
  ///   - size: how many records the state rests on.
  ///   - time: the as-of time.
  package static func judge(
    package: String, version: String, environment: String, events: [RecordedEvent],
    everything: [RecordedEvent]? = nil, annulled: [Attempt] = [], strangers: Set<Position> = [],
    apart: StrangersWords = .none,
    configuration: [RecordedEvent] = [], neighbours: [RecordedEvent] = [], deployment: String? = nil,
    given state: some LedgerState, size: Int, at time: Instant
  ) throws -> Verdict {
    let release = try state.release(package, version)
    let context = try state.environment(environment)?.currentContext ?? .production
    let ratifications = try Ratification.independent(in: events, given: state)
    /// What it comes to at a time, by all that is recorded now.
    func ruling(at time: Instant) throws -> Ruling {
      try Ruling(
        Case(
          package: package, version: version, environment: environment, context: context,
          digests: Attempt.contents(of: events), line: Position(UInt64(size)), begun: time, events: events,
          everything: everything, annulled: annulled, ratifications: ratifications, strangers: strangers,
          apart: apart,
          release: release, configuration: configuration, neighbours: neighbours, deployment: deployment),
        given: state)
    }
    let now = try ruling(at: time)
    let end = now.isOpen ? try now.end(given: state) { try ruling(at: $0) } : nil
    let decided = GateDecided(
      environment: environment, outcome: now.isOpen ? .open : .closed, digests: now.judged.digests,
      plan: release?.plan?.scope.position, judged: size, until: end.map { Timestamp($0.time) },
      ends: end?.words,
      policies: now.policies.map {
        GateDecided.Judge(policy: $0.document.id, version: $0.version, position: $0.adopted.position)
      },
      findings: now.findings.map(GateDecided.Finding.init), reason: now.reason,
      override: now.isOpen ? now.override?.position : nil, freezes: now.frozen.map(\.freeze))
    return Verdict(decided: decided, remedies: now.remedies)
  }

  /// What a gate says.
  package struct Verdict: Sendable {
    /// What is recorded of it.
    package let decided: GateDecided
    /// What opens it where it is closed, in the order in which it has to be done.
    package let remedies: [Remedy]
  }
}

extension GateDecided.Finding {
  fileprivate init(_ finding: Finding) {
    self.init(
      rule: finding.rule, ruleVersion: finding.ruleVersion, policy: finding.policy, outcome: finding.outcome,
      reason: finding.reason, positions: finding.positions)
  }
}
