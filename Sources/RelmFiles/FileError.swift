internal import Glibc

/// Trouble with a file: its path, what was being done, and what the system said.
///
/// The one error of the file layer. Whoever stands on it and has an error of its own (`StorageError`, `VaultError`) says
/// there what it means.
package struct FileError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// In the words of a sentence: "cannot … PATH".
  package let operation: String
  /// `errno`, or what says best that it is no plain file.
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

  /// `errno`, read at once, as an error.
  static func errno(_ operation: String, _ path: String) -> FileError {
    FileError(path: path, operation: operation, code: Glibc.errno)
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
    return "cannot \(operation) \(path): \(Self.words(for: code))"
  }

  /// The system's words for an error number: "Permission denied".
  package static func words(for code: Int32) -> String {
    guard let message = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: message)
  }
}

/// Runs `call` until no signal interrupts it; -1 becomes a ``FileError``.
@discardableResult
func check<Result: FixedWidthInteger & SignedInteger>(
  _ operation: String, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = call()
    if result != -1 { return result }
    let code = errno
    if code != EINTR { throw FileError(path: path, operation: operation, code: code) }
  }
}
