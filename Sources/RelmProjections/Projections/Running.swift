package import RelmDomain

/// The view `running`: what of each package runs where, keyed by environment and package.
///
/// `RunningRow.evolve` says what counts as running, and what a late fact does.
package enum Running: Projection {
  package static let name = "running"
  package static let place = 11
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.release]

  package static func key(environment: String, package: String) -> RowKey { RowKey(environment, package) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (said, package, version) = event.ofRelease, let attempt = said.attempt,
      let environment = attempt.environment,
      RunningRow.Change(attempt, of: version, at: event.moment) != nil
    else { return [] }
    return [key(environment: environment, package: package)]
  }

  /// What of a package runs somewhere is told by all its releases.
  package static let keepsTouches = true

  package static func stream(of key: RowKey) -> Subject? { nil }

  package static func evolve(_ row: RunningRow?, at key: RowKey, by event: RecordedEvent) -> RunningRow? {
    guard let (said, package, version) = event.ofRelease, let attempt = said.attempt,
      let change = RunningRow.Change(attempt, of: version, at: event.moment), key.components.count == 2
    else { return row }
    return RunningRow.evolve(
      row, environment: key.components[0], package: package, by: change, at: event.moment)
  }
}
