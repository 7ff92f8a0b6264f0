package import RelmDomain

/// The view `incidents`: one row an incident.
package enum Incidents: Projection {
  package static let name = "incidents"
  package static let place = 18
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.incident]

  package static func key(_ incident: String) -> RowKey { RowKey(incident) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .incident(let name)? = event.subject, case .incident = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .incident(key.components[0]) }

  package static func evolve(_ row: IncidentRow?, at key: RowKey, by event: RecordedEvent) -> IncidentRow? {
    guard case .incident(let said) = event.event else { return row }
    return IncidentRow.evolve(row, incident: key.components[0], by: said, at: event.moment)
  }
}
