package import RelmDomain

/// The view `services`: one row a service.
package enum Services: Projection {
  package static let name = "services"
  package static let place = 14
  package static let revision = 1
  package static let streams: Set<StreamKind> = [.service]

  package static func key(_ service: String) -> RowKey { RowKey(service) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .service(let name)? = event.subject, case .service = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .service(key.components[0]) }

  package static func evolve(_ row: ServiceRow?, at key: RowKey, by event: RecordedEvent) -> ServiceRow? {
    guard case .service(let said) = event.event else { return row }
    return ServiceRow.evolve(row, service: key.components[0], by: said, at: event.moment)
  }
}
