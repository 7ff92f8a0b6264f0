internal import Glibc

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
  /// Nil once it is in place, or given up.
  private var file: Descriptor?

  /// - Parameters:
  ///   - path: its place.
  ///   - purpose: for whom it is.
  ///   - temporary: where it is written first, for a caller who alone writes there: what an earlier one who was killed
  ///     left is written over. Else a name that nobody else has.
  /// - Throws: ``FileError``.
  package init(at path: String, _ purpose: Purpose = .ledger, by temporary: String? = nil) throws(FileError) {
    if purpose == .output, try Self.takesAsItComes(path) {
      self.path = path
      self.temporary = nil
      file = try Self.stream(at: path)
      return
    }
    let isOwn = temporary == nil
    let path = purpose == .output ? Files.resolved(path) ?? path : path
    let temporary = temporary ?? path + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    self.path = path
    self.temporary = temporary
    let mode = purpose == .output ? 0o666 : AccessMode.inside(Files.directory(of: path)).file
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | (isOwn ? O_EXCL : O_TRUNC)
    file = try Descriptor(temporary, flags, to: "create", mode: mode)
    guard purpose == .ledger else { return }
    try abandoningOnFailure { file throws(FileError) in try file.protect(mode, path) }
  }

  deinit { abandon() }

  /// Whether what lies at a path takes bytes as they come; false where nothing or a plain file is.
  private static func takesAsItComes(_ path: String) throws(FileError) -> Bool {
    switch FileKind(at: path) {
    case nil, .brokenLink: return false
    case .directory: throw FileError(path: path, operation: "write", code: EISDIR)
    case .fifo, .socket, .device: return true
    }
  }

  /// - Throws: ``FileError`` where it takes none, as a FIFO does that nobody reads: that is not waited for.
  private static func stream(at path: String) throws(FileError) -> Descriptor {
    let flags = O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let file = Descriptor(owning: try check("write", path) { unsafe open(path, flags) })
    _ = fcntl(file.number, F_SETFL, fcntl(file.number, F_GETFL) & ~O_NONBLOCK)
    return file
  }

  /// Writes on.
  ///
  /// - Throws: ``FileError``; the file will not be there then.
  package func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    try abandoningOnFailure { file throws(FileError) in
      try Files.writeAll(bytes, to: file.number, path: path)
    }
  }

  /// Puts it in its place, durably.
  ///
  /// - Throws: ``FileError``; nothing is then at the path that was not there before.
  package func putInPlace() throws(FileError) {
    guard let temporary else {
      guard let stream = file.take() else { preconditionFailure("it is put in place once") }
      return try stream.finish(path)
    }
    try abandoningOnFailure { file throws(FileError) in
      try file.sync(path)
      try Files.rename(temporary, to: path)
    }
    file = nil
    try Files.syncDirectory(of: path)
  }

  private func abandoningOnFailure(
    _ body: (borrowing Descriptor) throws(FileError) -> Void
  ) throws(FileError) {
    guard let file = file.take() else { preconditionFailure("it is in place, or was given up") }
    do throws(FileError) { try body(file) } catch {
      if let temporary { unsafe unlink(temporary) }
      throw error
    }
    self.file = consume file
  }

  private func abandon() {
    guard file.take() != nil, let temporary else { return }
    unsafe unlink(temporary)
  }
}
