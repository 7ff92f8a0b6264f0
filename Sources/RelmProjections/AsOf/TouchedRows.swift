internal import RelmDomain
internal import RelmProof

/// Which rows some events have touched; an annulment touches the rows of what it annuls as well.
package struct TouchedRows {
  /// A row of some view.
  struct Place: Hashable {
    let table: RowTable
    let key: PackedKey
  }

  var keys: [Place: RowKey] = [:]

  package init() {}

  /// The rows that an event touches by itself.
  init(by event: RecordedEvent) {
    for view in Views.projections { add(view, event) }
  }

  /// Adds the rows that an event touches.
  mutating func add(_ event: RecordedEvent, _ history: History) throws {
    var event = event
    while true {
      for view in Views.projections { add(view, event) }
      guard case .ledger(.eventAnnulled(let data)) = event.event else { return }
      event = try history.event(at: data.position)
    }
  }

  private mutating func add<View: Projection>(_ view: View.Type, _ event: RecordedEvent) {
    for key in View.keys(touchedBy: event) {
      keys[Place(table: View.table, key: PackedKey(key.bytes))] = key
    }
  }

  func contains(_ table: RowTable, _ key: [UInt8]) -> Bool {
    keys[Place(table: table, key: PackedKey(key))] != nil
  }
}
