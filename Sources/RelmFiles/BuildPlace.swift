internal import Glibc

/// A directory in which something is made before it is put in its place.
///
/// Whoever makes something there holds a lock on it, which ends with the process however that dies. What is there
/// without a lock was left by somebody who died, and the next to make something removes it.
package struct BuildPlace: ~Copyable {
  /// The directory, empty at first.
  package let path: String
  private let lock: Descriptor

  private init(path: String, lock: consuming Descriptor) {
    self.path = path
    self.lock = lock
  }

  /// Makes one, after removing what the dead have left.
  ///
  /// - Parameters:
  ///   - directory: where; it exists.
  ///   - prefix: what its name begins with, the same for all that are made for the same purpose.
  package static func make(in directory: String, named prefix: String) throws(FileError) -> BuildPlace {
    try removeAbandoned(in: directory, named: prefix)
    while true {
      let path = "\(directory)/\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
      let mode = AccessMode.inside(directory).directory
      guard try Files.make(path, mode) else { continue }
      // Whatever the umask; that somebody takes it for abandoned meanwhile is seen below.
      do throws(FileError) { try Files.protect(path, mode) } catch {
        guard error.code == ENOENT else { throw error }
      }
      // Between making and locking it somebody may have taken it for abandoned.
      if let place = try claim(path) { return place }
    }
  }

  private static func removeAbandoned(in directory: String, named prefix: String) throws(FileError) {
    for name in try Files.list(directory) where name.hasPrefix(prefix) {
      try claim(directory + "/" + name)?.remove()
    }
  }

  /// Hands out every place that somebody has left who died, and then removes it. Other people's, and what others are
  /// just removing, is left.
  ///
  /// - Parameter body: takes the place's path, while nobody else can take it.
  package static func forEachAbandoned(
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
    do throws(FileError) {
      let lock = try Descriptor(directory: path, follows: false)
      guard try lock.tryLock(path), let named = try Files.status(path, follows: false) else { return nil }
      let held = try lock.status(path)
      guard FileIdentity(held) == FileIdentity(named),
        held.st_uid == geteuid() || AccessMode.isShared(held.st_mode)
      else { return nil }
      return BuildPlace(path: path, lock: lock)
    } catch {
      switch error.code {
      case ENOENT, ENOTDIR, ELOOP, EACCES: return nil
      default: throw error
      }
    }
  }

  /// Removes it with all that is still in it.
  package func remove() throws(FileError) { try Files.remove(path) }
}
