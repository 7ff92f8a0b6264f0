internal import RelmViews
package import RelmDomain
internal import RelmProof
package import RelmRules

/// What was told of one release, and what follows from that, worked out when it is first asked for.
///
/// A release has several deployments, and each is asked about again and again as the release stood before it: in the order of
/// the log, mostly, so that its rows need only be carried on from where they stood before the deployment ahead of it.
package final class ToldRelease {
  /// All events, whether they count or not, in the order of their positions.
  package let all: [RecordedEvent]
  /// Those that count.
  package let counting: [RecordedEvent]
  private var attempts: [Attempt]?
  private var apart: StrangersWords?
  private var release = Standing<ReleaseRow?>(from: nil)
  private var approvals = Standing<[RowKey: ApprovalRow]>(from: [:])

  init(all: [RecordedEvent], counting: [RecordedEvent]) {
    (self.all, self.counting) = (all, counting)
  }

  /// The deployments that count, in the order in which they begin.
  ///
  /// - Parameter apart: where words of strangers stand that are a deployment of their own.
  package func attempts(apart: StrangersWords) -> [Attempt] {
    if let attempts { return attempts }
    let found = Attempt.all(in: counting, apart: apart)
    attempts = found
    return found
  }

  /// Who declared overrides of it.
  package var declarers: [PersonID] {
    counting.compactMap { event in
      if case .release(.overrideDeclared) = event.event { event.person } else { nil }
    }
  }

  /// Where words of strangers about its deployments stand, found once.
  package func apart(_ find: () throws -> StrangersWords) rethrows -> StrangersWords {
    if let apart { return apart }
    let found = try find()
    apart = found
    return found
  }

  /// The release's row as it stood before a position.
  func release(_ key: RowKey, before line: Position) -> ReleaseRow? {
    release.carry(to: line, over: counting) { row, event in
      if Releases.keys(touchedBy: event).contains(key) { row = Releases.evolve(row, at: key, by: event) }
    }
  }

  /// Its approvals as they stood before a position, in the order of their keys.
  func approvals(before line: Position) -> [ApprovalRow] {
    approvals.carry(to: line, over: counting) { rows, event in
      for key in Approvals.keys(touchedBy: event) {
        rows[key] = Approvals.evolve(rows[key], at: key, by: event)
      }
    }.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }.map(\.value)
  }

  /// Something that events make, and how many of them have made it.
  private struct Standing<Made> {
    private let nothing: Made
    private var made: Made
    private var taken = 0

    /// - Parameter nothing: what it is before the first event.
    init(from nothing: Made) { (self.nothing, made) = (nothing, nothing) }

    /// Carries it on to a position, or begins again where it stands behind that.
    mutating func carry(
      to line: Position, over events: [RecordedEvent], _ evolve: (inout Made, RecordedEvent) -> Void
    ) -> Made {
      if taken > 0, !(events[taken - 1].position < line) { (made, taken) = (nothing, 0) }
      while taken < events.count, events[taken].position < line {
        evolve(&made, events[taken])
        taken += 1
      }
      return made
    }
  }
}
