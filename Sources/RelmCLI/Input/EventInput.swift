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

  /// A line is one event, whose record has at most 65,535 bytes; written wastefully it may have some more.
  static let lineLimitBytes = 1 << 20
  /// A document is held in memory.
  static let documentLimitBytes = 32 << 20
  /// What is one transaction, of 10,000 events at most.
  static let wholeLimitBytes = 1 << 30

  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - isChunked: whether it may be as long as it likes.
  /// - Throws: a failure with status 66 where there is no such file; `FileError`.
  init(_ path: String, isChunked: Bool) throws {
    let file: InputFile
    do throws(FileError) {
      file = try InputFile(path)
    } catch {
      throw CommandFailure(ExitStatus(error), "\(error)")
    }
    self.path = file.name
    descriptor = try Self.rewindable(file, atMost: isChunked ? .max : Self.wholeLimitBytes)
  }

  deinit {
    close(descriptor)
  }

  /// A file as it is; a pipe or a device as a copy, which ends where no event can be so long.
  private static func rewindable(_ file: InputFile, atMost limit: Int) throws -> Int32 {
    var about = stat()
    if fstat(file.descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG { return dup(file.descriptor) }
    let copy = try NamelessFile.make()
    var line = 0
    var size = 0
    var isDocument: Bool?
    do throws(FileError) {
      try Files.forEachBlock(of: file.descriptor, path: file.name) { block throws(FileError) in
        // A document may have no line end for long; what begins otherwise is lines.
        if isDocument == nil, let first = block.first(where: { !isSpace($0) }) {
          isDocument = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        }
        size += block.count
        line = block.lastIndex(of: UInt8(ascii: "\n")).map { block.endIndex - $0 - 1 } ?? line + block.count
        let most = isDocument == true ? documentLimitBytes : lineLimitBytes
        guard line <= most else {
          throw FileError(path: file.name, operation: "read", code: EFBIG, limitBytes: most)
        }
        guard size <= limit else {
          throw FileError(path: file.name, operation: "read", code: EFBIG, limitBytes: limit)
        }
        try Files.writeAll(block, to: copy, path: "a temporary file")
        return true
      }
    } catch {
      close(copy)
      throw error
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
      let bytes = try Files.read(descriptor, path: path, atMost: Self.documentLimitBytes)
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
      guard block.count - start <= Self.lineLimitBytes || isLast else {
        throw CommandFailure(
          .badInput,
          "line \(number + 1) has more than \(Self.lineLimitBytes) bytes, which are more than an event can have. "
            + "Nothing was appended")
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
