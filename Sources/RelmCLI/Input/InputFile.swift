internal import Glibc
internal import RelmLedger

/// A file that somebody named, or standard input where that is `-`: open for reading, and never read without a bound.
final class InputFile {
  /// What it is called in remarks.
  let name: String
  let descriptor: Int32

  /// - Throws: `FileError`.
  init(_ path: String) throws(FileError) {
    name = path == "-" ? "standard input" : path
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: name, operation: "read", code: errno) }
    self.descriptor = descriptor
    Files.noteReading(path == "-" ? STDIN_FILENO : descriptor)
  }

  deinit { close(descriptor) }

  /// All of it.
  ///
  /// - Throws: `FileError`, also where it is longer.
  func bytes(atMost limit: Int) throws(FileError) -> [UInt8] {
    try Files.read(descriptor, path: name, atMost: limit)
  }

  /// All of a file that somebody named.
  static func bytes(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    try InputFile(path).bytes(atMost: limit)
  }
}

extension InputFile {
  /// A checkpoint, a proof, a record: each some thousands of bytes, and with all the signatures of the world a mebibyte.
  static let noteLimitBytes = 1 << 20
}
