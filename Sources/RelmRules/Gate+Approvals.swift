package import RelmDomain
package import RelmProof

/// What approvals come to before anything is deployed, by the policies in force: what a gate would say of them.
extension Gate {
  /// A release that is to go to an environment, as far as its approvals are concerned.
  package struct Candidate {
    private let judged: Case
    /// The policies in force that apply to it.
    private let policies: [PolicyDocument]

    /// - Parameters:
    ///   - package: what is to be deployed.
    ///   - version: which version of it.
    ///   - environment: where to.
    ///   - events: the release's events that count, in the order of their positions.
    ///   - everything: all of its events, whether they count or not.
    ///   - state: what the views say.
    ///   - size: how many records the state rests on.
    ///   - time: the as-of time.
    package init(
      package: String, version: String, to environment: String, events: [RecordedEvent],
      everything: [RecordedEvent], given state: some LedgerState, size: UInt64, at time: Instant
    ) throws {
      let judged = Case(
        package: package, version: version, environment: environment,
        context: try state.environment(environment)?.currentContext ?? .production,
        digests: Attempt.contents(of: events), line: Position(size), begun: time, events: events,
        everything: everything, release: try state.release(package, version))
      self.judged = judged
      let inForce = try state.policies().compactMap { $0.inForce(at: time)?.document }
        .filter { $0.context == judged.context }
      policies = try judged.judging(of: inForce, { $0 }, given: state).filter { policy in
        policy.rules.contains { $0.rule == .approved }
      }
    }

    /// What keeps an approval from counting, policy by policy, with what helps.
    ///
    /// - Parameter position: where it stands.
    package func objections(
      toApprovalAt position: Position, given state: some LedgerState
    ) throws -> [(policy: String, objections: [ApprovalObjection])] {
      try policies.compactMap { policy in
        let judged = try self.judged.judged(by: policy, given: state)
        let objections = try policy.rules.filter { $0.rule == .approved }.flatMap { asked in
          let bench = ApprovalBench(judged, asked, state)
          return try asked.scopesOfApproval.flatMap { scope in
            try bench.statements(on: scope).statements.first { $0.position == position }
              .map(bench.objections) ?? []
          }
        }
        return objections.isEmpty ? nil : (policy.id, objections)
      }
    }

    /// Whether the approvals that its policies ask for are there; nil where none asks for any.
    package func isApproved(given state: some LedgerState) throws -> Bool? {
      guard !policies.isEmpty else { return nil }
      let judge = Judge(judged, given: state)
      return try policies.allSatisfy { policy in
        try judge.findings(by: policy, adopted: nil) { $0.rule == .approved }.allSatisfy {
          !$0.outcome.closesGate
        }
      }
    }
  }
}
