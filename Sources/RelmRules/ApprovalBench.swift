internal import RelmDomain
internal import RelmProof

/// A human's latest statement on a scope.
struct ApprovalStatement {
  let by: PersonID
  let human: PersonID
  let position: Position
  let isRefusal: Bool
  let reason: String
  let plan: Position?
  let digests: [ContentDigest]
  let scope: ApprovalScope
}

/// Why an approval does not count, as the rest of a sentence about it, and what helps.
package struct ApprovalObjection: Sendable {
  package let reason: String
  package let remedies: [Remedy]
}

extension [ApprovalObjection] {
  /// All of them, as the rest of a sentence.
  package var words: String { map(\.reason).joined(separator: ", and ") }
}

/// Looks at the approvals of one deployment as a policy asks for them.
struct ApprovalBench<State: LedgerState> {
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
  func statements(
    on scope: ApprovalScope
  ) throws -> (statements: [ApprovalStatement], humans: Set<PersonID>) {
    let withdrawn = Set(
      judged.acts { if case .approvalWithdrawn(let data) = $0 { data.approval } else { nil } }.map(\.data))
    var latest: [PersonID: ApprovalStatement] = [:]
    for act in judged.acts({ $0 }) {
      guard let by = act.event.person, !withdrawn.contains(act.position) else { continue }
      let human = try authority.human(of: by)
      if case .approvalGiven(let data) = act.data {
        guard data.scope == scope, concerns(data.environment), data.ratifies == nil else { continue }
        latest[human] = ApprovalStatement(
          by: by, human: human, position: act.position, isRefusal: false, reason: data.reason ?? "",
          plan: data.plan, digests: data.digests, scope: scope)
      }
      if case .approvalRefused(let data) = act.data {
        guard data.scope == scope, concerns(data.environment) else { continue }
        latest[human] = ApprovalStatement(
          by: by, human: human, position: act.position, isRefusal: true, reason: data.reason, plan: data.plan,
          digests: data.digests, scope: scope)
      }
    }
    return (latest.values.sorted { $0.position < $1.position }, Set(latest.keys))
  }

  private func concerns(_ environment: String?) -> Bool { environment.map { $0 == judged.environment } ?? true }

  /// All that keeps an approval from counting; nothing where it counts.
  func objections(to statement: ApprovalStatement) throws -> [ApprovalObjection] {
    var found: [ApprovalObjection] = []
    func object(_ reason: String, _ remedies: Remedy...) {
      found.append(ApprovalObjection(reason: reason, remedies: remedies))
    }
    if statement.plan != judged.release?.plan?.scope.position {
      object("is of a plan that was changed since", approval(of: statement.scope))
    }
    let isOfArtifacts = statement.scope != .plan && statement.scope != .design
    if isOfArtifacts || !statement.digests.isEmpty,
      let other = judged.lineage(linkedBefore: statement.position).stranger(to: statement.digests)
    {
      object("is of something else than \(other.text)", approval(of: statement.scope))
    }
    let scope = ActScope(
      contexts: [judged.context], services: judged.services, packages: [judged.package])
    if try authority.held(by: statement.by, for: scope).map({ $0.level < level }) ?? true {
      let grant = Remedy.grant(statement.by, level: level, for: judged)
      if judged.scope.isSaid {
        object("is by somebody without level \(level) now", grant, approval(of: statement.scope))
      } else {
        object(
          "is by somebody without level \(level) now for all services, as nobody with level 5 has said which it concerns",
          .sayServices(of: judged), grant)
      }
    }
    return try found + conflicts(of: statement)
  }

  private var level: Int { asked.level ?? 5 }

  /// The duties that an approver may not have had and has, or that cannot be told.
  private func conflicts(of statement: ApprovalStatement) throws -> [ApprovalObjection] {
    guard !asked.separate.isEmpty || asked.quorum ?? 1 > 1 else { return [] }
    guard try state.isKnownHuman(statement.by) else {
      return [
        ApprovalObjection(
          reason: "is by an account that is linked to no human", remedies: [.link(statement.by)])
      ] + unknownDuties()
    }
    return try asked.separate.compactMap { duty in
      let holders = judged.holders(of: duty)
      if try holders.known.contains(where: { try authority.human(of: $0) == statement.human }) {
        let isAnybodyLeft = try isAnybodyLeft()
        return ApprovalObjection(
          reason:
            "is by the \(duty.rawValue)\(isAnybodyLeft ? "" : ", as would be one by any other who has level \(level)")",
          remedies: try approvals(of: statement.scope))
      }
      if let unlinked = try holders.known.first(where: { try !state.isKnownHuman($0) }) {
        return ApprovalObjection(
          reason: "cannot be told from the \(duty.rawValue), whose account is linked to no human",
          remedies: [.link(unlinked)])
      }
      return unknown(duty)
    }
  }

  /// The duties of which it is not known who had them, whatever is approved by whom.
  func unknownDuties() -> [ApprovalObjection] { asked.separate.compactMap(unknown) }

  private func unknown(_ duty: PolicyDocument.Separate) -> ApprovalObjection? {
    guard !judged.holders(of: duty).isWhole else { return nil }
    let gap = judged.gap(in: duty)
    return ApprovalObjection(
      reason: "cannot be told from the \(duty.rawValue), who is not known\(gap.words)", remedies: gap.remedies)
  }

  /// Whether somebody has the level who had none of the duties that an approver may not have had. Of what was deployed nobody asks
  /// any more.
  private func isAnybodyLeft() throws -> Bool {
    guard judged.attempt == nil else { return true }
    let scope = ActScope(
      contexts: [judged.context], services: judged.services, packages: [judged.package])
    let barred = try Set(
      asked.separate.flatMap { judged.holders(of: $0).known }.map { try authority.human(of: $0) })
    return try authority.holders(of: level, for: scope).contains {
      try !barred.contains(authority.human(of: $0))
    }
  }

  /// Another approval, and where nobody is left who could give one, who gets the level first. Whom anybody names as an author is that,
  /// and stays it; so there is always somebody else to ask.
  func approvals(of scope: ApprovalScope) throws -> [Remedy] {
    let another = approval(of: scope)
    guard try !asked.separate.isEmpty && !isAnybodyLeft() else { return [another] }
    return [.grantAnother(level: level, noneOf: separateWords, for: judged), another]
  }

  private var separateWords: String { asked.separate.map(\.rawValue).joined(separator: ", ") }

  /// Another approval, by who may.
  func approval(of scope: ApprovalScope, by: String? = nil) -> Remedy {
    .approval(
      of: .release(package: judged.package, version: judged.version), scope, in: judged.environment,
      by: by ?? "somebody with level \(level)"
        + (asked.separate.isEmpty ? "" : " who is none of: \(separateWords)"))
  }
}
