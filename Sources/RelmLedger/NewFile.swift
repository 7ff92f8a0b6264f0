internal import Glibc
internal import RelmVault

/// A file that is being written: beside its place, and there only when it is whole.
///
/// Written in parts, synced, renamed into its place, and the directory synced. One that is not put in place is taken away.
package final class NewFile {
  /// For whom a file is.
  package enum Purpose: Sendable {
    /// A part of a ledger: for whom the directory is that it lies in, whatever the umask.
    case ledger
    /// What somebody asked for, in a place that they named: for whom their umask says.
    case output
  }

  private let path: String
  private let temporary: String
  private var descriptor: Int32

  /// - Parameters:
  ///   - path: its place.
  ///   - purpose: for whom it is.
  ///   - temporary: where it is written first, for a caller who alone writes there: what an earlier one who was killed
  ///     left is written over. Else a name that nobody else has.
  /// - Throws: ``FileError``.
  package init(at path: String, _ purpose: Purpose = .ledger, by temporary: String? = nil) throws(FileError) {
    let isOwn = temporary == nil
    self.path = path
    self.temporary = temporary ?? path + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    let mode = purpose == .output ? 0o666 : AccessMode.inside(Files.directory(of: path)).file
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | (isOwn ? O_EXCL : O_TRUNC)
    descriptor = try Files.openPlain(self.temporary, flags, to: "create", mode: mode)
    guard purpose == .output || fchmod(descriptor, mode) == 0 else { throw failure("protect") }
  }

  deinit { abandon() }

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
    unlink(temporary)
  }
}
