package import RelmDomain

/// The view `procedures`: one row a procedure, with its versions.
package enum Procedures: Projection {
  package static let name = "procedures"
  package static let place = 16
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.procedure]

  package static func key(_ procedure: String) -> RowKey { RowKey(procedure) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .procedure(let name)? = event.subject, case .procedure = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .procedure(key.components[0]) }

  package static func evolve(_ row: ProcedureRow?, at key: RowKey, by event: RecordedEvent) -> ProcedureRow? {
    guard case .procedure(let said) = event.event else { return row }
    return ProcedureRow.evolve(
      row, procedure: key.components[0], by: said, at: event.moment, person: event.person)
  }
}
