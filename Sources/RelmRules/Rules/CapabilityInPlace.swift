internal import RelmDomain
internal import RelmProof

/// `capability-in-place`: the processes, tools, techniques and personnel that are asked for are registered, assessed as
/// acceptable, and still valid when the deployment begins. Parameter: `capabilities`.
enum CapabilityInPlace: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    var positions: [Position] = []
    var defects: [Judgement] = []
    for name in asked.capabilities {
      guard let row = try state.capability(name) else {
        defects.append(
          Judgement(
            .violated, "capability \(name) is not registered", remedies: try Remedy.relyOn(name, state)))
        continue
      }
      positions.append(row.assessed?.position ?? row.registered.position)
      if !judged.moments.allSatisfy(row.isReliable) {
        defects.append(
          Judgement(
            .violated, "capability \(name) is not to be relied on", at: positions,
            remedies: try Remedy.relyOn(name, state)))
      }
    }
    if let broken = Judgement.broken(defects) { return broken }
    guard !asked.capabilities.isEmpty else { return Judgement(.violated, "the policy names no capability") }
    return Judgement(.satisfied, "\(asked.capabilities.joined(separator: ", ")) are in place", at: positions)
  }
}
