internal import RelmDomain
internal import RelmProof

/// `not-frozen`: no freeze of the environment that concerns the release is in force when the deployment begins. All that are
/// in force are told: an override breaks only the one that it names.
enum NotFrozen: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let freezes = try judged.freezesInForce(given: state)
    guard freezes.isEmpty else {
      let words = freezes.map { "freeze \($0.freeze) is in force: \($0.reason)" }.joined(separator: "; ")
      return Judgement(.violated, words, at: freezes.map(\.declared.position))
    }
    return Judgement(.satisfied, "no freeze is in force")
  }
}
