package import RelmDomain
package import RelmProof

extension Case {
  /// An override, and the record of it.
  package struct Override: Sendable {
    package let event: RecordedEvent
    package let data: OverrideDeclared

    package var position: Position { event.position }

    /// When it ends: as it says, and no later than a policy lets one last.
    func end(by policy: PolicyDocument) -> Instant {
      event.end(of: data, lasting: policy.longestOverrideMicroseconds)
    }

    /// By when it is to be ratified.
    func due(by policy: PolicyDocument) -> Instant {
      event.ratificationDue(data, lasting: policy.longestOverrideMicroseconds)
    }
  }

  /// The override that the deployment goes by, where it counts for it; none at a gate, which looks at all that are at hand.
  /// Which of the rules that it names it sets aside is for `setsAside` to say.
  package var usedOverride: Override? {
    guard let used = attempt?.usedOverride(in: events) else { return nil }
    return overridesAtHand.first { $0.position == used }
  }

  /// The overrides that a deployment could go by, in the order of the log: those that cover it and that no deployment before
  /// has used.
  var overridesAtHand: [Override] {
    let declared = events.compactMap { event -> Override? in
      guard case .release(.overrideDeclared(let data)) = event.event, event.position < line,
        covers(data, at: event.position)
      else {
        return nil
      }
      return Override(event: event, data: data)
    }
    // A gate that was opened by an override has not used it up: the deployment does, and so does one that was annulled by
    // those who had made it. So a pipeline may ask again.
    // What a stranger says to have deployed by it does not take it from whoever may deploy.
    let isStrangers = attempt.map { strangers.contains($0.line) } ?? false
    let before = (Attempt.all(in: events, apart: apart) + annulled).filter {
      $0.line < line && (isStrangers || !strangers.contains($0.line))
    }
    let spent = before.compactMap { $0.usedOverride(in: events) }
    return declared.filter { !spent.contains($0.position) }
  }

  /// Whether an override is for this environment and what is deployed, and had not expired by its own word.
  private func covers(_ data: OverrideDeclared, at position: Position) -> Bool {
    EnvironmentScope(data.environment).contains(environment) && begun < data.until.instant
      && data.plan.map { $0 == release?.plan?.scope.position } ?? true
      && (data.digests.isEmpty || isDeployed(by: data.digests, saidBefore: position))
  }

  private func isDeployed(by named: [ContentDigest], saidBefore position: Position) -> Bool {
    digestSets(saidBefore: position).stranger(among: meant, to: named) == nil
  }

  /// Whether an override sets a rule of a policy aside.
  ///
  /// Whoever had the level that the policy asks of approvers sets aside the rules that the override names. Anybody else
  /// could declare it only because a freeze names them: it breaks that freeze and nothing else. One that was declared by
  /// somebody who asked for the release, wrote or built it, is their own word until somebody independent has ratified it,
  /// and counts only so long as that can still be.
  ///
  /// - Parameter state: the ledger's rows as they stood before.
  func setsAside(
    _ override: Override, _ rule: RuleName, _ policy: PolicyDocument, given state: some LedgerState
  ) throws -> Bool {
    guard override.data.rules.contains(rule), holds(until: override.end(by: policy)),
      try isVouchedFor(override, by: override.due(by: policy), given: state)
    else { return false }
    let approvers = Approvers(level: policy.approvalLevel, context, package, given: state)
    let isEntitled = try approvers.made(override.event, scope.reach)
    let freezes = rule == .notFrozen ? try freezesInForce(given: state) : []
    guard !freezes.isEmpty else { return isEntitled }
    // One override breaks the freeze that it names; each other one that is in force still stands.
    return try freezes.allSatisfy { freeze in
      guard let named = override.data.freeze else { return isEntitled }
      return try freeze.freeze == named && (isEntitled || freeze.mayBeBroken(by: override, given: state))
    }
  }

  /// Whether an override is no maker's own, or is ratified by somebody who is none, or can still be.
  private func isVouchedFor(
    _ override: Override, by due: Instant, given state: some LedgerState
  ) throws -> Bool {
    let authority = Authority(state, at: begun)
    let makers = try Set(
      Hands.makers(of: everything.filter { $0.position < line }, given: state).map(authority.human))
    guard let declarer = override.event.person, try makers.contains(authority.human(of: declarer)) else {
      return true
    }
    if asOf <= due { return true }
    return try events.contains { event in
      guard case .release(.approvalGiven(let data)) = event.event, data.ratifies == override.position,
        ratifications.contains(event.position), event.recorded <= due, let person = event.person
      else { return false }
      return try !makers.contains(authority.human(of: person))
    }
  }

  /// Every freeze of the environment that concerns the release and is in force when the deployment begins, or when it is
  /// told of only later than that its time would be believed.
  func freezesInForce(given state: some LedgerState) throws -> [EnvironmentRow.Freeze] {
    try state.freezes(reaching: environment).filter { freeze in
      moments.contains(where: freeze.holds) && freeze.concerns(package: package, services: scope.services)
    }
  }
}

extension EnvironmentRow.Freeze {
  /// Whether it names who declared an override, and stood when they did.
  fileprivate func mayBeBroken(
    by override: Case.Override, given state: some LedgerState
  ) throws -> Bool {
    guard let person = override.event.person, declared.position < override.position else { return false }
    let authority = Authority(state, at: override.event.recorded)
    return try mayOverride.contains { try authority.isSame($0, person) }
  }
}
