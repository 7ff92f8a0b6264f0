internal import Glibc
internal import RelmFiles
internal import RelmVault

/// A file that is being written: beside its place, and there only when it is whole.
///
/// Written in parts, synced, renamed into its place, and the directory synced. One that is not put in place is taken away.
///
/// What somebody asked for can go to a place where no plain file is: a FIFO, a terminal, `/dev/null`. That is not replaced; it
/// is written to as it comes. A link is not replaced either, but what it leads to.
package final class NewFile {
  /// For whom a file is.
  package enum Purpose: Sendable {
    /// A part of a ledger: for whom the directory is that it lies in, whatever the umask.
    case ledger
    /// What somebody asked for, in a place that they named: for whom their umask says.
    case output
  }

  private let path: String
  /// Where it is written first; nil where it is written as it comes.
  private let temporary: String?
  private var descriptor: Int32

  /// - Parameters:
  ///   - path: its place.
  ///   - purpose: for whom it is.
  ///   - temporary: where it is written first, for a caller who alone writes there: what an earlier one who was killed
  ///     left is written over. Else a name that nobody else has.
  /// - Throws: ``FileError``.
  package init(at path: String, _ purpose: Purpose = .ledger, by temporary: String? = nil) throws(FileError) {
    if purpose == .output, let stream = try Self.stream(at: path) {
      self.path = path
      self.temporary = nil
      descriptor = stream
      return
    }
    let isOwn = temporary == nil
    let path = purpose == .output ? Self.followed(path) : path
    let temporary = temporary ?? path + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    self.path = path
    self.temporary = temporary
    let mode = purpose == .output ? 0o666 : AccessMode.inside(Files.directory(of: path)).file
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | (isOwn ? O_EXCL : O_TRUNC)
    descriptor = try Files.openPlain(temporary, flags, to: "create", mode: mode)
    guard purpose == .output || fchmod(descriptor, mode) == 0 else { throw failure("protect") }
  }

  deinit { abandon() }

  /// What lies at a path and takes bytes as they come, opened; nil where there is no such thing.
  ///
  /// - Throws: ``FileError`` where it takes none, as a directory does or a FIFO that nobody reads: that is not waited for.
  private static func stream(at path: String) throws(FileError) -> Int32? {
    switch FileKind(at: path) {
    case nil, .brokenLink: return nil
    case .directory: throw FileError(path: path, operation: "write", code: EISDIR)
    case .fifo, .socket, .device: break
    }
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "write", code: errno) }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return descriptor
  }

  /// Where a link leads; any other path as it is.
  private static func followed(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Writes on.
  ///
  /// - Throws: ``FileError``; the file will not be there then.
  package func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    do throws(FileError) {
      try Files.writeAll(bytes, to: descriptor, path: path)
    } catch {
      abandon()
      throw error
    }
  }

  /// Puts it in its place, durably.
  ///
  /// - Throws: ``FileError``; nothing is then at the path that was not there before.
  package func putInPlace() throws(FileError) {
    guard let temporary else {
      guard close(descriptor) == 0 else { throw failure("write") }
      descriptor = -1
      return
    }
    guard fsync(descriptor) == 0 else { throw failure("sync") }
    guard rename(temporary, path) == 0 else { throw failure("put in place") }
    close(descriptor)
    descriptor = -1
    try Files.syncDirectory(of: path)
  }

  private func failure(_ operation: String) -> FileError {
    let failure = FileError(path: path, operation: operation, code: errno)
    abandon()
    return failure
  }

  private func abandon() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let temporary { unlink(temporary) }
  }
}
