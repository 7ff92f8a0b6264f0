package import Glibc

/// Whole files, read and written so that they are there whole or not at all.
package enum Files {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: its place.
  ///   - limit: how many bytes it may have; of a longer one not much more is read.
  /// - Throws: ``FileError``.
  package static func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    let file = try Descriptor(path, O_RDONLY, to: "read")
    return try read(file.number, path: path, atMost: limit)
  }

  /// All that comes from a descriptor until its end.
  package static func read(_ descriptor: Int32, path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachBlock(of: descriptor, path: path, blockBytes: min(1 << 16, limit + 1)) {
      block throws(FileError) in
      guard bytes.count + block.count <= limit else {
        throw FileError(path: path, operation: "read", code: EFBIG, limitBytes: limit)
      }
      bytes.append(contentsOf: block)
      return true
    }
    return bytes
  }

  /// Hands out what comes from a descriptor, some 64 KiB at a time, so that however much comes, little is held.
  ///
  /// - Parameters:
  ///   - descriptor: open for reading.
  ///   - path: what it is called in errors.
  ///   - blockBytes: how many are held at a time.
  ///   - body: answers whether to go on.
  package static func forEachBlock(
    of descriptor: Int32, path: String, blockBytes: Int = 1 << 16,
    _ body: (ArraySlice<UInt8>) throws(FileError) -> Bool
  ) throws(FileError) {
    Traces.noteReading(descriptor)
    // What is read is written there before anything looks; to write zeros first would touch every page of it.
    var buffer = unsafe [UInt8](unsafeUninitializedCapacity: blockBytes) { _, count in count = blockBytes }
    while true {
      let count = try check("read", path) { unsafe Glibc.read(descriptor, &buffer, buffer.count) }
      guard count > 0, try body(buffer[..<count]) else { return }
    }
  }

  /// What a small file of the ledger's own holds: a mark, a cursor, a path.
  package static func readSmall(_ path: String) throws(FileError) -> [UInt8] { try read(path, atMost: 1 << 14) }

  /// Where short-lived files go: `TMPDIR`, or `/tmp`.
  package static var temporaryDirectory: String {
    guard let named = unsafe getenv("TMPDIR"), unsafe named.pointee != 0 else { return "/tmp" }
    return unsafe String(cString: named)
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
      let count = try check("write", path) {
        unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes a new file, and waits until its bytes are on disk; its name is once its directory is synced.
  ///
  /// - Parameter mode: just this, whatever the umask: a strange one must not take the owner's bits.
  /// - Throws: ``FileError``, with `EEXIST` where something has that name. A file that could not be written whole is gone.
  package static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(FileError) {
    let file = try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, to: "create", mode: mode)
    do throws(FileError) {
      try file.protect(mode, path)
      try writeAll(bytes[...], to: file.number, path: path)
      try file.sync(path)
    } catch {
      unsafe unlink(path)
      throw error
    }
  }

  /// Moves a file or a directory to a path in one step, over a file that is there.
  package static func rename(
    _ path: String, to target: String, for operation: String = "put in place"
  ) throws(FileError) {
    try check(operation, target) { unsafe Glibc.rename(path, target) }
  }

  /// Gives the file at a path a second name, if that is free.
  ///
  /// - Returns: false where the name is taken.
  package static func link(
    _ path: String, to target: String, for operation: String = "put in place"
  ) throws(FileError) -> Bool {
    do throws(FileError) { try check(operation, target) { unsafe Glibc.link(path, target) } } catch {
      guard error.code == EEXIST else { throw error }
      return false
    }
    return true
  }
}
