package import RelmDomain
package import RelmProof

/// What a rule of a policy came to for one deployment, with what set it aside.
package struct Finding: Sendable, Equatable {
  /// The policy, in the version that it was judged by.
  package let policy: String
  package let policyVersion: String
  /// Where that version's adoption stands; nil for a draft.
  package let adopted: Position?
  /// Which of the policy's requirements, from 0.
  package let place: Int
  package let rule: RuleName
  package let ruleVersion: Int
  package let outcome: RuleOutcome
  /// Why, in words.
  package let reason: String
  /// The events that it rests on, what set it aside among them.
  package let positions: [Position]
  /// When what it asks is or was due.
  package let due: Instant?
  /// What makes the rule hold, where it does not.
  package let remedies: [Remedy]
  /// The waiver that sets it aside.
  package let waiver: Waiver?
  /// The override that sets it aside.
  package let override: Position?

  /// The same in other words, and with another event that it rests on.
  func saying(_ reason: String, at position: Position) -> Finding {
    Finding(
      policy: policy, policyVersion: policyVersion, adopted: adopted, place: place, rule: rule,
      ruleVersion: ruleVersion, outcome: outcome, reason: reason,
      positions: Set(positions + [position]).sorted(), due: due, remedies: remedies, waiver: waiver,
      override: override)
  }

  /// A waiver: who lets somebody off a rule, until when, and what is done instead.
  package struct Waiver: Sendable, Equatable {
    package let position: Position
    package let by: PersonID?
    package let until: Instant
    package let control: String
  }
}
