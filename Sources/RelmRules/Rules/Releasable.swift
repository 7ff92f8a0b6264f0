package import RelmDomain
internal import RelmProof

/// `releasable`: when the deployment was recorded as begun, its release was not withdrawn, superseded, closed or refused, and
/// the environment was not retired.
///
/// Of production that is asked where no policy asks it: see `Judge.releasability`.
enum Releasable: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let hindrances = try judged.hindrances(given: state)
    guard !hindrances.isEmpty else {
      return Judgement(.satisfied, "it was not withdrawn, superseded, closed or refused")
    }
    let words = hindrances.map { "\($0.reason) at position \($0.position.value)" }.joined(separator: "; ")
    return Judgement(
      .violated, words, at: hindrances.map(\.position), remedies: hindrances.map(\.remedy))
  }
}

extension PolicyDocument {
  /// What production is asked by itself.
  fileprivate static let ofEveryLedger = PolicyDocument(
    id: "", version: "", title: "", context: .production, rules: [Requirement(rule: .releasable)])
}

extension Judge {
  /// What `releasable` comes to where none of the policies asks it; nil where one does, outside production, and where nothing
  /// hinders the deployment. It is set aside as every finding is.
  package func releasability(_ context: Context, askedBy policies: [PolicyDocument]) throws -> Finding? {
    guard context == .production,
      !policies.contains(where: { $0.rules.contains { $0.rule == .releasable } })
    else { return nil }
    return try findings(by: .ofEveryLedger, adopted: nil).first { $0.outcome != .satisfied }
  }
}
