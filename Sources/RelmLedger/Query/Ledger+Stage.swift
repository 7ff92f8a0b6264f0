package import RelmDomain
internal import RelmProjections
internal import RelmProof
internal import RelmRules

extension Ledger {
  /// A release's row as it is shown: *approved* only where what was approved counts.
  ///
  /// The row itself knows the release's own events and nothing of policies, which are adopted, of people, who lose their
  /// authority, and of accounts, which come to be linked. So whether its approvals are those that the policies in force ask
  /// for, in one production environment at least, is looked at when it is asked for.
  package func shown(_ row: ReleaseRow) throws -> ReleaseRow {
    guard row.stage == .approved, try !isApproved(row.package, row.version) else { return row }
    var row = row
    row.stage = row.stageBesidesApproval
    return row
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
