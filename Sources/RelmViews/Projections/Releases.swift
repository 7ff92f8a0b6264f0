package import RelmDomain

/// The view `releases`: one row a release, keyed by package and version.
package enum Releases: Projection {
  package static let name = "releases"
  package static let place = 9
  package static let revision = 9
  package static let streams: Set<StreamKind> = [.release]

  package static func key(package: String, version: String) -> RowKey { RowKey(package, version) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (_, package, version) = event.ofRelease else { return [] }
    return [key(package: package, version: version)]
  }

  package static func stream(of key: RowKey) -> Subject? {
    .release(package: key.components[0], version: key.components[1])
  }

  package static func evolve(_ row: ReleaseRow?, at key: RowKey, by event: RecordedEvent) -> ReleaseRow? {
    guard case .release(let said) = event.event, key.components.count == 2 else { return row }
    return ReleaseRow.evolve(
      row, package: key.components[0], version: key.components[1], by: said, at: event.moment,
      person: event.person)
  }
}
