internal import RelmProof

/// What a rollback puts in the place of what it undoes.
extension RunningRow {
  /// The version that runs again by a rollback: the one that it says it restores, or without that what ran before what it undoes.
  ///
  /// - Parameters:
  ///   - data: the rollback.
  ///   - version: what is rolled back.
  ///   - claimed: when that is said to have happened.
  ///   - row: how the package stood in the environment before; nil where nothing is known of it.
  /// - Returns: nil where nothing runs by it that did not run before.
  package static func version(
    broughtBackBy data: DeploymentRolledback, of version: String, at claimed: Moment, given row: RunningRow?
  ) -> String? {
    if let restores = data.restores { return restores }
    guard let row else { return nil }
    let change = Change.rolledBack(version: version, deployment: data.deployment, restores: nil, digests: [])
    let after = evolve(row, environment: row.environment, package: row.package, by: change, at: claimed)
    return after?.running == row.running ? nil : after?.running?.version
  }
}
