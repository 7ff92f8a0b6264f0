package import RelmDomain
internal import RelmViews

extension Ledger {
  /// Windows and freezes as they stand now, with what stands in their way.
  package func calendar() throws -> ReleaseCalendar {
    try withRows { rows, _ in
      var releases: [ReleaseRow] = []
      try forEachRow(of: Releases.self, in: rows) { row in
        if !row.schedule.isEmpty { releases.append(row) }
        return true
      }
      var environments: [EnvironmentRow] = []
      try forEachRow(of: Environments.self, in: rows) { row in
        if !row.freezes.isEmpty || row.registration != nil { environments.append(row) }
        return true
      }
      let state = try views.views(over: rows)
      return try ReleaseCalendar(releases: releases, environments: environments) { release, environment in
        let context = try state.environment(environment)?.currentContext ?? .production
        return try state.reach(of: release.package, release.version, in: context).services
      } standing: { subject, environment in
        guard case .release(let package, let version)? = Subject.named(subject) else { return .absent }
        let running = try Running.row(Running.key(environment: environment, package: package), in: rows)?
          .running
        if running?.version == version { return .running }
        // A later version that says that it is based on the one that is required has it in it.
        guard let running else { return .absent }
        let row = try Releases.row(Releases.key(package: package, version: running.version), in: rows)
        return row?.plan?.basedOn == subject ? .running : .absent
      }
    }
  }
}
