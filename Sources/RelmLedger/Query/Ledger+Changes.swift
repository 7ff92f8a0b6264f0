package import RelmDomain
internal import RelmLog
package import RelmHistory
internal import RelmViews
package import RelmProof

/// An event, and what it changed.
package struct ReplayedEvent: Sendable {
  package let event: RecordedEvent
  /// What annuls it as of the moment that the ledger is as of; nil while it counts.
  package let annulledBy: Position?
  package let changes: [RowChange]
}

/// What is walked over: the events that are asked for, each with what it changed.
package final class Replaying {
  private let ledger: Ledger
  private let subject: SubjectRows?
  private let replay: Replay
  /// Where the events stand; nil for all from ``first`` on.
  private let chosen: [Position]?
  private let first: Position
  private let end: Position

  fileprivate init(
    _ ledger: Ledger, about subject: Subject?, from first: Position, upTo end: Position
  ) throws {
    self.ledger = ledger
    self.subject = subject.map { SubjectRows($0) }
    self.first = first
    self.end = end
    // Each row is looked up in the index when it is first met, so that no read is held open while a person looks.
    replay = Replay(ledger.history(CurrentRows(ledger)))
    chosen = try subject.map { subject in
      try ledger.withRows { rows, _ in
        try ledger.history(rows).positions(about: subject).filter { $0 >= first && $0 < end }
      }
    }
  }

  /// How many events there are to walk over.
  package var count: Int { chosen?.count ?? Int(clamping: end.value - min(first.value, end.value)) }

  /// Where an event of the walk stands.
  package func position(_ place: Int) -> Position { chosen?[place] ?? Position(first.value + UInt64(place)) }

  /// The place in the walk of the first event at or after a position; ``count`` where there is none.
  package func place(of position: Position) -> Int {
    if let chosen { return chosen.firstIndex { $0 >= position } ?? chosen.count }
    return Int(clamping: max(min(max(position.value, first.value), end.value), first.value) - first.value)
  }

  /// An event of the walk, from 0.
  ///
  /// - Returns: nil where it had not happened by the moment that the ledger is as of.
  package func event(_ place: Int) throws -> ReplayedEvent? {
    let position = position(place)
    guard let event = try ledger.event(at: position) else { return nil }
    let annulment = try ledger.withRows { rows, _ in try Annulments.annulling(position, in: rows).first }
    return ReplayedEvent(
      event: event, annulledBy: annulment, changes: try replay.changes(by: event, about: subject))
  }
}

extension Ledger {
  /// A walk through the log, or through what is about one subject.
  ///
  /// - Parameters:
  ///   - first: the first position.
  ///   - end: the first position that no longer belongs; nil for the log's end.
  package func replaying(
    about subject: Subject? = nil, from first: Position = .first, upTo end: Position? = nil
  ) throws -> Replaying {
    let size = try size()
    let end = min(end ?? size.nextPosition, size.nextPosition)
    return try Replaying(self, about: subject, from: first, upTo: end)
  }

  /// What changed between two moments.
  ///
  /// - Parameters:
  ///   - earlier: how many events there were before.
  ///   - later: how many there were after.
  ///   - subject: only rows about it: then only those are folded. Without it every event between is read.
  package func changes(
    from earlier: TreeSize, to later: TreeSize, about subject: SubjectRows? = nil
  ) throws -> [RowChange] {
    // Each row is looked up by itself, so that a long walk holds no read open.
    let rows = CurrentRows(self)
    let history = history(rows)
    if let subject {
      let touched = try TouchedRows(about: subject, in: rows)
      return try Replay(history).changes(of: touched, from: earlier, to: later)
    }
    var touched = TouchedRows()
    try log.forEach(from: Position(earlier.value), upTo: Position(later.value)) { position, bytes in
      try touched.insert(RecordedEvent.stored(bytes, at: position), history)
      return true
    }
    return try Replay(history).changes(of: touched, from: earlier, to: later)
  }

  /// How many events had been recorded by a moment.
  package func size(at moment: NamedMoment) throws -> TreeSize { try asOf(moment).size() }
}
