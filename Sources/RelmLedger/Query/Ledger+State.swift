internal import RelmDomain
package import RelmProjections
package import RelmProof

extension Ledger {
  /// Lends current rows of the views, with the size of the log that they rest on.
  package func withViews<R>(_ body: (any RowReading, TreeSize) throws -> R) throws -> R {
    try views.withCurrentRows { rows, checkpoint in try body(rows, checkpoint.size) }
  }

  /// Hands out the rows of a view whose keys begin with these components, in key order.
  package func forEachRow<View: Projection>(
    of view: View.Type, under components: [String] = [], in rows: any RowReading,
    _ body: (View.Row) throws -> Bool
  ) throws {
    let prefix = components.isEmpty ? [] : RowKey(components).prefix
    try rows.scan(View.table, prefix: prefix) { key, value in
      try body(View.decode(value, at: key))
    }
  }

  /// Brings the views to the log's end.
  package func catchUp(progress: (_ folded: UInt64, _ of: UInt64) -> Void = { _, _ in }) throws {
    try views.catchUp(progress)
  }
}
