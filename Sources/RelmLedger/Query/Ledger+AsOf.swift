package import RelmDomain
internal import RelmLog
internal import RelmHistory
internal import RelmViews
package import RelmProof
internal import RelmStorage

/// A moment in the ledger's own history, as somebody names it.
package enum NamedMoment: Sendable, Equatable {
  /// Right after the event at a position was recorded.
  case position(Position)
  /// After everything that had been recorded by then.
  case time(Instant)
}

extension Ledger {
  /// This ledger as it was: a question to it is answered from a part of the history, and nothing can be appended to it.
  ///
  /// - Parameters:
  ///   - moment: what had been recorded counts; nil for all that is recorded now.
  ///   - happenedBy: of that only what had happened by then, by its claim.
  /// - Returns: a ledger whose clock stands still: at what it was asked for, or where a position was, at its recording.
  /// - Throws: ``LedgerError`` with code `notFound` beyond the log's end.
  package func asOf(_ moment: NamedMoment?, happenedBy: Instant? = nil) throws -> Ledger {
    let size: TreeSize
    var time: Instant
    switch moment {
    case .position(let position):
      guard try self.size().contains(position), let event = try recorded(position) else {
        throw LedgerError(
          .notFound,
          "there is no position \(position.value): the log has \(PlainWords.count(try self.size().value, "record")), from 0"
        )
      }
      (size, time) = (TreeSize(through: position), event.recorded)
    case .time(let named): (size, time) = (try self.size(recordedBy: named), named)
    case nil: (size, time) = (try self.size(), surroundings.now())
    }
    if let happenedBy { time = happenedBy }
    return past(AsOf(size: size, happenedBy: happenedBy), now: time)
  }

  /// What is recorded at a position, whether it had happened by the moment that this ledger is as of or not.
  package func recorded(_ position: Position) throws -> RecordedEvent? {
    try log.bytes(at: position).map { try RecordedEvent.stored($0, at: position) }
  }

  /// When the last of so many events was recorded.
  func recordedTime(of size: TreeSize) throws -> Instant? {
    try size.lastPosition.flatMap { try recorded($0)?.recorded }
  }

  /// How many records had been taken by a moment. Their times never run backwards.
  private func size(recordedBy time: Instant) throws -> TreeSize {
    var (low, high) = (UInt64(0), try size().value)
    while low < high {
      let middle = (low + high) / 2
      guard let event = try recorded(Position(middle)) else { throw LogError.missingRecord(Position(middle)) }
      if event.recorded <= time { low = middle + 1 } else { high = middle }
    }
    return TreeSize(low)
  }

  /// Lends the rows of all views: as they are now, or as they were.
  func withRows<R>(_ body: (any RowReading, TreeSize) throws -> R) throws -> R {
    try views.withCurrentRows { rows, checkpoint in
      guard let asOf, asOf != AsOf(size: checkpoint.size) else { return try body(rows, checkpoint.size) }
      return try body(try past(rows, checkpoint.size, asOf), asOf.size)
    }
  }

  private func past(_ rows: any RowReading, _ end: TreeSize, _ asOf: AsOf) throws -> PastRows {
    let log = log
    return try PastRows(
      over: rows, asOf: asOf,
      frontier: { try Frontier(of: asOf.size, from: self.nodes(end, rows)) },
      lookUp: { position in try log.bytes(at: position).map { try RecordedEvent.stored($0, at: position) } })
  }
}
