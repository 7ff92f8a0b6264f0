internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// A file that somebody named, or standard input where that is `-`: open for reading, and never read without a bound.
///
/// A name leads to a plain file. What comes through a pipe is read from a descriptor that is open already: `-`, or what a
/// shell puts in the place of `<(…)`. Of a FIFO by its name nobody knows whether anybody will ever write into it.
final class InputFile {
  /// What it is called in remarks.
  let name: String
  var descriptor: Int32 { file.number }
  private let file: Descriptor

  /// - Throws: `FileError`; a failure with status 65 for what is no plain file, and with 66 for a link that leads nowhere.
  init(_ path: String) throws {
    name = path == "-" ? "standard input" : path
    file = try Self.open(path)
    Traces.noteReading(Self.openDescriptor(path) == STDIN_FILENO ? STDIN_FILENO : descriptor)
  }

  private static func open(_ path: String) throws -> Descriptor {
    if path != "-" {
      do throws(FileError) { return try Descriptor(path, O_RDONLY, to: "read") } catch {
        if openDescriptor(path) == nil { throw trouble(path, error) }
      }
    }
    let copy = dup(openDescriptor(path) ?? STDIN_FILENO)
    guard copy >= 0 else { throw FileError(path: path, operation: "read", code: errno) }
    return Descriptor(owning: copy)
  }

  private static func trouble(_ path: String, _ failure: FileError) -> any Error {
    guard let kind = failure.kind else { return failure }
    let isPipe = kind == .fifo || kind == .socket
    return CommandFailure(
      kind == .brokenLink ? .noInput : .badInput,
      "cannot read \(path): it is \(kind.words), and a plain file is to be there"
        + (isPipe ? "; what comes through a pipe is read from standard input, as in: … - < \(path)" : ""))
  }

  /// The descriptor of this process that a path names.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdin": return STDIN_FILENO
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
        return Int32(path.dropFirst(folder.count))
      }
      return nil
    }
  }

  /// All of it.
  ///
  /// - Throws: `FileError`, also where it is longer.
  func bytes(atMost limit: Int) throws(FileError) -> [UInt8] {
    try Files.read(descriptor, path: name, atMost: limit)
  }

  /// All of a file that somebody named.
  static func bytes(_ path: String, atMost limit: Int) throws -> [UInt8] {
    try InputFile(path).bytes(atMost: limit)
  }
}

extension InputFile {
  /// A checkpoint, a proof, a record: each some thousands of bytes, and with all the signatures of the world a mebibyte.
  static let noteLimitBytes = 1 << 20
}
