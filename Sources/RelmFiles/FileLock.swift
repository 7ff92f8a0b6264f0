/// The lock on a file that stands for nothing else: one holder at a time. It belongs to the open file, so it ends with its
/// holder, however that dies.
package final class FileLock: Sendable {
  private let file: Descriptor

  /// - Parameter path: of the lock file; made if it is not there, for whom the directory is.
  /// - Returns: nil where another one has it.
  /// - Throws: ``FileError``, which `isMissing` where the directory is gone.
  package static func take(_ path: String) throws(FileError) -> FileLock? {
    while true {
      let file = try Descriptor(making: path, mode: AccessMode.inside(Files.directory(of: path)).file)
      guard try file.tryLock(path) else { return nil }
      // Whoever deletes what it stands for deletes it as well: then what is locked here is no longer what others open.
      if FileIdentity(path: path) == (try file.identity(path)) { return FileLock(file) }
    }
  }

  private init(_ file: consuming Descriptor) { self.file = file }
}
