internal import Glibc
internal import RelmVault

/// A directory in which something is made before it is put in its place.
///
/// Whoever makes something there holds a lock on it, which ends with the process however that dies. What is there
/// without a lock was left by somebody who died, and the next to make something removes it.
struct BuildPlace: ~Copyable {
  /// The directory, empty at first.
  let path: String
  private let lock: Int32

  private init(path: String, lock: Int32) {
    self.path = path
    self.lock = lock
  }

  deinit { close(lock) }

  /// Makes one, after removing what the dead have left.
  ///
  /// - Parameters:
  ///   - directory: where; it exists.
  ///   - prefix: what its name begins with, the same for all that are made for the same purpose.
  static func make(in directory: String, named prefix: String) throws -> BuildPlace {
    try forEachAbandoned(in: directory, named: prefix) { _ in }
    while true {
      let path = "\(directory)/\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
      let mode = AccessMode.inside(directory).directory
      guard mkdir(path, mode) == 0 else {
        if errno == EEXIST { continue }
        throw FileError(path: path, operation: "create the directory", code: errno)
      }
      // Whatever the umask; that somebody takes it for abandoned meanwhile is seen below.
      guard chmod(path, mode) == 0 || errno == ENOENT else {
        throw FileError(path: path, operation: "protect", code: errno)
      }
      // Between making and locking it somebody may have taken it for abandoned.
      if let place = try claim(path) { return place }
    }
  }

  /// Hands out every place that somebody has left who died, and then removes it. Other people's, and what others are
  /// just removing, is left.
  ///
  /// - Parameter body: takes the place's path, while nobody else can take it.
  static func forEachAbandoned(
    in directory: String, named prefix: String, _ body: (String) throws -> Void
  ) throws {
    for name in try Files.list(directory) where name.hasPrefix(prefix) {
      guard let abandoned = try claim(directory + "/" + name) else { continue }
      try body(abandoned.path)
      try abandoned.remove()
    }
  }

  /// Takes the lock of what lies there; nil where somebody else has it, or nothing that may be taken is there.
  private static func claim(_ path: String) throws(FileError) -> BuildPlace? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR, ELOOP, EACCES: return nil
      default: throw FileError(path: path, operation: "open", code: errno)
      }
    }
    let place = BuildPlace(path: path, lock: descriptor)
    var held = stat()
    var named = stat()
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &held) == 0, lstat(path, &named) == 0,
      held.st_dev == named.st_dev, held.st_ino == named.st_ino,
      held.st_uid == geteuid() || AccessMode.isShared(held.st_mode)
    else { return nil }
    return place
  }

  /// Removes it with all that is still in it.
  func remove() throws(FileError) { try Files.remove(path) }
}
