package import RelmDomain
package import RelmProof

/// What a policy may ask of a deployment: one requirement, judged by itself.
///
/// A rule is a pure function. Whatever it says rests on events that it names, and what it cannot tell from them it never
/// takes for satisfied.
package protocol Rule {
  /// Raised whenever the rule comes to something else over the same events: every finding names it.
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

  package init(_ outcome: RuleOutcome, _ reason: String, at positions: [Position] = []) {
    self.outcome = outcome
    self.reason = reason
    self.positions = Array(Set(positions)).sorted()
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
}

extension RuleName {
  /// The rule that judges it; nil where this version of the program has none.
  package var rule: (any Rule.Type)? {
    switch self {
    case .planned: Planned.self
    case .classified: Classified.self
    case .designed: Designed.self
    case .componentsAssessed: ComponentsAssessed.self
    case .riskAssessed: RiskAssessed.self
    case .built: Built.self
    case .tested: Tested.self
    case .validated: Validated.self
    case .scheduled: Scheduled.self
    case .partnersConsulted: PartnersConsulted.self
    case .communicated: Communicated.self
    case .approved: Approved.self
    case .authorised: Authorised.self
    case .notFrozen: NotFrozen.self
    case .rollbackPlanned: RollbackPlanned.self
    case .attested: Attested.self
    case .capabilityInPlace: CapabilityInPlace.self
    case .baselined, .procedureApplied, .gated, .verified, .reconciled, .handedOver, .supported,
      .reviewed, .recordedPromptly, .personnelCompetent:
      nil
    }
  }
}
