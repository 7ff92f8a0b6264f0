package import RelmDomain

/// The view `attempts`: one row for each build, test run, deployment and handover, keyed by package, version, kind
/// and id, and a deployment by its environment too: one job deploys to several under its own id. Decisions rest on it; a release's own row could not hold them all.
package enum Attempts: Projection {
  package static let name = "attempts"
  package static let place = 10
  package static let revision = 5
  package static let streams: Set<StreamKind> = [.release]

  package static func key(package: String, version: String, _ attempt: AttemptID) -> RowKey {
    RowKey([package, version, attempt.kind.rawValue, attempt.id] + (attempt.environment.map { [$0] } ?? []))
  }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (said, package, version) = event.ofRelease, let attempt = said.attempt else { return [] }
    return [key(package: package, version: version, attempt.attemptID)]
  }

  package static func stream(of key: RowKey) -> Subject? {
    .release(package: key.components[0], version: key.components[1])
  }

  package static func evolve(_ row: AttemptRow?, at key: RowKey, by event: RecordedEvent) -> AttemptRow? {
    guard case .release(let said) = event.event, let attempt = said.attempt, key.components.count >= 4 else {
      return row
    }
    return AttemptRow.evolve(
      row, package: key.components[0], version: key.components[1], by: attempt, at: event.moment,
      person: event.person)
  }
}
