package import RelmDomain

/// The view `environments`: what an environment is, its freezes, and what configuration management compares.
package enum Environments: Projection {
  package static let name = "environments"
  package static let place = 13
  package static let revision = 5
  package static let streams: Set<StreamKind> = [.environment]

  package static func key(_ environment: String) -> RowKey { RowKey(environment) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .environment(let name)? = event.subject, case .environment = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .environment(key.components[0]) }

  package static func evolve(_ row: EnvironmentRow?, at key: RowKey, by event: RecordedEvent) -> EnvironmentRow?
  {
    guard case .environment(let said) = event.event else { return row }
    return EnvironmentRow.evolve(
      row, environment: key.components[0], by: said, at: event.moment, person: event.person)
  }
}
