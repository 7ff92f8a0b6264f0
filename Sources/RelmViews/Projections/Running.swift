package import RelmDomain

/// The view `running`: what of each package runs where, keyed by environment and package.
///
/// `RunningRow.evolve` says what counts as running, and what a late fact does.
package enum Running: Projection {
  package static let name = "running"
  package static let place = 11
  package static let revision = 4
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

extension Running {
  /// A row as it is shown: with those rollouts that are under way, by all that is known of their deployments.
  ///
  /// A row sees one event after the other and does not remember what has ended: of that, the attempt is told late words too.
  package static func shown(_ row: RunningRow, in rows: any RowReading) throws -> RunningRow {
    guard !row.rollouts.isEmpty else { return row }
    var shown = row
    shown.rollouts = try row.rollouts.filter { rollout in
      let key = Attempts.key(
        package: row.package, version: rollout.version,
        AttemptID(.deployment, rollout.deployment, in: row.environment))
      guard rollout.decision != .abort else { return false }
      return try Attempts.row(key, in: rows)?.isUnderWay ?? true
    }
    return shown
  }
}

extension Running {
  /// Which digests are of one artifact, among all that some rows say runs or is being rolled out.
  package static func knownDigests(of rows: [RunningRow], in views: any RowReading) throws -> DigestSets {
    var known = DigestSets()
    for row in rows {
      for run in row.runs {
        let key = Releases.key(package: row.package, version: run.version)
        for set in try Releases.row(key, in: views)?.digestSets ?? [] { known.learn(set.digests) }
      }
    }
    return known
  }
}
