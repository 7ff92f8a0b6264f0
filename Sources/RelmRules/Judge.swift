package import RelmDomain
package import RelmProof

/// Judges a deployment by a policy: every rule by itself, and then what sets it aside.
package struct Judge<State: LedgerState> {
  private let judged: Case
  private let state: State
  /// The override that the deployment goes by, or could; it sets aside the rules that it names.
  private let override: Case.Override?

  /// - Parameters:
  ///   - judged: the deployment, without a policy.
  ///   - state: the ledger's rows as they stood before it.
  package init(_ judged: Case, given state: State) {
    self.init(judged, given: state, goingBy: judged.usedOverride)
  }

  /// - Parameter override: the one that a deployment would go by; nil for none.
  init(_ judged: Case, given state: State, goingBy override: Case.Override?) {
    self.judged = judged
    self.state = state
    self.override = override
  }

  /// What each of a policy's rules comes to, in its order.
  ///
  /// - Parameters:
  ///   - policy: in the version to judge by.
  ///   - adopted: where that was adopted; nil for a draft.
  ///   - wanted: which of them are looked at.
  package func findings(
    by policy: PolicyDocument, adopted: Position?,
    of wanted: (PolicyDocument.Requirement) -> Bool = { _ in true }
  ) throws -> [Finding] {
    let judged = try judged.judged(by: policy, given: state)
    return try policy.rules.enumerated().filter { wanted($0.element) }.map { place, asked in
      let rule = asked.rule.rule
      let (verdict, links) = try verdict(asked, judged)
      func finding(
        _ outcome: RuleOutcome, _ reason: String, _ positions: [Position], waiver: Finding.Waiver? = nil,
        override: Position? = nil
      ) -> Finding {
        Finding(
          policy: policy.id, policyVersion: policy.version, adopted: adopted, place: place, rule: asked.rule,
          ruleVersion: rule.version, outcome: outcome, reason: reason,
          positions: Array(Set(positions)).sorted(), due: verdict.due,
          remedies: outcome.closesGate ? links + remedies(of: verdict, asked, judged) : [], waiver: waiver,
          override: override)
      }
      guard verdict.outcome.closesGate else {
        return finding(verdict.outcome, verdict.reason, verdict.positions)
      }
      if !policy.nonWaivable.contains(asked.rule),
        let waiver = try waiver(of: asked.rule, due: verdict.due, judged)
      {
        return finding(
          .waived,
          "\(verdict.reason); waived until \(waiver.until.rfc3339Milliseconds), with instead: \(waiver.control)",
          verdict.positions + [waiver.position], waiver: waiver)
      }
      if let override, try judged.setsAside(override, asked.rule, policy, given: state) {
        return finding(
          .overridden, "\(verdict.reason); overridden at position \(override.position.value)",
          verdict.positions + [override.position], override: override.position)
      }
      return finding(verdict.outcome, verdict.reason, verdict.positions)
    }
  }

  /// What still helps: what was missing when a deployment began stays missing from it.
  private func remedies(
    of verdict: Judgement, _ asked: PolicyDocument.Requirement, _ judged: Case
  ) -> [Remedy] {
    guard judged.attempt == nil || asked.canBeDue else { return [] }
    guard verdict.remedies.isEmpty else { return verdict.remedies }
    guard let usual = asked.usualRemedy(of: judged) else { return [] }
    return [asked.by.map(usual.coming(from:)) ?? usual]
  }

  /// What a rule comes to, and which accounts to link so that the evidence counts which they have brought.
  private func verdict(
    _ asked: PolicyDocument.Requirement, _ judged: Case
  ) throws -> (judgement: Judgement, links: [Remedy]) {
    // No decision lets such a policy be adopted; one that was recorded before is not judged by half of what it says.
    if let stray = asked.strayParameters.first {
      return (
        Judgement(
          .pending, "the policy gives it \(stray.rawValue), which \(asked.rule.rawValue) does not take"), []
      )
    }
    let (seen, left) = try judged.sifted(by: asked, given: state)
    let judgement = try asked.rule.rule.judge(asked, of: seen, given: state).leaving(left)
    return (judgement, judgement.outcome.closesGate ? try left.compactMap { try link(for: $0, judged) } : [])
  }

  /// What makes it known who answers for an account that has brought evidence; nil where that is known.
  private func link(for event: RecordedEvent, _ judged: Case) throws -> Remedy? {
    guard let person = event.person else { return nil }
    guard try Authority(state, at: judged.begun).isService(person) else {
      return try state.isKnownHuman(person) ? nil : .link(person)
    }
    guard let owner = try state.person(person)?.owner else { return .own(person) }
    return try state.isKnownHuman(owner) ? nil : .link(owner)
  }

  /// The waiver that sets a rule aside. What comes before a deployment is waived when it begins, what comes after it when
  /// it is due.
  private func waiver(of rule: RuleName, due: Instant?, _ judged: Case) throws -> Finding.Waiver? {
    let isAfter = judged.attempt != nil && rule.isAboutAfterwards
    let due = min(due ?? judged.asOf, judged.asOf)
    let moments = isAfter ? [due] : judged.moments
    func stood(_ event: RecordedEvent) -> Bool {
      isAfter ? event.recorded <= due : event.position < judged.line
    }
    let revoked = judged.events.compactMap { event -> (waiver: String, position: Position)? in
      guard case .release(.waiverRevoked(let data)) = event.event, stood(event) else { return nil }
      return (data.waiver, event.position)
    }
    for event in judged.events.reversed() {
      guard case .release(.waiverGranted(let data)) = event.event, data.rule == rule, stood(event),
        data.environment.map({ EnvironmentScope($0).contains(judged.environment) }) ?? true,
        moments.allSatisfy({
          max(data.from?.instant ?? event.recorded, event.recorded) <= $0 && $0 < data.until.instant
        }),
        !revoked.contains(where: { $0.waiver == data.waiver && event.position < $0.position }),
        try !excuses(itsGiver: event, data, judged)
      else { continue }
      return Finding.Waiver(
        position: event.position, by: event.person, until: data.until.instant.representable,
        control: data.control)
    }
    return nil
  }

  /// Whether a waiver comes from somebody whom it excuses, or who had a hand in the release.
  private func excuses(itsGiver event: RecordedEvent, _ data: WaiverGranted, _ judged: Case) throws -> Bool {
    guard let giver = event.person else { return true }
    let authority = Authority(state, at: judged.begun)
    let excused = try Hands.work(on: judged.everything.filter { $0.position < judged.line }, given: state)
    return try (excused + (judged.deployers ?? []) + data.excuses).contains {
      try authority.isSame($0, giver)
    }
  }
}

extension RuleName {
  /// Whether it asks about what comes after the deployment.
  package var isAboutAfterwards: Bool {
    switch self {
    case .procedureApplied, .verified, .reconciled, .handedOver, .supported, .reviewed, .recordedPromptly: true
    case .planned, .classified, .designed, .componentsAssessed, .riskAssessed, .built, .tested, .validated,
      .baselined, .scheduled, .partnersConsulted, .communicated, .approved, .authorised, .gated, .notFrozen,
      .rollbackPlanned, .attested, .personnelCompetent, .capabilityInPlace, .releasable, .requirementsMet:
      false
    }
  }
}

extension PolicyDocument.Requirement {
  /// Whether it can come to something that is still to be done, or that was to be done and is not.
  package var canBeDue: Bool { rule.isAboutAfterwards || rule == .baselined || !strayParameters.isEmpty }
}
