package import Glibc

/// An open file or directory of this process, closed on exec and at the end of its life.
///
/// The one way in which a file is opened that is meant to be a plain one: ours, or one that somebody named. Opening a FIFO
/// waits for whoever has its other end, and reading a device may have no end. So nothing is waited for (`O_NONBLOCK`, which
/// changes nothing of a plain file), and what is no plain file is closed again at once and named.
package struct Descriptor: ~Copyable, Sendable {
  package let number: Int32

  /// Takes over one that is open.
  package init(owning number: Int32) { self.number = number }

  /// `open(2)` of what is to be a plain file, always with `O_CLOEXEC`.
  ///
  /// - Parameters:
  ///   - path: leads to the file, also through symbolic links unless `flags` forbid it.
  ///   - flags: as of `open(2)`.
  ///   - operation: what for, in the words of an error.
  ///   - mode: of a file that it makes; the umask takes bits away.
  /// - Throws: what `open(2)` said, or what lies there instead.
  package init(
    _ path: String, _ flags: Int32, to operation: String, mode: mode_t = 0
  ) throws(FileError) {
    self = try Self.plain(path, flags, operation, mode)
  }

  /// Opens a directory.
  ///
  /// - Parameters:
  ///   - path: leads to it.
  ///   - follows: whether a link at its end is followed.
  package init(directory path: String, follows: Bool = true, to operation: String = "open") throws(FileError) {
    number = try Self.open(path, O_RDONLY | O_DIRECTORY | (follows ? 0 : O_NOFOLLOW), 0, operation)
  }

  /// Opens a plain file to read and write, which is made where it is not there: with just this mode, whatever the umask.
  ///
  /// - Throws: ``FileError``, which `isMissing` where its directory is gone.
  package init(making path: String, mode: mode_t, to operation: String = "open") throws(FileError) {
    self = try Self.making(path, mode, operation)
  }

  private static func plain(
    _ path: String, _ flags: Int32, _ operation: String, _ mode: mode_t
  ) throws(FileError) -> Descriptor {
    let number: Int32
    do throws(FileError) { number = try open(path, flags | O_NOCTTY, mode, operation) } catch {
      // What says that there is nothing may mean that a link leads nowhere; of what is there, its kind says more.
      let kind = error.code == EACCES || error.code == EEXIST ? nil : FileKind(at: path)
      throw FileError(path: path, operation: operation, code: error.code, kind: kind)
    }
    let file = Descriptor(owning: number)
    guard let kind = FileKind(mode: try file.status(path).st_mode) else { return file }
    throw FileError(
      path: path, operation: operation, code: kind == .directory ? EISDIR : EINVAL, kind: kind)
  }

  private static func making(
    _ path: String, _ mode: mode_t, _ operation: String
  ) throws(FileError) -> Descriptor {
    while true {
      do throws(FileError) {
        let made = try plain(path, O_RDWR | O_CREAT | O_EXCL, operation, mode)
        try made.protect(mode, path)
        return made
      } catch {
        guard error.code == EEXIST, error.kind == nil else { throw error }
      }
      do throws(FileError) { return try plain(path, O_RDWR, operation, 0) } catch {
        // Whoever deletes it may do so just between the two.
        guard error.isMissing, Files.exists(Files.directory(of: path)) else { throw error }
      }
    }
  }

  private static func open(
    _ path: String, _ flags: Int32, _ mode: mode_t, _ operation: String
  ) throws(FileError) -> Int32 {
    try check(operation, path) { unsafe Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK, mode) }
  }

  deinit { close(number) }

  /// Opens a file in this directory for reading.
  ///
  /// - Parameter path: what it is called in errors.
  package func opening(_ name: String, _ path: String, to operation: String = "open") throws(FileError)
    -> Descriptor
  {
    Descriptor(
      owning: try check(operation, path) {
        unsafe openat(number, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      })
  }

  /// What `stat(2)` says of a file in this directory.
  package func status(of name: String, _ path: String) throws(FileError) -> stat {
    var about = stat()
    try check("look at", path) { unsafe fstatat(number, name, &about, 0) }
    return about
  }

  package func status(_ path: String) throws(FileError) -> stat {
    var about = stat()
    try check("look at", path) { unsafe fstat(number, &about) }
    return about
  }

  package func identity(_ path: String) throws(FileError) -> FileIdentity { FileIdentity(try status(path)) }

  /// Sets the mode, whatever the umask has taken from it.
  package func protect(_ mode: mode_t, _ path: String) throws(FileError) {
    try check("protect", path) { fchmod(number, mode) }
  }

  /// Writes what the kernel holds of it to the disk; of a directory, its entries.
  package func sync(_ path: String) throws(FileError) {
    try check("sync", path) { fsync(number) }
  }

  /// Tries to be the only holder of the lock on this file. The lock belongs to the open file: it ends with it, so
  /// with the process, however that dies.
  ///
  /// - Returns: false if another one holds it.
  package func tryLock(_ path: String) throws(FileError) -> Bool {
    do throws(FileError) { try check("lock", path) { flock(number, LOCK_EX | LOCK_NB) } } catch {
      guard error.code == EWOULDBLOCK else { throw error }
      return false
    }
    return true
  }

  package func unlock() {
    // Unlocking an open file that is locked has no way to fail that could be mended here.
    _ = flock(number, LOCK_UN)
  }

  /// Closes it, and says whether what was written has arrived: a terminal or a pipe may tell so only now.
  package consuming func finish(_ path: String) throws(FileError) {
    let number = self.number
    discard self
    guard close(number) == 0 else { throw .errno("write", path) }
  }
}
