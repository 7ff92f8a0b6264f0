package import RelmDomain

/// The view `environments`: what of each package runs where, keyed by environment and package.
///
/// `EnvironmentRow.evolve` says what counts as running, and what a late fact does.
package enum Environments: Projection {
  package static let name = "environments"
  package static let place = 11
  package static let revision = 1

  package static func key(environment: String, package: String) -> RowKey { RowKey(environment, package) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (said, package, version) = event.ofRelease, let attempt = said.attempt,
      let environment = attempt.environment, change(by: attempt, of: version, at: event.moment) != nil
    else { return [] }
    return [key(environment: environment, package: package)]
  }

  package static func evolve(_ row: EnvironmentRow?, at key: RowKey, by event: RecordedEvent) -> EnvironmentRow?
  {
    guard let (said, package, version) = event.ofRelease, let attempt = said.attempt,
      let change = change(by: attempt, of: version, at: event.moment), key.components.count == 2
    else { return row }
    return EnvironmentRow.evolve(
      row, environment: key.components[0], package: package, by: change, at: event.moment)
  }

  /// What an event changes about what runs; nil where it changes nothing.
  private static func change(
    by event: AttemptEvent, of version: String, at moment: Moment
  ) -> EnvironmentRow.Change? {
    switch event {
    case .deploymentFinished(let data):
      guard data.outcome == .succeeded else { return nil }
      return .succeeded(
        EnvironmentRow.Run(version: version, deployment: data.deployment, digests: data.digests, since: moment))
    case .deploymentRolledback(let data):
      return .rolledBack(
        version: version, deployment: data.deployment, restores: data.restores, digests: data.restoresDigests)
    case .deploymentRemoved:
      return .removed(version: version)
    case .buildStarted, .buildFinished, .testStarted, .testFinished, .deploymentStarted, .handoverOffered,
      .handoverAccepted:
      return nil
    }
  }
}
