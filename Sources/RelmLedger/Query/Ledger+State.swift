package import RelmDomain
internal import RelmHistory
package import RelmViews
package import RelmProof

extension Ledger {
  /// Lends current rows of the views, with the size of the log that they rest on.
  package func withViews<R>(_ body: (any RowReading, TreeSize) throws -> R) throws -> R {
    try withRows(body)
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

  /// Hands out the rows of a view whose keys begin with these components, in key order, all as of one moment.
  ///
  /// A thousand rows are read at once and handed out with the stored views let go of, so that however long a walk takes,
  /// it keeps no page of the files from being used again. What is appended meanwhile is left out: the rest is read as it
  /// was when the walk began.
  ///
  /// - Parameter body: takes a row and all other rows as of the same moment, and answers whether to go on.
  package func forEachRow<View: Projection>(
    of view: View.Type, under components: [String] = [],
    _ body: (View.Row, any RowReading) throws -> Bool
  ) throws {
    let prefix = components.isEmpty ? [] : RowKey(components).prefix
    var walked = self
    var next: [UInt8]? = prefix
    while let lower = next {
      var page: [View.Row] = []
      next = nil
      try walked.withRows { rows, size in
        if walked.asOf == nil { walked = past(AsOf(size: size), now: surroundings.now()) }
        let most = views.isReadOnly ? Int.max : Self.rowsAtOnce
        try rows.scan(View.table, from: lower, upTo: RowBytes.successor(ofPrefix: prefix), reversed: false) {
          key, value in
          guard page.count < most else {
            next = key
            return false
          }
          page.append(try View.decode(value, at: key))
          return true
        }
      }
      let rows = CurrentRows(walked)
      for row in page { guard try body(row, rows) else { return } }
    }
  }

  /// What still stands of what was seen running in an environment, oldest first.
  package func standingObservations(
    of row: EnvironmentRow, _ rows: any RowReading
  ) throws -> [EnvironmentRow.Observation] {
    try row.standing(given: Views(over: rows) { [self] position in try event(at: position) })
  }

  /// How many rows are read before the stored views are let go of.
  static let rowsAtOnce = 1000

  /// Brings the views to the log's end.
  package func catchUp(progress: (_ folded: UInt64, _ of: UInt64) -> Void = { _, _ in }) throws {
    try views.catchUp(within: views.patience, progress)
  }
}
