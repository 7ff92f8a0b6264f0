package import RelmDomain
package import RelmProof

/// What a policy may ask of a deployment: one requirement, judged by itself.
///
/// A rule is a pure function. Whatever it says rests on events that it names, and what it cannot tell from them it never
/// takes for satisfied.
package protocol Rule {
  /// Raised whenever the rule comes to something else over the same events, from the first release of the program on: every
  /// finding names it.
  static var version: Int { get }

  /// What the rule comes to.
  ///
  /// - Parameters:
  ///   - asked: the requirement with its parameters.
  ///   - judged: the deployment, and what is recorded about its release.
  ///   - state: the ledger's rows as they stood before the deployment.
  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement
}

/// What a rule came to.
package struct Judgement: Sendable, Equatable {
  package let outcome: RuleOutcome
  /// Why, in words.
  package let reason: String
  /// The events that it rests on.
  package let positions: [Position]
  /// When what it asks is or was due; nil where it is not about something that becomes due.
  package let due: Instant?
  /// What makes it hold, where it does not and there is more to say of that than of every such rule.
  package let remedies: [Remedy]

  package init(
    _ outcome: RuleOutcome, _ reason: String, at positions: [Position] = [], due: Instant? = nil,
    remedies: [Remedy] = []
  ) {
    self.remedies = remedies.once
    self.outcome = outcome
    self.reason = reason
    self.positions = Array(Set(positions)).sorted()
    self.due = due
  }

  /// Satisfied by some facts: late where one of them was recorded late.
  static func satisfied(by facts: [any Dated], _ reason: String) -> Judgement {
    let positions = facts.map(\.position)
    guard let late = facts.first(where: { $0.timing == .late }) else {
      return Judgement(.satisfied, reason, at: positions)
    }
    return Judgement(
      .satisfiedLate, "\(reason); position \(late.position.value) was recorded after the deployment had begun",
      at: positions)
  }

  /// The worst of what several parts came to, where all are asked for. It rests on those that are equally bad, or where
  /// none fails on all that hold; its due time is the earliest of theirs.
  static func worst(of parts: [Judgement]) -> Judgement {
    guard let worst = parts.min(by: { $0.outcome.rank < $1.outcome.rank }) else {
      return Judgement(.notApplicable, "nothing is asked")
    }
    let shown = parts.filter { part in
      part.outcome == worst.outcome || part.outcome.holds && worst.outcome.holds
    }
    guard shown.count > 1 else { return worst }
    return Judgement(
      worst.outcome, shown.map(\.reason).joined(separator: "; "), at: shown.flatMap(\.positions),
      due: shown.compactMap(\.due).min(), remedies: shown.flatMap(\.remedies))
  }
}

extension RuleOutcome {
  /// Whether a rule comes to it by something that is there.
  fileprivate var holds: Bool { self == .satisfied || self == .satisfiedLate }

  /// From what is worst to what asks nothing.
  fileprivate var rank: Int {
    switch self {
    case .violated: 0
    case .overdue: 1
    case .pending: 2
    case .overridden, .waived: 3
    case .satisfiedLate: 4
    case .satisfied: 5
    case .notApplicable: 6
    }
  }
}

extension RuleName {
  /// The rule that judges it.
  package var rule: any Rule.Type {
    switch self {
    case .planned: Planned.self
    case .classified: Classified.self
    case .designed: Designed.self
    case .componentsAssessed: ComponentsAssessed.self
    case .riskAssessed: RiskAssessed.self
    case .built: Built.self
    case .tested: Tested.self
    case .validated: Validated.self
    case .baselined: Baselined.self
    case .scheduled: Scheduled.self
    case .partnersConsulted: PartnersConsulted.self
    case .communicated: Communicated.self
    case .procedureApplied: ProcedureApplied.self
    case .approved: Approved.self
    case .authorised: Authorised.self
    case .gated: Gated.self
    case .notFrozen: NotFrozen.self
    case .rollbackPlanned: RollbackPlanned.self
    case .attested: Attested.self
    case .verified: Verified.self
    case .reconciled: Reconciled.self
    case .handedOver: HandedOver.self
    case .supported: Supported.self
    case .reviewed: Reviewed.self
    case .recordedPromptly: RecordedPromptly.self
    case .personnelCompetent: PersonnelCompetent.self
    case .capabilityInPlace: CapabilityInPlace.self
    case .releasable: Releasable.self
    case .requirementsMet: RequirementsMet.self
    }
  }
}
