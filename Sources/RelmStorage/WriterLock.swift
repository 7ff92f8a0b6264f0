internal import Glibc
internal import RelmFiles

/// The right to write, had within a time limit or not at all.
///
/// LMDB's own writer lock waits for ever: a holder that hangs (stopped, or stuck on a dead disk) would hang every
/// other program with it. So two locks stand before it: one between this process's threads, one between processes
/// (`flock`, which dies with its holder).
final class WriterLock: @unchecked Sendable {
  private let path: String
  private let file: Descriptor
  private let monitor = Monitor()
  private let released = Monitor.Condition()
  /// The thread that holds it; read and written with the monitor held, which the compiler cannot see.
  private var owner: pthread_t?

  /// - Parameters:
  ///   - path: of the lock file; made if it is not there.
  ///   - mode: the mode that it is then made with.
  init(path: String, mode: mode_t) throws(StorageError) {
    self.path = path
    file = try withFiles(.lock) { () throws(FileError) in try Descriptor(making: path, mode: mode) }
  }

  /// Waits at most this long. A thread that holds the lock already has a bug, and traps.
  ///
  /// - Throws: `busy` if it was not had in time.
  func acquire(within limit: Duration) throws(StorageError) {
    let deadline = Deadline(in: limit)
    try acquireBetweenThreads(until: deadline)
    do throws(StorageError) {
      try acquireBetweenProcesses(until: deadline, limit)
    } catch {
      releaseBetweenThreads()
      throw error
    }
  }

  func release() {
    file.unlock()
    releaseBetweenThreads()
  }

  private func acquireBetweenThreads(until deadline: Deadline) throws(StorageError) {
    try monitor.withLock { () throws(StorageError) in
      let me = pthread_self()
      precondition(owner != me, "this thread is already writing to this store: end that transaction first")
      while owner != nil {
        guard released.wait(holding: monitor, until: deadline) || owner == nil else {
          throw StorageError(
            .busy, .lock, path, detail: "another thread is writing and has not finished in time")
        }
      }
      owner = me
    }
  }

  private func releaseBetweenThreads() {
    monitor.withLock {
      precondition(owner == pthread_self(), "a write transaction ends on the thread on which it began")
      owner = nil
      released.signal()
    }
  }

  private func acquireBetweenProcesses(until deadline: Deadline, _ limit: Duration) throws(StorageError) {
    // flock has no time limit of its own, so it is tried again and again, first soon and then at leisure.
    var pause = 50
    while try !withFiles(.lock, { () throws(FileError) in try file.tryLock(path) }) {
      let remaining = deadline.remainingMicroseconds
      guard remaining > 0 else {
        throw StorageError(
          .busy, .lock, path, detail: "another process is writing and has not finished within \(limit)")
      }
      usleep(UInt32(min(pause, remaining)))
      pause = min(pause * 2, 5000)
    }
  }
}
