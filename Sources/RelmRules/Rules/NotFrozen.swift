internal import RelmDomain
internal import RelmProof

/// `not-frozen`: no freeze of the environment that concerns the release is in force when the deployment begins.
enum NotFrozen: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let freezes = try state.environment(judged.environment)?.freezes ?? []
    let services = judged.release?.plan?.services ?? []
    for freeze in freezes
    where freeze.holds(at: judged.begun) && freeze.concerns(package: judged.package, services: services) {
      return Judgement(
        .violated, "freeze \(freeze.freeze) is in force: \(freeze.reason)", at: [freeze.declared.position])
    }
    return Judgement(.satisfied, "no freeze is in force")
  }
}
