internal import Glibc

/// SIGINT and SIGTERM as wishes that are asked for where it suits, instead of ends in the middle of something.
///
/// They are blocked and fetched, so that none is lost between looking and waiting. One that the program was started
/// with as ignored, as a shell does with SIGINT for what it runs in the background, stays ignored.
final class StopSignals {
  /// Whether one has come.
  private(set) var isAsked = false
  /// What was blocked before: what a child is to be started with.
  let before: sigset_t
  private let stops: [Int32]
  private var awaited = sigset_t()

  init() {
    stops = [SIGINT, SIGTERM].filter { !Self.isIgnored($0) }
    // A parent may have ignored it, and then children would vanish unseen.
    signal(SIGCHLD, SIG_DFL)
    sigemptyset(&awaited)
    for stop in stops + [SIGCHLD] { sigaddset(&awaited, stop) }
    var old = sigset_t()
    pthread_sigmask(SIG_BLOCK, &awaited, &old)
    before = old
  }

  deinit {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  /// Waits so long, or until one comes.
  ///
  /// - Returns: whether one has come, now or before.
  func wait(_ duration: Duration) -> Bool {
    let end = ContinuousClock.now + duration
    repeat {
      let remaining = max(end - ContinuousClock.now, .zero).components
      take(next(seconds: Int(remaining.seconds), nanoseconds: Int(remaining.attoseconds / 1_000_000_000)))
    } while !isAsked && ContinuousClock.now < end
    return isAsked
  }

  /// Whether one has come by now.
  func isAskedNow() -> Bool { wait(.zero) }

  /// Waits for a child to end. The first signal lets it finish; every later one is passed on to its process group.
  ///
  /// - Throws: a failure with status 74 where it cannot be waited for.
  func wait(for child: pid_t) throws -> ChildProcess.End {
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { return ChildProcess.End(status) }
      guard ended == 0 || errno == EINTR else {
        throw CommandFailure(.inputOutput, "cannot wait for the command: \(String(cString: strerror(errno)))")
      }
      let signal = next(seconds: 1, nanoseconds: 0)
      if isAsked, stops.contains(signal) { kill(-child, signal) }
      take(signal)
    }
  }

  /// The next signal, or -1 where none comes in time.
  private func next(seconds: Int, nanoseconds: Int) -> Int32 {
    var time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
    return sigtimedwait(&awaited, nil, &time)
  }

  private func take(_ signal: Int32) {
    if stops.contains(signal) { isAsked = true }
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
