package import RelmDomain
package import RelmProof

extension Case {
  /// An override, and the record of it.
  package struct Override: Sendable {
    package let event: RecordedEvent
    package let data: OverrideDeclared

    package var position: Position { event.position }
  }

  /// The override that the deployment goes by, where it counts for it; at a gate the last one that would. Which of the
  /// rules that it names it sets aside is for `setsAside` to say.
  package var usedOverride: Override? {
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
    let before = (Attempt.all(in: events) + annulled).filter { $0.beginning.position < line }
    let spent = before.compactMap { $0.usedOverride(in: events) }
    let unspent = declared.filter { !spent.contains($0.position) }
    guard let attempt else { return unspent.last }
    let used = attempt.usedOverride(in: events)
    return unspent.first { $0.position == used }
  }

  /// Whether an override is for this environment and what is deployed, and had not expired.
  private func covers(_ data: OverrideDeclared, at position: Position) -> Bool {
    data.environment == environment && begun < data.until.instant
      && data.plan.map { $0 == release?.plan?.scope.position } ?? true
      && (data.digests.isEmpty || isDeployed(by: data.digests, saidBefore: position))
  }

  private func isDeployed(by named: [ContentDigest], saidBefore position: Position) -> Bool {
    let known = digestSets(saidBefore: position)
    return digests.allSatisfy { known.holds($0, among: named) }
  }

  /// Whether an override sets a rule aside.
  ///
  /// Whoever had the level that the policy asks of approvers sets aside the rules that the override names. Anybody else
  /// could declare it only because a freeze names them: it breaks that freeze and nothing else.
  ///
  /// - Parameters:
  ///   - override: the one that the deployment goes by.
  ///   - rule: which rule.
  ///   - level: what the policy asks of approvers.
  ///   - state: the ledger's rows as they stood before.
  func setsAside(_ override: Override, _ rule: RuleName, _ level: Int, given state: some LedgerState) throws
    -> Bool
  {
    guard override.data.rules.contains(rule) else { return false }
    let approvers = Approvers(level: level, context, package, given: state)
    let isEntitled = try approvers.made(override.event, scope.services)
    let freezes = rule == .notFrozen ? try freezesInForce(given: state) : []
    guard !freezes.isEmpty else { return isEntitled }
    // One override breaks the freeze that it names; each other one that is in force still stands.
    return try freezes.allSatisfy { freeze in
      guard let named = override.data.freeze else { return isEntitled }
      return try freeze.freeze == named && (isEntitled || freeze.mayBeBroken(by: override, given: state))
    }
  }

  /// Every freeze of the environment that concerns the release and is in force when the deployment begins.
  func freezesInForce(given state: some LedgerState) throws -> [EnvironmentRow.Freeze] {
    (try state.environment(environment)?.freezes ?? []).filter {
      $0.holds(at: begun) && $0.concerns(package: package, services: scope.services)
    }
  }
}

extension EnvironmentRow.Freeze {
  /// Whether it names who declared an override, and stood when they did.
  fileprivate func mayBeBroken(by override: Case.Override, given state: some LedgerState) throws -> Bool {
    guard let person = override.event.person, declared.position < override.position else { return false }
    let authority = Authority(state, at: override.event.recorded)
    return try mayOverride.contains { try authority.isSame($0, person) }
  }
}
