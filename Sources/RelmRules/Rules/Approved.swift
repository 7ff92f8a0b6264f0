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
    let bench = Approvals(judged, asked, state)
    var used: [Position] = []
    var words: [String] = []
    for scope in asked.scopes.isEmpty ? [.deployment] : asked.scopes {
      let (statements, humans) = try bench.statements(on: scope)
      if let refusal = statements.first(where: \.isRefusal) {
        return Judgement(
          .violated, "\(scope.rawValue): a refusal stands: \(refusal.reason)", at: [refusal.position])
      }
      var counted: [Position] = []
      var left: [String] = []
      for statement in statements {
        if let objection = try bench.objection(to: statement) {
          left.append("\(statement.position.value) \(objection)")
        } else {
          counted.append(statement.position)
        }
      }
      let quorum = max(asked.quorum ?? 1, 1)
      guard counted.count >= quorum else {
        let rest = left.isEmpty ? "" : "; " + left.joined(separator: "; ")
        return Judgement(
          .violated, "\(scope.rawValue): \(counted.count) of \(quorum) approvals count\(rest)",
          at: statements.map(\.position))
      }
      used += counted
      words.append("\(scope.rawValue) by \(humans.count == 1 ? "one human" : "\(counted.count) humans")")
    }
    return Judgement(.satisfied, "approved: \(words.joined(separator: ", "))", at: used)
  }
}

/// A human's latest statement on a scope.
private struct Statement {
  let by: PersonID
  let human: PersonID
  let position: Position
  let isRefusal: Bool
  let reason: String
  let plan: Position?
  let digests: [ContentDigest]
  let scope: ApprovalScope
}

/// Looks at the approvals of one deployment.
private struct Approvals<State: LedgerState> {
  private let judged: Case
  private let asked: PolicyDocument.Requirement
  private let state: State
  private let authority: Authority<State>

  init(_ judged: Case, _ asked: PolicyDocument.Requirement, _ state: State) {
    self.judged = judged
    self.asked = asked
    self.state = state
    authority = Authority(state, at: judged.begun)
  }

  /// Everybody's latest statement on a scope for this environment, in the order of the log.
  func statements(on scope: ApprovalScope) throws -> (statements: [Statement], humans: Set<PersonID>) {
    let withdrawn = Set(
      judged.acts { if case .approvalWithdrawn(let data) = $0 { data.approval } else { nil } }.map(\.data))
    var latest: [PersonID: Statement] = [:]
    for act in judged.acts({ $0 }) {
      guard let by = act.event.person, !withdrawn.contains(act.position) else { continue }
      let human = try authority.human(of: by)
      if case .approvalGiven(let data) = act.data {
        guard data.scope == scope, concerns(data.environment), data.ratifies == nil else { continue }
        latest[human] = Statement(
          by: by, human: human, position: act.position, isRefusal: false, reason: data.reason ?? "",
          plan: data.plan, digests: data.digests, scope: scope)
      }
      if case .approvalRefused(let data) = act.data {
        guard data.scope == scope, concerns(data.environment) else { continue }
        latest[human] = Statement(
          by: by, human: human, position: act.position, isRefusal: true, reason: data.reason, plan: data.plan,
          digests: data.digests, scope: scope)
      }
    }
    return (latest.values.sorted { $0.position < $1.position }, Set(latest.keys))
  }

  private func concerns(_ environment: String?) -> Bool { environment.map { $0 == judged.environment } ?? true }

  /// Why an approval does not count; nil where it does.
  func objection(to statement: Statement) throws -> String? {
    if statement.plan != judged.release?.plan?.scope.position {
      return "is of a plan that was changed since"
    }
    let isOfArtifacts = statement.scope != .plan && statement.scope != .design
    if isOfArtifacts || !statement.digests.isEmpty,
      let other = judged.lineage(linkedBefore: statement.position).stranger(to: statement.digests)
    {
      return "is of something else than \(other.text)"
    }
    let level = asked.level ?? 5
    let scope = ActScope(
      contexts: [judged.context], services: judged.services, packages: [judged.package])
    guard let held = try authority.held(by: statement.by, for: scope), held.level >= level else {
      let reach =
        judged.scope.isSaid ? "" : " for all services, as nobody with level 5 has said which it concerns"
      return "is by somebody without level \(level) now\(reach)"
    }
    return try conflict(of: statement)
  }

  /// The duty that an approver may not have had, or why that cannot be shown.
  private func conflict(of statement: Statement) throws -> String? {
    let isDistinct = !asked.separate.isEmpty || asked.quorum ?? 1 > 1
    guard isDistinct else { return nil }
    guard try state.isKnownHuman(statement.by) else { return "is by an account that is linked to no human" }
    for duty in asked.separate {
      guard let people = judged.holders(of: duty).all else {
        return "cannot be told from the \(duty.rawValue), who is not known"
      }
      for person in people {
        if try authority.human(of: person) == statement.human { return "is by the \(duty.rawValue)" }
        guard try state.isKnownHuman(person) else {
          return "cannot be told from the \(duty.rawValue), whose account is linked to no human"
        }
      }
    }
    return nil
  }
}

extension Case {
  /// The services that the release changes; nil for all of them, where it names none.
  var services: [String]? { scope.reach }
}
