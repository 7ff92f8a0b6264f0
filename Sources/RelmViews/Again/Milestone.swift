internal import RelmDomain
package import RelmProof

/// A copy of a row made on the way: what the row was when the log ended at a position, with every annulment honoured that
/// had been recorded by then.
///
/// A row that many events touch is folded again from its last milestone instead of from its beginning. One is made at
/// every event that touches the row and whose version in the stream is a multiple of an interval; of a row that goes by
/// no stream, where nobody counts, at events that chance picks: those whose leaf hash is a multiple of a sixteenth of it.
/// And one is made at an annulment that bears on an event which a milestone of the row holds already. So the last
/// milestone before any size holds for that size: whatever is recorded between the two bears on no event that it holds.
/// What is written down once is never changed, and is the same whoever folds the log.
package struct Milestone: Equatable {
  /// The last event that the log had.
  package let position: Position
  /// Where an annulment made it: the first event of the row on which that bears. What earlier milestones say that hold
  /// this event was true of their time only.
  let reach: Position?
  /// The row as it is stored; nil where there was none.
  let row: [UInt8]?

  /// How many versions of a stream lie between two milestones, unless somebody wants it otherwise: so few that they are
  /// folded in a millisecond or two, and so many that the copies weigh little beside the events.
  package static let usualInterval: UInt64 = 256

  /// Whether milestones are made at an event: of rows that go by its stream, and of those that go by none.
  static func areMade(at event: RecordedEvent, every interval: UInt64) -> (ofStreams: Bool, ofOthers: Bool) {
    let version = event.record.streamVersion
    let chance = event.digest.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    return (
      version > 0 && version.isMultiple(of: interval), chance.isMultiple(of: max(1, interval / 16))
    )
  }

  init(at position: Position, reach: Position? = nil, row: [UInt8]?) {
    self.position = position
    self.reach = reach
    self.row = row
  }

  /// Reads a stored one.
  ///
  /// - Throws: ``DamagedRow`` where it does not read.
  init(_ key: [UInt8], _ value: [UInt8]) throws {
    guard let position = RowBytes.place(key, at: key.count - 8), let reach = RowBytes.uint64(value) else {
      throw DamagedRow(table: IndexTables.milestones, key: key)
    }
    self.position = Position(position)
    self.reach = reach == .max ? nil : Position(reach)
    row = value.count == 8 ? nil : Array(value[8...])
  }

  /// How it is stored, under its row's place and its position.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    RowBytes.append(reach?.value ?? .max, to: &bytes)
    return bytes + (row ?? [])
  }
}

extension History {
  /// The last milestone of a row before a size, from which the row as of that size can be folded; nil where it is to be
  /// folded from its beginning.
  ///
  /// - Parameters:
  ///   - row: what the keys of its milestones begin with.
  ///   - reach: where an annulment that has made no milestone yet counts before that size: the first event of the row
  ///     on which it bears.
  func milestone(of row: [UInt8], before size: TreeSize, reach: Position? = nil) throws -> Milestone? {
    var bound = reach
    var found: Milestone?
    let end = IndexKey.milestone(size.nextPosition, of: row)
    try indexes.scan(IndexTables.milestones, from: row, upTo: end, reversed: true) { key, value in
      let milestone = try Milestone(key, value)
      if bound.map({ milestone.position < $0 }) ?? true {
        found = milestone
        return false
      }
      // It is passed over; what made it may bear on more events than what is looked for.
      if let earlier = milestone.reach { bound = bound.map { min($0, earlier) } }
      return true
    }
    return found
  }

  /// Where the first milestone of a row stands within some positions; nil where there is none.
  func firstMilestone(of row: [UInt8], within span: Range<Position>) throws -> Position? {
    var found: Position?
    try indexes.scan(
      IndexTables.milestones, from: IndexKey.milestone(span.lowerBound, of: row),
      upTo: IndexKey.milestone(span.upperBound, of: row), reversed: false
    ) { key, value in
      found = try Milestone(key, value).position
      return false
    }
    return found
  }
}
