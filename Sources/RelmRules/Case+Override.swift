package import RelmDomain
package import RelmProof

extension Case {
  /// The override that the deployment goes by, where it counts for it; at a gate the last one that would. It sets aside the
  /// rules that it names.
  package var usedOverride: (position: Position, data: OverrideDeclared)? {
    let declared = events.compactMap { event -> (position: Position, data: OverrideDeclared)? in
      guard case .release(.overrideDeclared(let data)) = event.event, event.position < line, covers(data) else {
        return nil
      }
      return (event.position, data)
    }
    // A gate that was opened by an override has not used it up: the deployment does. So a pipeline may ask again.
    let spent = Attempt.all(in: events).filter { $0.beginning.position < line }.compactMap {
      $0.usedOverride(in: events)
    }
    let unspent = declared.filter { !spent.contains($0.position) }
    guard let attempt else { return unspent.last }
    let used = attempt.usedOverride(in: events)
    return unspent.first { $0.position == used }
  }

  /// Whether an override is for this environment and what is deployed, and had not expired.
  private func covers(_ data: OverrideDeclared) -> Bool {
    data.environment == environment && begun < data.until.instant
      && data.plan.map { $0 == release?.plan?.scope.position } ?? true
      && (data.digests.isEmpty || digests.allSatisfy(data.digests.contains))
  }
}
