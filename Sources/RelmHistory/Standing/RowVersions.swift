internal import RelmViews
internal import RelmDomain
internal import RelmProof

/// Every version of one row, as the events that count make it: for questions about how it stood at one place after another.
///
/// What does not count any more never counted here, wherever its annulment stands. ``RowHistory`` tells the other story: what
/// the ledger said at the time.
struct RowVersions<View: Projection> {
  private var versions: [(position: Position, row: View.Row?)] = []

  /// - Parameters:
  ///   - key: of the row.
  ///   - positions: where the events stand that can have touched it, ascending; nil to look for them.
  ///   - history: what counts in it, counts here.
  init(of key: RowKey, in view: View.Type, _ history: History, at positions: [Position]? = nil) throws {
    var row: View.Row?
    for position in try positions ?? history.positions(of: key, in: view, within: History.everything)
    where try history.counts(position) {
      let event = try history.event(at: position)
      guard View.keys(touchedBy: event).contains(key) else { continue }
      row = View.evolve(row, at: key, by: event)
      versions.append((position, row))
    }
  }

  /// The row as it stood before a position; nil where there was none.
  func row(before line: Position) -> View.Row? {
    var (low, high) = (0, versions.count)
    while low < high {
      let middle = (low + high) / 2
      if versions[middle].position < line { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? versions[low - 1].row : nil
  }
}
