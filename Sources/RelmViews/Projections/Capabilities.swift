package import RelmDomain

/// The view `capabilities`: one row a process, tool, technique or group of people.
package enum Capabilities: Projection {
  package static let name = "capabilities"
  package static let place = 17
  package static let revision = 1
  package static let streams: Set<StreamKind> = [.capability]

  package static func key(_ capability: String) -> RowKey { RowKey(capability) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .capability(let name)? = event.subject, case .capability = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .capability(key.components[0]) }

  package static func evolve(_ row: CapabilityRow?, at key: RowKey, by event: RecordedEvent) -> CapabilityRow? {
    guard case .capability(let said) = event.event else { return row }
    return CapabilityRow.evolve(row, capability: key.components[0], by: said, at: event.moment)
  }
}
