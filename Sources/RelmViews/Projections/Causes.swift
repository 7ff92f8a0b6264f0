package import RelmDomain

/// The view `causes`: which incidents a release is named as a cause of, keyed by package, version and incident.
package enum Causes: Projection {
  package static let name = "causes"
  package static let place = 25
  package static let revision = 3
  package static let streams: Set<StreamKind> = [.incident]

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .incident(let incident)? = event.subject,
      case .incident(.incidentAttributed(let data)) = event.event
    else { return [] }
    var keys: [RowKey] = []
    for cause in data.causes {
      guard case .release(let package, let version)? = Subject.named(cause.release) else { continue }
      let key = RowKey(package, version, incident)
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  package static func stream(of key: RowKey) -> Subject? { .incident(key.components[2]) }

  package static func evolve(_ row: CauseRow?, at key: RowKey, by event: RecordedEvent) -> CauseRow? {
    guard key.components.count == 3, case .incident(.incidentAttributed(let data)) = event.event else {
      return row
    }
    return CauseRow.evolve(
      row, package: key.components[0], version: key.components[1], incident: key.components[2], by: data,
      at: event.moment)
  }
}
