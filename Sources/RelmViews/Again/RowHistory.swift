package import RelmDomain
package import RelmProof

/// One row through time: folded from its own events as far as it is asked for, and further from there when the next
/// question is a later one.
///
/// It begins at the row's last milestone before what is asked for, and looks at one stretch between milestones at a time.
package final class RowHistory<View: Projection> {
  /// Some of the row's events, one after another, and what they are folded onto. Nothing recorded within it bears on an
  /// event before it.
  private struct Stretch {
    /// How many events the log had where it begins, and up to which size it goes.
    let begin: TreeSize
    let end: TreeSize
    /// The row where it begins.
    let row: View.Row?
    /// Every event that can have touched the row and that belongs to the part of the history that is asked for.
    let positions: [Position]
    /// What annuls what, of all that decides whether one of these events counts.
    let annulments: [Position: [Position]]
    let turns: [Position]

    func counts(_ position: Position, _ size: TreeSize) -> Bool {
      guard let by = annulments[position] else { return true }
      return !by.contains { size.contains($0) && counts($0, size) }
    }
  }

  private let key: RowKey
  private let history: History
  private let happenedBy: Instant?
  private let last: TreeSize
  private let reach: Position?
  /// What the keys of the row's milestones begin with; nil where none may be used.
  private let milestones: [UInt8]?
  private var stretch: Stretch?

  private var folded: View.Row?
  /// How many of the positions are folded, and up to which size that was right.
  private var next = 0
  private var size = TreeSize.empty

  /// - Parameters:
  ///   - history: with all events that may be asked for.
  ///   - happenedBy: where it is set, only what had happened by then counts, annulments too.
  ///   - last: the largest size that will be asked for.
  package convenience init(
    of key: RowKey, in view: View.Type, _ history: History, happenedBy: Instant? = nil,
    upTo last: TreeSize = TreeSize(.max)
  ) {
    self.init(of: key, in: view, history, happenedBy: happenedBy, upTo: last, reach: nil)
  }

  /// - Parameters:
  ///   - history: with all events that may be asked for.
  ///   - happenedBy: where it is set, only what had happened by then counts, annulments too.
  ///   - last: the largest size that will be asked for.
  ///   - reach: where the last event is an annulment that has made no milestone yet: the first event of the row on which
  ///     it bears.
  init(
    of key: RowKey, in view: View.Type, _ history: History, happenedBy: Instant?, upTo last: TreeSize,
    reach: Position?
  ) {
    self.key = key
    self.history = history
    self.happenedBy = happenedBy
    self.last = last
    self.reach = reach
    // A milestone holds whatever had been recorded, whenever it happened.
    milestones = happenedBy == nil ? IndexKey.touches(of: key.bytes, in: View.table) : nil
  }

  /// The row as the first events of the log make it; nil where there is none.
  package func row(asOf asked: TreeSize) throws -> View.Row? {
    let stretch = try stretch(with: asked)
    // An annulment changes what was folded before it; so does going back.
    if asked < size || stretch.turns.contains(where: { $0.value >= size.value && asked.contains($0) }) {
      begin(stretch)
    }
    while next < stretch.positions.count, asked.contains(stretch.positions[next]) {
      let position = stretch.positions[next]
      next += 1
      guard stretch.counts(position, asked) else { continue }
      let event = try history.event(at: position)
      guard View.keys(touchedBy: event).contains(key) else { continue }
      folded = View.evolve(folded, at: key, by: event)
    }
    size = asked
    return folded
  }

  private func begin(_ stretch: Stretch) {
    folded = stretch.row
    next = 0
    size = stretch.begin
  }

  /// The stretch in which a size lies.
  private func stretch(with asked: TreeSize) throws -> Stretch {
    precondition(asked <= last, "nobody asks for more than was said")
    if let stretch, stretch.begin <= asked, asked <= stretch.end { return stretch }
    let milestone = try milestones.flatMap { try history.milestone(of: $0, before: asked, reach: reach) }
    let begin = milestone.map { TreeSize(through: $0.position) } ?? .empty
    // The next milestone is the last one before every size beyond it.
    let end = try end(after: asked)
    let part = AsOf(size: TreeSize(.max), happenedBy: happenedBy)
    let positions = try history.positions(
      of: key, in: View.self, within: begin.nextPosition..<end.nextPosition
    ).filter { try history.holds($0, part) }
    var annulments = try history.annulments(behind: positions)
    if happenedBy != nil {
      annulments = try annulments.mapValues { by in try by.filter { try history.holds($0, part) } }
    }
    let found = Stretch(
      begin: begin, end: end, row: try milestone?.row.map { try View.decode($0, at: key.bytes) },
      positions: positions, annulments: annulments, turns: Set(annulments.values.joined()).sorted())
    self.stretch = found
    self.begin(found)
    return found
  }

  private func end(after asked: TreeSize) throws -> TreeSize {
    guard let milestones, asked < last else { return last }
    let next = try history.firstMilestone(of: milestones, within: asked.nextPosition..<last.nextPosition)
    return next.map { TreeSize($0.value) } ?? last
  }
}
