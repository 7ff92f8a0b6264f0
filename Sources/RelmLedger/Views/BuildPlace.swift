internal import Glibc

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
  static func make(in directory: String, named prefix: String) throws(FileError) -> BuildPlace {
    for name in try Files.list(directory) where name.hasPrefix(prefix) {
      let path = directory + "/" + name
      // Other people's, and what others are just removing, is left.
      if let abandoned = try claim(path) { try abandoned.remove() }
    }
    while true {
      let path = "\(directory)/\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
      guard mkdir(path, 0o755) == 0 else {
        if errno == EEXIST { continue }
        throw FileError(path: path, operation: "create the directory", code: errno)
      }
      // Between making and locking it somebody may have taken it for abandoned.
      if let place = try claim(path) { return place }
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
      held.st_dev == named.st_dev, held.st_ino == named.st_ino, held.st_uid == geteuid()
    else { return nil }
    return place
  }

  /// Removes it with all that is still in it.
  consuming func remove() throws(FileError) { try Files.remove(path) }
}
