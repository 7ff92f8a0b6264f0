package import RelmDomain

/// The view `timelines`: the course of each release in figures, by which its timeline is compared with others.
package enum Timelines: Projection {
  package static let name = "timelines"
  package static let place = 24
  package static let revision = 3
  package static let streams: Set<StreamKind> = [.release]

  package static func key(package: String, version: String) -> RowKey { RowKey(package, version) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (_, package, version) = event.ofRelease else { return [] }
    return [key(package: package, version: version)]
  }

  package static func stream(of key: RowKey) -> Subject? {
    .release(package: key.components[0], version: key.components[1])
  }

  package static func evolve(_ row: TimelineRow?, at key: RowKey, by event: RecordedEvent) -> TimelineRow? {
    guard let (said, package, version) = event.ofRelease else { return row }
    return TimelineRow.evolve(row, package: package, version: version, by: said, event)
  }
}
