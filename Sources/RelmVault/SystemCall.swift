import Glibc
import RelmFiles

/// The few calls of the operating system that a vault is made of, each checked in one place.
enum SystemCall {
  /// The system's words for an error number: "Permission denied".
  static func words(for code: Int32) -> String {
    guard let message = strerror(code) else { return "error \(code)" }
    return String(cString: message)
  }

  /// Runs `call` until it is not interrupted by a signal; -1 becomes a `VaultError`.
  @discardableResult
  static func check<Result: FixedWidthInteger & SignedInteger>(
    _ operation: String, _ file: String, _ call: () -> Result
  ) throws(VaultError) -> Result {
    while true {
      let result = call()
      if result != -1 { return result }
      let code = errno
      if code == EINTR { continue }
      throw .system(operation: operation, file: file, errno: code)
    }
  }

  /// What `path` is, without following a link at its end; nil where nothing is there.
  static func status(of path: String) throws(VaultError) -> stat? {
    var status = stat()
    if lstat(path, &status) == 0 { return status }
    let code = errno
    if code == ENOENT { return nil }
    throw .system(operation: "looking", file: path, errno: code)
  }

  /// The whole content of a small file; nil where nothing is there.
  ///
  /// - Parameter access: for whom it may be; a file that others may read or write is refused.
  /// - Throws: `damaged` for a file over `limit` bytes or one that is no plain file, `exposed`, `system`.
  static func read(_ path: String, limitBytes limit: Int, for access: AccessMode) throws(VaultError) -> [UInt8]?
  {
    let descriptor: Int32
    do throws(PlainFile.Failure) { descriptor = try PlainFile.open(path, O_RDONLY) } catch {
      if let kind = error.kind {
        throw .damaged(
          file: path, reason: "it is \(kind.words), and no plain file", remedy: "Put the right file there.")
      }
      if error.code == ENOENT { return nil }
      throw .system(operation: "opening", file: path, errno: error.code)
    }
    defer { Glibc.close(descriptor) }
    var status = stat()
    try check("looking", path) { fstat(descriptor, &status) }
    if status.st_mode & access.forbidden != 0 {
      throw .exposed(file: path, mode: UInt16(status.st_mode & 0o7777))
    }
    guard status.st_size <= limit else {
      throw .damaged(
        file: path, reason: "it has \(status.st_size) bytes where at most \(limit) belong",
        remedy: "Restore it from its backup.")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try check("reading", path) { Glibc.read(descriptor, &chunk, chunk.count) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw .damaged(file: path, reason: "it grows while it is read", remedy: "Try again.")
      }
    }
  }

  /// Makes a new file, and waits until its bytes are on disk.
  ///
  /// - Throws: `exists` where something has that name, `system`. A file that could not be written whole is gone.
  static func create(_ path: String, _ bytes: [UInt8], for access: AccessMode) throws(VaultError) {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, access.file)
    if descriptor == -1 {
      let code = errno
      if code == EEXIST { throw .exists(file: path) }
      throw .system(operation: "making", file: path, errno: code)
    }
    do throws(VaultError) {
      defer { Glibc.close(descriptor) }
      // The umask can only take bits away; a strange one must not take the owner's.
      try check("protecting", path) { fchmod(descriptor, access.file) }
      var written = 0
      while written < bytes.count {
        written += try check("writing", path) {
          bytes.withUnsafeBytes {
            Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
          }
        }
      }
      try check("syncing", path) { fsync(descriptor) }
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Gives the file at `path` the name `target` too, if that name is free.
  /// - Returns: false where the name is taken.
  static func link(_ path: String, to target: String) throws(VaultError) -> Bool {
    if Glibc.link(path, target) == 0 { return true }
    let code = errno
    if code == EEXIST { return false }
    throw .system(operation: "linking", file: target, errno: code)
  }

  /// Moves a file over another in one step.
  static func rename(_ path: String, over target: String) throws(VaultError) {
    try check("renaming", target) { Glibc.rename(path, target) }
  }

  /// Removes a file; one that is not there is removed already.
  static func remove(_ path: String) throws(VaultError) {
    if unlink(path) == 0 { return }
    let code = errno
    if code != ENOENT { throw .system(operation: "removing", file: path, errno: code) }
  }

  /// Waits until a folder's names are on disk.
  static func syncFolder(_ path: String) throws(VaultError) {
    let descriptor = try check("opening", path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { Glibc.close(descriptor) }
    try check("syncing", path) { fsync(descriptor) }
  }

  /// The names in a folder, in no order, without "." and "..".
  static func names(in path: String) throws(VaultError) -> [String] {
    guard let folder = opendir(path) else { throw .system(operation: "listing", file: path, errno: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        let code = errno
        if code == 0 { return names }
        throw .system(operation: "listing", file: path, errno: code)
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }
}
