package import RelmDomain
package import RelmProof

/// One row through time: folded from its own events as far as it is asked for, and further from there when the next
/// question is a later one.
package final class RowHistory<View: Projection> {
  private let key: RowKey
  private let history: History
  private let happenedBy: Instant?
  /// Every event that can have touched the row and that belongs to the part of the history that is asked for.
  private let positions: [Position]
  /// What annuls what, of all that decides whether one of these events counts.
  private var annulments: [Position: [Position]] = [:]
  private var turns: [Position] = []

  private var folded: View.Row?
  /// How many of the positions are folded, and up to which size that was right.
  private var next = 0
  private var size = TreeSize.empty

  /// - Parameters:
  ///   - history: with all events that may be asked for.
  ///   - happenedBy: where it is set, only what had happened by then counts, annulments too.
  package init(
    of key: RowKey, in view: View.Type, _ history: History, happenedBy: Instant? = nil
  ) throws {
    self.key = key
    self.history = history
    self.happenedBy = happenedBy
    let part = AsOf(size: TreeSize(.max), happenedBy: happenedBy)
    positions = try history.positions(of: key, in: view).filter { try history.holds($0, part) }
    for position in positions {
      for (target, by) in try history.annulments(behind: position) {
        annulments[target] = try by.filter { try history.holds($0, part) }
      }
    }
    turns = Set(annulments.values.joined()).sorted()
  }

  /// The row as the first events of the log make it; nil where there is none.
  package func row(asOf asked: TreeSize) throws -> View.Row? {
    // An annulment changes what was folded before it; so does going back.
    if asked < size || turns.contains(where: { $0.value >= size.value && asked.contains($0) }) {
      folded = nil
      next = 0
    }
    while next < positions.count, asked.contains(positions[next]) {
      let position = positions[next]
      next += 1
      guard counts(position, asked) else { continue }
      let event = try history.event(at: position)
      guard View.keys(touchedBy: event).contains(key) else { continue }
      folded = View.evolve(folded, at: key, by: event)
    }
    size = asked
    return folded
  }

  private func counts(_ position: Position, _ size: TreeSize) -> Bool {
    guard let by = annulments[position] else { return true }
    return !by.contains { size.contains($0) && counts($0, size) }
  }
}
