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
      return Judgement(
        .violated, words, at: freezes.map(\.declared.position),
        remedies: try freezes.map { try lifting($0, judged, state) })
    }
    return Judgement(.satisfied, "no freeze is in force")
  }

  /// A freeze is lifted where it was declared, which may be above the environment.
  private static func lifting(
    _ freeze: EnvironmentRow.Freeze, _ judged: Case, _ state: some LedgerState
  ) throws -> Remedy {
    let declared = try state.event(at: freeze.declared.position)?.subject
    return .record(
      .freezeLifted, about: declared ?? .environment(judged.environment),
      ["freeze=\(freeze.freeze)", "reason=…"], by: "somebody with level 6")
  }
}
