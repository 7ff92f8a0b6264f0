internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// The events that were not taken, in a file: every byte as it came, so that it can be corrected and appended. Why each was
/// not taken stands beside it, in `FILE.reasons`: a line of JSON for each thing that is wrong.
///
/// Of an array, the elements that were not taken stand in an array.
final class Rejects {
  private let path: String
  private let file: Descriptor
  private var reasons: Descriptor?
  private(set) var count = 0
  private var isArray = false

  /// - Throws: a failure with status 73 where the file cannot be made; a usage failure where it is the input.
  init(_ path: String, input: InputFile?) throws {
    self.path = path
    if let input, try Self.isSame(path, input) {
      throw CommandFailure(.usage, "--rejects names the input itself, which would be lost; name another file")
    }
    file = try Self.make(path)
  }

  private static func isSame(_ path: String, _ input: InputFile) throws -> Bool {
    var about = stat()
    guard fstat(input.descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG,
      let other = try Files.status(path)
    else { return false }
    return FileIdentity(about) == FileIdentity(other)
  }

  private static func make(_ path: String) throws -> Descriptor {
    // A FIFO that nobody reads is told, and not waited for.
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard file >= 0 else {
      throw CommandFailure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
    return Descriptor(owning: file)
  }

  /// Writes what was not taken, and tells why.
  func add(_ text: EventText, _ problems: [Problem], _ status: ExitStatus) throws {
    if text.element != nil { try write(count == 0 ? "[" : ",\n") }
    isArray = isArray || text.element != nil
    count += 1
    try Files.writeAll((text.bytes + text.ending)[...], to: file.number, path: path)
    for problem in problems {
      ErrorOutput.tell(problem, status)
      try addReason(problem.object(status))
    }
  }

  private func addReason(_ object: [UInt8]) throws {
    let place = path + ".reasons"
    if reasons == nil { reasons = try Self.make(place) }
    guard let number = reasons?.number else { preconditionFailure("it was just made") }
    try Files.writeAll((object + [UInt8(ascii: "\n")])[...], to: number, path: place)
  }

  /// Ends the file. Reasons of an earlier run say nothing of this one.
  func end() throws {
    if isArray { try write("]\n") }
    if reasons == nil { try Files.remove(path + ".reasons") }
  }

  private func write(_ text: String) throws {
    try Files.writeAll(Array(text.utf8)[...], to: file.number, path: path)
  }
}
