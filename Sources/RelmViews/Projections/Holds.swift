package import RelmDomain

/// The view `holds`: one row a legal hold.
package enum Holds: Projection {
  package static let name = "holds"
  package static let place = 22
  package static let revision = 1
  package static let streams: Set<StreamKind> = [.ledger]

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    switch event.event {
    case .ledger(.holdPlaced(let data)): [RowKey(data.hold)]
    case .ledger(.holdReleased(let data)): [RowKey(data.hold)]
    case .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident, .release,
      .foreign,
      .newer:
      []
    }
  }

  /// The ledger's stream has every annulment, and a hold has two events of it.
  package static let keepsTouches = true

  package static func stream(of key: RowKey) -> Subject? { nil }

  package static func evolve(_ row: HoldRow?, at key: RowKey, by event: RecordedEvent) -> HoldRow? {
    guard case .ledger(let said) = event.event else { return row }
    return HoldRow.evolve(row, by: said, at: event.moment)
  }
}
