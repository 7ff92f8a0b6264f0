internal import RelmDomain
internal import RelmProof

/// `approved`: enough humans approved each scope that is asked for, and no refusal stands.
///
/// Counted is each human's latest statement that stood before the deployment, whichever account it was made with. An
/// approval counts if it is of the plan as it was last changed and of what is deployed, and if the approver still has the
/// level when the deployment begins. Where duties are to be separate, an approver may be none of those: not the requester,
/// no author of a commit, nobody who set a build or the deployment going. What cannot be shown does not count: an account
/// that is linked to no human, a commit without authors, a build that a machine began for nobody.
///
/// Parameters: `quorum`, 1 without it; `level`, 5 without it; `scopes`, the deployment without it; `separate`.
enum Approved: Rule {
  static let version = 2

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let bench = ApprovalBench(judged, asked, state)
    var used: [Position] = []
    var words: [String] = []
    for scope in asked.scopesOfApproval {
      let (statements, humans) = try bench.statements(on: scope)
      if let refusal = statements.first(where: \.isRefusal) {
        return Judgement(
          .violated, "\(scope.rawValue): a refusal stands: \(refusal.reason)", at: [refusal.position],
          remedies: [bench.approval(of: scope, by: "whoever refused it")])
      }
      var counted: [Position] = []
      var left: [String] = []
      var remedies: [Remedy] = []
      for statement in statements {
        let objections = try bench.objections(to: statement)
        guard !objections.isEmpty else {
          counted.append(statement.position)
          continue
        }
        left.append("\(statement.position.value) \(objections.words)")
        remedies += objections.flatMap(\.remedies)
      }
      let quorum = max(asked.quorum ?? 1, 1)
      guard counted.count >= quorum else {
        if judged.attempt == nil, counted.count + left.count < quorum {
          // What will keep the next one from counting is told before it is given.
          let unknown = bench.unknownDuties()
          if left.isEmpty, !unknown.isEmpty { left = ["one that is given \(unknown.words)"] }
          remedies += try unknown.flatMap(\.remedies) + bench.approvals(of: scope)
        }
        let rest = left.isEmpty ? "" : "; " + left.joined(separator: "; ")
        return Judgement(
          .violated, "\(scope.rawValue): \(counted.count) of \(quorum) approvals count\(rest)",
          at: statements.map(\.position), remedies: remedies)
      }
      used += counted
      words.append("\(scope.rawValue) by \(humans.count == 1 ? "one human" : "\(counted.count) humans")")
    }
    return Judgement(.satisfied, "approved: \(words.joined(separator: ", "))", at: used)
  }
}

extension PolicyDocument.Requirement {
  /// What has to be approved.
  var scopesOfApproval: [ApprovalScope] { scopes.isEmpty ? [.deployment] : scopes }
}

extension Case {
  /// The services that the release changes; nil for all of them, where it names none.
  var services: [String]? { scope.reach }
}
