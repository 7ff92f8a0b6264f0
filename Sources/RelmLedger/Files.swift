package import Glibc
package import RelmFiles
internal import RelmStorage
internal import RelmVault

/// Trouble with a file, by its path and what the system said.
package struct FileError: Error, CustomStringConvertible {
  package let path: String
  package let operation: String
  package let code: Int32
  /// How many bytes are the most, where it has more.
  package let limitBytes: Int?
  /// What it is, where it is no plain file and is to be one.
  package let kind: FileKind?

  package init(
    path: String, operation: String, code: Int32, limitBytes: Int? = nil, kind: FileKind? = nil
  ) {
    self.path = path
    self.operation = operation
    self.code = code
    self.limitBytes = limitBytes
    self.kind = kind
  }

  init(path: String, operation: String, _ failure: PlainFile.Failure) {
    self.init(path: path, operation: operation, code: failure.code, kind: failure.kind)
  }

  /// Whether there is no such file.
  package var isMissing: Bool { (code == ENOENT || code == ENOTDIR) && kind == nil }

  /// Whether it is longer than what is asked for can be: something else, or a device without an end.
  package var isTooLong: Bool { limitBytes != nil }

  package var description: String {
    if let limitBytes {
      return "\(path) has more than \(limitBytes) bytes, which are the most that belong there"
    }
    if let kind { return "cannot \(operation) \(path): it is \(kind.words), and a plain file is to be there" }
    return "cannot \(operation) \(path): \(String(cString: strerror(code)))"
  }
}

/// Whole files, read and written so that they are there whole or not at all.
package enum Files {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: its place.
  ///   - limit: how many bytes it may have; of a longer one not much more is read.
  /// - Throws: ``FileError``.
  package static func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = try openPlain(path, O_RDONLY, to: "read")
    defer { close(descriptor) }
    return try read(descriptor, path: path, atMost: limit)
  }

  /// Opens what is to be a plain file, waiting for nobody.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - flags: as of `open(2)`.
  ///   - operation: what for, in the words of an error.
  ///   - mode: of a file that it makes.
  /// - Returns: the descriptor, which the caller closes.
  /// - Throws: ``FileError``, which says what lies there where that is no plain file.
  package static func openPlain(
    _ path: String, _ flags: Int32, to operation: String, mode: mode_t = 0
  ) throws(FileError) -> Int32 {
    do throws(PlainFile.Failure) { return try PlainFile.open(path, flags, mode: mode) } catch {
      throw FileError(path: path, operation: operation, error)
    }
  }

  /// All that comes from a descriptor until its end.
  package static func read(_ descriptor: Int32, path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachBlock(of: descriptor, path: path) { block throws(FileError) in
      guard bytes.count + block.count <= limit else {
        throw FileError(path: path, operation: "read", code: EFBIG, limitBytes: limit)
      }
      bytes.append(contentsOf: block)
      return true
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

  /// Hands out what comes from a descriptor, some 64 KiB at a time, so that however much comes, little is held.
  ///
  /// - Parameters:
  ///   - descriptor: open for reading.
  ///   - path: what it is called in errors.
  ///   - body: answers whether to go on.
  package static func forEachBlock(
    of descriptor: Int32, path: String, _ body: (ArraySlice<UInt8>) throws(FileError) -> Bool
  ) throws(FileError) {
    noteReading(descriptor)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path: path, operation: "read", code: errno) }
      guard count > 0, try body(buffer[..<count]) else { return }
    }
  }

  /// What a small file of the ledger's own holds: a mark, a cursor, a path.
  static func readSmall(_ path: String) throws(FileError) -> [UInt8] { try read(path, atMost: 1 << 14) }

  /// Where short-lived files go: `TMPDIR`, or `/tmp`.
  package static var temporaryDirectory: String {
    guard let named = getenv("TMPDIR"), named.pointee != 0 else { return "/tmp" }
    return String(cString: named)
  }

  /// Whether something is at the path, and be it a link that leads nowhere.
  package static func exists(_ path: String) -> Bool {
    var about = stat()
    return lstat(path, &about) == 0
  }

  /// Whether this user may not even look whether it is there.
  static func isDenied(_ path: String) -> Bool {
    access(path, F_OK) != 0 && errno == EACCES
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
  ///   - purpose: for whom it is.
  ///   - temporary: where it is written first, for a caller who alone writes there: what an earlier one who was killed
  ///     left is written over. Else a name that nobody else has.
  /// - Throws: ``FileError``; nothing is then at the path that was not there before.
  package static func write(
    _ bytes: [UInt8], to path: String, _ purpose: NewFile.Purpose = .ledger, by temporary: String? = nil
  ) throws(FileError) {
    let file = try NewFile(at: path, purpose, by: temporary)
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

  /// Makes a directory of a ledger, for whom the directory is that it lies in; one that is there is left.
  package static func makeDirectory(_ path: String) throws(FileError) {
    try makeDirectory(path, mode: AccessMode.inside(directory(of: path)).directory)
  }

  /// Makes a directory that somebody asked for, for whom their umask says; one that is there is left.
  package static func makeOutputDirectory(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) != 0 else { return }
    let code = errno
    guard code == EEXIST, FileKind(at: path) == .directory else {
      throw FileError(path: path, operation: "create the directory", code: code)
    }
  }

  /// Makes a directory with just this mode, whatever the umask; one that is there is left.
  package static func makeDirectory(_ path: String, mode: mode_t) throws(FileError) {
    guard mkdir(path, mode) == 0 else {
      if errno == EEXIST { return }
      throw FileError(path: path, operation: "create the directory", code: errno)
    }
    guard chmod(path, mode) == 0 else { throw FileError(path: path, operation: "protect", code: errno) }
  }

  /// What `stat(2)` says of what a path leads to; nil where there is nothing.
  package static func status(_ path: String) throws(FileError) -> stat? {
    var about = stat()
    if stat(path, &about) == 0 { return about }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw FileError(path: path, operation: "look at", code: errno)
    }
    return nil
  }

  /// Opens a file of the ledger that only stands for a lock, and makes it where it is not there.
  ///
  /// - Returns: nil where its directory is gone.
  static func openLock(_ path: String) throws(FileError) -> Int32? {
    let mode = AccessMode.inside(directory(of: path)).file
    while true {
      do throws(FileError) {
        let descriptor = try openPlain(path, O_RDWR | O_CREAT | O_EXCL, to: "open", mode: mode)
        guard fchmod(descriptor, mode) == 0 else {
          let error = FileError(path: path, operation: "protect", code: errno)
          close(descriptor)
          throw error
        }
        return descriptor
      } catch  where error.code == EEXIST {
        do throws(FileError) { return try openPlain(path, O_RDWR, to: "open") } catch  where error.isMissing {
          continue
        }
      } catch  where error.isMissing {
        // Removed between the two, or never to be made.
        guard exists(directory(of: path)) else { return nil }
      }
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
