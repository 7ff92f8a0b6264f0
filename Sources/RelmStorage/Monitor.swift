internal import Glibc

/// A mutex on which threads can wait for conditions. Plain POSIX, because it must wait with a time limit and must
/// be held and let go by one thread, which `Synchronization.Mutex` cannot express.
@safe
final class Monitor: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    let status = unsafe pthread_mutex_init(mutex, nil)
    precondition(status == 0, "no mutex to be had")
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  func lock() {
    let status = unsafe pthread_mutex_lock(mutex)
    precondition(status == 0, "a mutex could not be locked")
  }

  func unlock() {
    let status = unsafe pthread_mutex_unlock(mutex)
    precondition(status == 0, "a mutex was unlocked that was not locked")
  }

  func withLock<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    lock()
    defer { unlock() }
    return try body()
  }

  /// Something to wait for while holding a monitor. Waking up proves nothing: look again in a loop.
  @safe
  final class Condition: @unchecked Sendable {
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    init() {
      unsafe condition = .allocate(capacity: 1)
      unsafe condition.initialize(to: pthread_cond_t())
      var attributes = pthread_condattr_t()
      unsafe pthread_condattr_init(&attributes)
      // Time limits must not move when somebody sets the clock.
      unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      let status = unsafe pthread_cond_init(condition, &attributes)
      unsafe pthread_condattr_destroy(&attributes)
      precondition(status == 0, "no condition variable to be had")
    }

    deinit {
      unsafe pthread_cond_destroy(condition)
      unsafe condition.deallocate()
    }

    func wait(holding monitor: Monitor) {
      unsafe pthread_cond_wait(condition, monitor.mutex)
    }

    /// - Returns: false once the deadline has passed.
    func wait(holding monitor: Monitor, until deadline: Deadline) -> Bool {
      var time = deadline.time
      return unsafe pthread_cond_timedwait(condition, monitor.mutex, &time) != ETIMEDOUT
    }

    func signal() { unsafe pthread_cond_signal(condition) }
    func broadcast() { unsafe pthread_cond_broadcast(condition) }
  }
}

/// A moment on the monotonic clock.
struct Deadline {
  let time: timespec

  init(in duration: Duration) {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    // A year is as good as for ever, and cannot overflow.
    let wait = min(max(duration, .zero), .seconds(31_536_000))
    let (seconds, attoseconds) = wait.components
    let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
    time = timespec(
      tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
  }

  /// Microseconds until then; negative once it has passed.
  var remainingMicroseconds: Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return (time.tv_sec - now.tv_sec) * 1_000_000 + (time.tv_nsec - now.tv_nsec) / 1000
  }
}
