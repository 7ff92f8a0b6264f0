internal import RelmDomain
internal import Synchronization

/// A clock that stands where it was set, for a ledger that is told what happened before now.
final class SetClock: Sendable {
  private let microseconds: Mutex<Int64>

  init(at moment: Instant) { microseconds = Mutex(moment.microseconds) }

  var now: Instant { Instant(microseconds: microseconds.withLock { $0 }) }

  func set(_ moment: Instant) { microseconds.withLock { $0 = moment.microseconds } }
}
