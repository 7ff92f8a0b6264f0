internal import Glibc
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Hands out events as they come until somebody asks it to stop: the one way of `relm watch` and `relm log --follow`.
struct Watcher {
  let ledger: Ledger
  let filter: EventFilter
  /// What remembers how far it has come, if anything does.
  var cursor: HeldCursor?
  /// Whether it stops at the end that the log has when it begins.
  var isOnce = false
  let signals: StopSignals

  /// How long it waits before it looks again, which costs no disk access.
  private static let pause = Duration.milliseconds(20)
  /// How long a cursor may stay behind events that nobody asked for, and how many of them it may stay behind.
  private static let idle = (time: Duration.seconds(1), events: UInt64(10_000))

  /// - Parameter handle: handles one event; the cursor moves only after it has returned.
  func run(_ handle: (RecordedEvent) throws -> Void) throws {
    var filter = filter
    if let cursor { filter.from = cursor.saved.next }
    if isOnce {
      let end = Position(try ledger.size().value)
      filter.upTo = filter.upTo.map { min($0, end) } ?? end
    }
    var passed: Position?
    var saved = ContinuousClock.now
    try ledger.follow(filter) { reached in
      if let cursor {
        passed = reached.position
        let isFar = reached.position.value - cursor.saved.next.value >= Self.idle.events
        if isFar || ContinuousClock.now - saved >= Self.idle.time {
          try cursor.move(to: reached.position)
          saved = .now
        }
      }
      return reached.isAtEnd ? !signals.wait(Self.pause) : !signals.isAskedNow()
    } _: { event in
      try handle(event)
      passed = nil
      try cursor?.move(past: event)
      return !signals.isAskedNow()
    }
    if let passed { try cursor?.move(to: passed) }
  }
}
