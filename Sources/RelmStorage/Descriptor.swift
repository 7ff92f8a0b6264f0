internal import Glibc
internal import RelmFiles

/// An open file or directory of this process, closed on exec and at the end of its life.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  /// `open(2)` of what is there, always with `O_CLOEXEC`.
  init(_ path: String, _ flags: Int32, for operation: StorageError.Operation) throws(StorageError) {
    var number: Int32
    repeat {
      number = unsafe Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK)
    } while number < 0 && errno == EINTR
    guard number >= 0 else { throw .errno(operation, path) }
    self.number = number
  }

  /// `open(2)` of a plain file to read and write, which is made with this mode where it is not there.
  ///
  /// The umask only takes bits away, and of what a group shares it must not: so the mode is set once more.
  init(making path: String, mode: mode_t, for operation: StorageError.Operation) throws(StorageError) {
    while true {
      if let made = try Self.open(path, O_RDWR | O_CREAT | O_EXCL, mode, unless: EEXIST, operation) {
        // Of a file just made this cannot fail but on a broken disk, which tells of itself soon enough.
        fchmod(made, mode)
        number = made
        return
      }
      if let found = try Self.open(path, O_RDWR, mode, unless: ENOENT, operation) {
        number = found
        return
      }
      // Whoever deletes views may do so just between the two.
      guard FileIdentity(directoryOf: path) != nil else { throw StorageError(system: ENOENT, operation, path) }
    }
  }

  /// - Returns: nil where it fails with this code, and not because something else than a plain file is there.
  private static func open(
    _ path: String, _ flags: Int32, _ mode: mode_t, unless code: Int32, _ operation: StorageError.Operation
  ) throws(StorageError) -> Int32? {
    do throws(PlainFile.Failure) { return try PlainFile.open(path, flags, mode: mode) } catch {
      guard error.code == code, error.kind == nil else { throw StorageError(error, operation, path) }
      return nil
    }
  }

  deinit { close(number) }

  /// Writes what the kernel holds of it to the disk; of a directory, its entries.
  func sync(_ path: String) throws(StorageError) {
    guard fsync(number) == 0 else { throw .errno(.sync, path) }
  }

  /// Tries to be the only holder of the lock on this file. The lock belongs to the open file: it ends with it, so
  /// with the process, however that dies.
  ///
  /// - Returns: false if another one holds it.
  func tryLock(_ path: String) throws(StorageError) -> Bool {
    while true {
      if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
      switch errno {
      case EWOULDBLOCK: return false
      case EINTR: continue
      default: throw .errno(.lock, path)
      }
    }
  }

  func unlock() {
    // Unlocking an open file that is locked has no way to fail that could be mended here.
    _ = flock(number, LOCK_UN)
  }

  func identity(_ path: String) throws(StorageError) -> FileIdentity {
    var about = stat()
    guard unsafe fstat(number, &about) == 0 else { throw .errno(.open, path) }
    return FileIdentity(device: about.st_dev, inode: about.st_ino)
  }
}

extension StorageError {
  /// What could not be opened as a plain file.
  init(_ failure: PlainFile.Failure, _ operation: Operation, _ path: String) {
    if let kind = failure.kind {
      self.init(.notPlain, operation, path, detail: "it is \(kind.words)")
    } else {
      self.init(system: failure.code, operation, path)
    }
  }
}

/// Which file it is, whatever it is called: symbolic links and other spellings of a path give the same.
struct FileIdentity: Hashable, Sendable {
  let device: dev_t
  let inode: ino_t

  /// The identity of what a path leads to, or nil if there is nothing.
  init?(path: String) {
    var about = stat()
    guard unsafe stat(path, &about) == 0 else { return nil }
    (device, inode) = (about.st_dev, about.st_ino)
  }

  /// The identity of the directory that holds a file.
  init?(directoryOf path: String) {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
    self.init(path: String(folder))
  }

  init(device: dev_t, inode: ino_t) {
    self.device = device
    self.inode = inode
  }
}
