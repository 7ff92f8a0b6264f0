internal import RelmDomain
internal import RelmLog
internal import RelmViews
internal import RelmProof

/// Finds the records of a type behind a mark, at every opening and so without folding or walking anything: in the stored
/// index as it is, and in the few records that it does not have yet.
struct Unsettled {
  let log: EventLog
  let views: ViewStore

  /// - Parameters:
  ///   - type: their type.
  ///   - mark: up to which record they are settled.
  /// - Returns: them in the log's order.
  func events(_ type: EventType, behind mark: SettledMark) throws -> [RecordedEvent] {
    let start = try start(behind: mark.place())
    var (positions, folded) = try indexed(type, from: start)
    try log.forEach(from: max(start, folded), upTo: Position(log.head().size.value)) { position, bytes in
      if try Envelope.stored(bytes, at: position).type == type.rawValue { positions.append(position) }
      return true
    }
    return try positions.compactMap { position in
      try log.bytes(at: position).map { try RecordedEvent.stored($0, at: position) }
    }
  }

  /// The position behind the mark, or the first where the mark is of another history.
  private func start(behind place: SettledMark.Place?) throws -> Position {
    guard let place, let bytes = try log.bytes(at: place.position), Digest.leaf(bytes) == place.leaf else {
      return .first
    }
    return place.position.next
  }

  /// What the stored index has, and the first position that it does not have.
  private func indexed(_ type: EventType, from start: Position) throws -> ([Position], folded: Position) {
    do {
      let found = try views.currentAsItIs()?.readRows { rows -> ([Position], folded: Position)? in
        let checkpoint = try Views.checkpoint(of: rows)
        guard try views.continues(checkpoint, log.head()) else { return nil }
        var positions: [Position] = []
        let name = IndexKey.name(type.rawValue)
        if let number = try rows.row(IndexTables.types, name).flatMap({ RowBytes.uint32($0) }) {
          try rows.scan(
            IndexTables.typeEvents, from: IndexKey.numbered(number, start.value),
            upTo: IndexKey.numbered(number, .max), reversed: false
          ) { key, _ in
            if let place = RowBytes.uint64(key, at: 4) { positions.append(Position(place)) }
            return true
          }
        }
        return (positions, Position(checkpoint.size.value))
      }
      if let found { return found }
    } catch  where views.isDamage(error) {
      // Whoever asks the views next builds them anew; here the log itself answers.
    }
    return ([], .first)
  }
}
