package import RelmDomain
internal import RelmProof

/// Which rows some events have touched; an annulment touches the rows of what it annuls as well.
package struct TouchedRows {
  /// A row of some view.
  package struct Place: Hashable, Comparable {
    package let table: RowTable
    package let key: PackedKey

    package init(table: RowTable, key: PackedKey) {
      self.table = table
      self.key = key
    }

    package static func < (one: TouchedRows.Place, other: TouchedRows.Place) -> Bool {
      one.table == other.table ? one.key < other.key : one.table.place < other.table.place
    }
  }

  package var keys: [Place: RowKey] = [:]

  package init() {}

  /// The rows that an event touches by itself.
  init(by event: RecordedEvent) {
    for view in Views.projections { add(view, event) }
  }

  /// Adds the rows that an event touches.
  package mutating func add(_ event: RecordedEvent, _ history: History) throws {
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

  package func contains(_ table: RowTable, _ key: [UInt8]) -> Bool {
    keys[Place(table: table, key: PackedKey(key))] != nil
  }
}
