package import RelmDomain
package import RelmProof

/// How far somebody who follows the log has come.
package struct FollowedTo: Sendable, Equatable {
  /// The first position that has not been looked at.
  package let position: Position
  /// Whether the log has no more for now.
  package let isAtEnd: Bool
}

extension Ledger {
  /// Hands out events as they are appended, by whichever process, until one of the closures says stop, or the filter's
  /// `upTo` or `limit` is reached.
  ///
  /// Whether there is something new is read from shared memory, not from the disk.
  ///
  /// - Parameters:
  ///   - filter: which events; its `from` is where to begin, the log's end where it has none. It cannot be reversed.
  ///   - pause: is told after every few hundred records how far it has come, whether or not one of them was asked for,
  ///     and answers whether to go on. At the log's end it lets some time pass first; 20 ms is usual.
  ///   - body: takes an event, and answers whether to go on.
  package func follow(
    _ filter: EventFilter, pause: (FollowedTo) throws -> Bool, _ body: (RecordedEvent) throws -> Bool
  ) throws {
    precondition(!filter.isReversed, "what is still to come cannot be handed out from the last to the first")
    var next = try filter.from ?? Position(size().value)
    var remaining = filter.limit ?? .max
    guard remaining > 0 else { return }
    while true {
      // Only the log's own end tells of a commit: its number can be read a moment before readers see what it wrote, so
      // that a watcher who goes by the number would miss the event until the next one comes.
      let size = try Position(size().value)
      let end = min(size, filter.upTo ?? size)
      while next < end {
        let stop = Position(min(end.value, next.value + UInt64(Self.recordsAtOnce)))
        for (position, bytes) in try records(from: next, upTo: stop) {
          let event = try RecordedEvent.stored(bytes, at: position)
          guard filter.matches(event) else { continue }
          remaining -= 1
          guard try body(event), remaining > 0 else { return }
        }
        next = stop
        if next < end, try !pause(FollowedTo(position: next, isAtEnd: false)) { return }
      }
      guard try pause(FollowedTo(position: next, isAtEnd: true)) else { return }
      if let upTo = filter.upTo, next >= upTo { return }
    }
  }
}
