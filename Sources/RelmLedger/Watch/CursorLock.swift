internal import Glibc

/// A cursor's lock: one watcher at a time. It belongs to the open file, so it ends with its holder, however that dies.
final class CursorLock: Sendable {
  private let descriptor: Int32

  /// - Parameter path: of the lock file; made if it is not there.
  /// - Returns: nil where another process has it.
  /// - Throws: ``FileError``.
  static func take(_ path: String) throws(FileError) -> CursorLock? {
    while true {
      guard let descriptor = try Files.openLock(path) else {
        throw FileError(path: path, operation: "open", code: ENOENT)
      }
      let lock = CursorLock(descriptor)
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        if errno == EWOULDBLOCK { return nil }
        guard errno == EINTR else { throw FileError(path: path, operation: "lock", code: errno) }
      }
      // Whoever forgets a cursor removes its lock as well: then what is locked here is no longer what others open.
      if lock.isAt(path) { return lock }
    }
  }

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  private func isAt(_ path: String) -> Bool {
    var (mine, there) = (stat(), stat())
    guard fstat(descriptor, &mine) == 0, stat(path, &there) == 0 else { return false }
    return mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
  }
}
