package import RelmDomain
internal import RelmViews
internal import RelmProof
internal import RelmRules

extension Ledger {
  /// A release's row as it is shown: *approved* only where what was approved counts, and *running* only where nothing else of
  /// the package has taken its place.
  ///
  /// The row itself knows the release's own events and nothing of policies, which are adopted, of people, who lose their
  /// authority, of accounts, which come to be linked, and of what else is deployed. So whether its approvals are those that the
  /// policies in force ask for, in one production environment at least, is looked at when it is asked for.
  package func shown(_ row: ReleaseRow) throws -> ReleaseRow {
    var row = row
    if row.stage == .approved, try !isApproved(row.package, row.version) {
      row.stage = row.stageBesidesApproval
    }
    for (place, environment) in (row.deployments?.environments ?? []).enumerated() where environment.running {
      if try successor(of: row, in: environment.environment) != nil {
        row.deployments?.environments[place].running = false
      }
    }
    return row
  }

  /// What runs in an environment in place of a release that was put there; nil where it still runs itself.
  package func successor(of row: ReleaseRow, in environment: String) throws -> RunningRow.Run? {
    try withRows { rows, _ in
      let key = Running.key(environment: environment, package: row.package)
      guard let running = try Running.row(key, in: rows).map({ try Running.shown($0, in: rows) })?.running,
        running.version != row.version
      else { return nil }
      return running
    }
  }

  private func isApproved(_ package: String, _ version: String) throws -> Bool {
    let now = surroundings.now()
    return try withRows { rows, size in
      let state = try views.views(over: rows)
      let told = try state.events(ofRelease: package, version)
      let production = try state.environments(for: .production)
      let named = try state.approvals(package, version).compactMap(\.environment)
      let environments = Set(production + named).sorted()
      return try (environments.isEmpty ? ["production"] : environments).contains { environment in
        try Gate.Candidate(
          package: package, version: version, to: environment, events: told.counting, everything: told.all,
          given: state, size: size.value, at: now
        ).isApproved(given: state) ?? true
      }
    }
  }
}
