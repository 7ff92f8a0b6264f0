internal import Glibc
internal import RelmDomain
internal import RelmLedger

/// Events one after another, as often as they are asked for.
protocol EventSource {
  /// Hands out every event.
  ///
  /// - Parameter body: takes what a line or document holds: the event, or why it is no JSON; answers whether to go on.
  func forEachEvent(_ body: (EventText) throws -> Bool) throws
}

/// CloudEvents as they come in: one event, a JSON array of them (a batch), or one a line (NDJSON).
///
/// It reads lines in blocks and can be read again from the beginning: standard input that cannot be rewound is first
/// copied into a file that has no name.
final class EventInput: EventSource {
  enum Shape {
    /// One event a line.
    case lines
    /// One JSON text: an event, or an array of events.
    case document
  }

  private let descriptor: Int32
  private let path: String

  /// - Parameter path: a file, or `-` for standard input.
  /// - Throws: a failure with status 66 where there is no such file.
  init(_ path: String) throws {
    self.path = path == "-" ? "standard input" : path
    if path == "-" {
      Files.noteReading(STDIN_FILENO)
      descriptor = try Self.rewindable(STDIN_FILENO)
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw CommandFailure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
      }
      Files.noteReading(descriptor)
    }
  }

  deinit {
    close(descriptor)
  }

  private static func rewindable(_ descriptor: Int32) throws -> Int32 {
    if lseek(descriptor, 0, SEEK_CUR) >= 0 { return dup(descriptor) }
    let copy = try NamelessFile.make()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandFailure(.inputOutput, "cannot read standard input: \(String(cString: strerror(errno)))")
      }
      guard count > 0 else { break }
      try Files.writeAll(buffer[..<count], to: copy, path: "a temporary file")
    }
    lseek(copy, 0, SEEK_SET)
    return copy
  }

  func forEachEvent(_ body: (EventText) throws -> Bool) throws {
    lseek(descriptor, 0, SEEK_SET)
    switch try shape() {
    case .lines:
      try forEachLine { block, range, line in
        try body(EventText(block, range, line: line))
      }
    case .document:
      let bytes = try Files.read(descriptor, path: path)
      let document: JSONDocument
      do {
        document = try JSONDocument(bytes)
      } catch {
        _ = try body(EventText(failure: error))
        return
      }
      guard document.root.kind == .array else {
        _ = try body(EventText(document, document.root))
        return
      }
      for element in document.root.elements {
        guard try body(EventText(document, element)) else { return }
      }
    }
  }

  /// Lines, unless the text begins with a bracket, or with a brace that its first line does not close.
  private func shape() throws -> Shape {
    var first: [UInt8] = []
    var begins: UInt8?
    try forEachLine { block, range, _ in
      first = Array(block[range])
      begins = first.first { !Self.isSpace($0) }
      return begins == nil
    }
    lseek(descriptor, 0, SEEK_SET)
    if begins == UInt8(ascii: "[") { return .document }
    let last = first.last { !Self.isSpace($0) }
    return begins == UInt8(ascii: "{") && last != UInt8(ascii: "}") ? .document : .lines
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// Hands out lines that are not blank: a block of bytes and where in it the line lies.
  private func forEachLine(_ body: (_ block: [UInt8], _ range: Range<Int>, _ line: Int) throws -> Bool) throws {
    var pending: [UInt8] = []
    var number = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw FileError(path: path, operation: "read", code: errno)
      }
      let isLast = count == 0
      let block = pending + buffer[..<count]
      var start = 0
      while start < block.count {
        guard let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) ?? (isLast ? block.count : nil)
        else {
          break
        }
        number += 1
        if !block[start..<end].allSatisfy(Self.isSpace) {
          guard try body(block, start..<end, number) else { return }
        }
        start = end + 1
      }
      pending = start < block.count ? Array(block[start...]) : []
      if isLast { return }
    }
  }
}

/// One event's text, read as JSON, or why it is none.
struct EventText {
  let line: Int
  /// The text as it came, on one line.
  let bytes: [UInt8]
  let content: Result<JSONNode, JSONError>

  init(_ block: [UInt8], _ range: Range<Int>, line: Int) {
    self.line = line
    bytes = Array(block[range])
    do throws(JSONError) {
      content = .success(try JSONDocument(bytes, line: line).root)
    } catch {
      content = .failure(error)
    }
  }

  init(_ document: JSONDocument, _ node: JSONNode) {
    line = node.line
    bytes = document.canonicalBytes(of: node)
    content = .success(node)
  }

  init(failure: JSONError) {
    line = failure.line
    bytes = []
    content = .failure(failure)
  }
}
