package import RelmViews
package import RelmDomain

extension Releases {
  /// The row of a release, also of one that has no event of its own while events of others that count speak of it; nil where
  /// nothing does.
  ///
  /// - Parameter history: the events behind the rows.
  package static func known(
    _ package: String, _ version: String, in rows: any RowReading, _ history: History
  ) throws -> ReleaseRow? {
    if let row = try row(key(package: package, version: version), in: rows) { return row }
    let release = Subject.release(package: package, version: version)
    let told = try history.positions(mentioning: release).filter { try history.counts($0) }.map {
      try history.event(at: $0)
    }
    guard let first = told.first, let last = told.last else { return nil }
    let restorations = told.compactMap { event -> ReleaseRow.Restoration? in
      guard case .release(.deploymentRolledback(let data)) = event.event, data.restores == version else {
        return nil
      }
      return ReleaseRow.Restoration(
        environment: data.environment, deployment: data.deployment, moment: event.moment)
    }
    return .spokenOf(
      package: package, version: version, first: first.moment, last: last.moment, restorations: restorations)
  }
}
