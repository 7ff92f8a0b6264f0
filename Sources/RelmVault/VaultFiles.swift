internal import Glibc
internal import RelmFiles

/// The vault's files: small, for few eyes, and on disk before anybody relies on them. What goes wrong with one is a
/// `VaultError`.
enum VaultFiles {
  /// Does something with files, whose trouble is the vault's.
  static func doing<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
  ) throws(VaultError) -> Result {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }

  /// What `path` is, without following a link at its end; nil where nothing is there.
  static func status(of path: String) throws(VaultError) -> stat? {
    try doing { () throws(FileError) in try Files.status(path, follows: false) }
  }

  /// The whole content of a small file; nil where nothing is there.
  ///
  /// - Parameter access: for whom it may be; a file that others may read or write is refused.
  /// - Throws: `damaged` for a file over `limit` bytes or one that is no plain file, `exposed`, `file`.
  static func read(_ path: String, limitBytes limit: Int, for access: AccessMode) throws(VaultError) -> [UInt8]?
  {
    guard let file = try open(path) else { return nil }
    let about = try doing { () throws(FileError) in try file.status(path) }
    if about.st_mode & access.forbidden != 0 {
      throw .exposed(file: path, mode: UInt16(about.st_mode & 0o7777))
    }
    guard about.st_size <= limit else {
      throw .damaged(
        file: path, reason: "it has \(about.st_size) bytes where at most \(limit) belong",
        remedy: "Restore it from its backup.")
    }
    do throws(FileError) { return try Files.read(file.number, path: path, atMost: limit) } catch {
      guard error.isTooLong else { throw .file(error) }
      throw .damaged(file: path, reason: "it grows while it is read", remedy: "Try again.")
    }
  }

  private static func open(_ path: String) throws(VaultError) -> Descriptor? {
    do throws(FileError) { return try Descriptor(path, O_RDONLY, to: "open") } catch {
      if let kind = error.kind {
        throw .damaged(
          file: path, reason: "it is \(kind.words), and no plain file", remedy: "Put the right file there.")
      }
      if error.code == ENOENT { return nil }
      throw .file(error)
    }
  }

  /// Makes a new file, and waits until its bytes are on disk.
  ///
  /// - Throws: `exists` where something has that name, `file`. A file that could not be written whole is gone.
  static func create(_ path: String, _ bytes: [UInt8], for access: AccessMode) throws(VaultError) {
    do throws(FileError) { try Files.create(path, bytes, mode: access.file) } catch {
      if error.code == EEXIST { throw .exists(file: path) }
      throw .file(error)
    }
  }

  /// Gives the file at `path` the name `target` too, if that name is free.
  ///
  /// - Returns: false where the name is taken.
  static func link(_ path: String, to target: String) throws(VaultError) -> Bool {
    try doing { () throws(FileError) in try Files.link(path, to: target) }
  }

  /// Moves a file over another in one step.
  static func rename(_ path: String, over target: String) throws(VaultError) {
    try doing { () throws(FileError) in try Files.rename(path, to: target) }
  }

  /// Removes a file; one that is not there is removed already.
  static func remove(_ path: String) throws(VaultError) {
    try doing { () throws(FileError) in try Files.remove(path) }
  }

  /// Waits until a folder's names are on disk.
  static func syncFolder(_ path: String) throws(VaultError) {
    try doing { () throws(FileError) in try Files.sync(directory: path) }
  }

  /// The names in a folder, sorted.
  static func names(in path: String) throws(VaultError) -> [String] {
    try doing { () throws(FileError) in try Files.list(path) }
  }
}
