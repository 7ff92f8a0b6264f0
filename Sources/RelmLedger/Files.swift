package import Glibc
internal import RelmStorage

/// Trouble with a file, by its path and what the system said.
package struct FileError: Error, CustomStringConvertible {
  package let path: String
  package let operation: String
  package let code: Int32

  package init(path: String, operation: String, code: Int32) {
    (self.path, self.operation, self.code) = (path, operation, code)
  }

  /// Whether there is no such file.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  package var description: String {
    "cannot \(operation) \(path): \(String(cString: strerror(code)))"
  }
}

/// Whole files, read and written so that they are there whole or not at all.
package enum Files {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: its place.
  ///   - limit: how many bytes are wanted; of a longer file a few more are read, and the rest is not.
  /// - Throws: ``FileError``.
  package static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "read", code: errno) }
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  /// All that comes from a descriptor until its end, or until it is more than is wanted.
  package static func read(_ descriptor: Int32, path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    noteReading(descriptor)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path: path, operation: "read", code: errno) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// Says that something is read: a file can be read again where a command has to begin anew, a pipe cannot.
  package static func noteReading(_ descriptor: Int32) {
    var about = stat()
    guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
      return StoreGuard.forbidRepeating()
    }
    if descriptor == STDIN_FILENO { StoreGuard.noteInputWasRead() }
  }

  /// Where short-lived files go: `TMPDIR`, or `/tmp`.
  package static var temporaryDirectory: String {
    guard let named = getenv("TMPDIR"), named.pointee != 0 else { return "/tmp" }
    return String(cString: named)
  }

  /// Whether something is at the path.
  package static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Whether this process may write there; false on a file system that is mounted for reading only.
  package static func isWritable(_ path: String) -> Bool {
    access(path, W_OK) == 0
  }

  /// Writes a file durably: beside its place, synced, renamed into it, and the directory synced.
  ///
  /// - Parameters:
  ///   - bytes: what it holds.
  ///   - path: its place.
  ///   - mode: its mode.
  ///   - temporary: where it is written first, for a caller who alone writes there: what an earlier one who was killed
  ///     left is written over. Else a name that nobody else has.
  /// - Throws: ``FileError``; nothing is then at the path that was not there before.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t = 0o644, by temporary: String? = nil
  ) throws(FileError) {
    let file = try NewFile(at: path, mode: mode, by: temporary)
    try file.write(bytes[...])
    try file.putInPlace()
  }

  /// Writes all bytes to a descriptor.
  package static func writeAll(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
  ) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path: path, operation: "write", code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// A path from the root, without following links.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + path
  }

  /// A file's length in bytes; 0 where there is none.
  package static func length(_ path: String) throws(FileError) -> Int {
    var about = stat()
    guard stat(path, &about) == 0 else {
      guard errno == ENOENT else { throw FileError(path: path, operation: "look at", code: errno) }
      return 0
    }
    return about.st_size
  }

  /// Makes a directory; one that is there is left.
  package static func makeDirectory(_ path: String, mode: mode_t = 0o755) throws(FileError) {
    guard mkdir(path, mode) == 0 || errno == EEXIST else {
      throw FileError(path: path, operation: "create the directory", code: errno)
    }
  }

  /// Puts a directory's entries on disk: of the directory that holds the path.
  package static func syncDirectory(of path: String) throws(FileError) {
    let parent = directory(of: path)
    let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: parent, operation: "open", code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(path: parent, operation: "sync", code: errno) }
  }

  /// The path of the directory that holds a path.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path as another spelling has it that ends in a name: `a/` is `a`; the root stays.
  package static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// The names in a directory, sorted.
  package static func list(_ path: String) throws(FileError) -> [String] {
    guard let directory = opendir(path) else { throw FileError(path: path, operation: "list", code: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file or a whole directory; what is not there stays so.
  package static func remove(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw FileError(path: path, operation: "remove", code: errno) }
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try list(path) { try remove(path + "/" + name) }
      guard rmdir(path) == 0 || errno == ENOENT else {
        throw FileError(path: path, operation: "remove", code: errno)
      }
    } else {
      guard unlink(path) == 0 || errno == ENOENT else {
        throw FileError(path: path, operation: "remove", code: errno)
      }
    }
  }
}
