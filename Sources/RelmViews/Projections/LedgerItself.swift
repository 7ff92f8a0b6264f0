package import RelmDomain

/// The view `ledger`: the one row of what the ledger says of itself.
package enum LedgerItself: Projection {
  package static let name = "ledger"
  package static let place = 23
  package static let revision = 1
  package static let streams: Set<StreamKind> = [.ledger]

  package static let key = RowKey("ledger")

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .ledger = event.event else { return [] }
    return [key]
  }

  package static func stream(of key: RowKey) -> Subject? { .ledger }

  package static func evolve(_ row: LedgerRow?, at key: RowKey, by event: RecordedEvent) -> LedgerRow? {
    guard case .ledger(let said) = event.event else { return row }
    return LedgerRow.evolve(row, by: said, at: event.moment)
  }
}
