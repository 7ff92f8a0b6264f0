internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger

/// Events one after another, as often as they are asked for: all of them, or where they are without an end, of a part.
protocol EventSource {
  /// Hands out every event of the part at hand.
  ///
  /// - Parameter body: takes what a line or document holds: the event, or why it is no JSON; answers whether to go on.
  func forEachEvent(_ body: (EventText) throws -> Bool) throws

  /// Goes on to the next part.
  ///
  /// - Returns: false where all has been handed out.
  func next() throws -> Bool
}

extension EventSource {
  func next() throws -> Bool { false }
}

/// CloudEvents as they come in: one event, a JSON array of them (a batch), or one a line (NDJSON).
///
/// It reads lines in blocks and can be read again from the beginning: standard input that cannot be rewound is first
/// copied into a file that has no name. Of that, what is appended in chunks is held part by part.
final class EventInput: EventSource {
  enum Shape {
    /// One event a line.
    case lines
    /// One JSON text: an event, or an array of events.
    case document
  }

  let file: InputFile
  /// Where a pipe's content is held; nil for a file, which is its own.
  private let spool: Spool?
  private var path: String { file.name }
  private var descriptor: Int32 { spool?.descriptor ?? file.descriptor }
  /// How many lines there were in the parts before, and up to the line that was handed out last.
  private var linesBefore = 0
  private var linesRead = 0

  /// A line is one event, whose record has at most 65,535 bytes; written wastefully it may have some more.
  static let lineLimitBytes = 1 << 20
  /// A document is held in memory.
  static let documentLimitBytes = 32 << 20
  /// What is one transaction, of 10,000 events at most.
  static let wholeLimitBytes = 1 << 30
  /// How much of a pipe is held where it is appended in chunks: more than a document.
  static let partBytes = 64 << 20

  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - isChunked: whether it may be as long as it likes.
  /// - Throws: `FileError`; a failure with status 65 for what is no plain file.
  init(_ path: String, isChunked: Bool) throws {
    file = try InputFile(path)
    var about = stat()
    guard fstat(file.descriptor, &about) != 0 || about.st_mode & S_IFMT != S_IFREG else {
      spool = nil
      return
    }
    let spool = try Spool(
      of: file, isChunked ? .parts(sizeBytes: Self.partBytes) : .whole(limitBytes: Self.wholeLimitBytes))
    _ = try spool.next()
    self.spool = spool
  }

  func next() throws -> Bool {
    guard let spool, try spool.next() else { return false }
    linesBefore = linesRead
    return true
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
        _ = try body(EventText(bytes, failure: error))
        return
      }
      guard document.root.kind == .array else {
        _ = try body(EventText(document, document.root))
        return
      }
      for (place, element) in document.root.elements.enumerated() {
        guard try body(EventText(document, element, element: place)) else { return }
      }
    }
  }

  /// Lines, unless the text begins with a bracket, or with a brace that its first line does not close: and the next line
  /// is no event, for then the first was cut off.
  private func shape() throws -> Shape {
    if linesBefore > 0 { return .lines }
    defer { lseek(descriptor, 0, SEEK_SET) }
    guard let begin = try firstByte() else { return .lines }
    if begin != UInt8(ascii: "{") { return begin == UInt8(ascii: "[") ? .document : .lines }
    var lines: [[UInt8]] = []
    try forEachLine(upTo: Self.documentLimitBytes) { block, range, _ in
      lines.append(Array(block[range]))
      return lines.count < 2 && !Self.isClosed(lines[0])
    }
    if lines.isEmpty || Self.isClosed(lines[0]) { return .lines }
    return lines.count == 2 && Self.isObject(lines[1]) ? .lines : .document
  }

  /// The first byte that is no white space.
  private func firstByte() throws -> UInt8? {
    var first: UInt8?
    try Files.forEachBlock(of: descriptor, path: path) { block throws(FileError) in
      first = block.first { !Self.isSpace($0) }
      return first == nil
    }
    lseek(descriptor, 0, SEEK_SET)
    return first
  }

  /// Whether every brace and bracket of a line is closed in it.
  private static func isClosed(_ line: [UInt8]) -> Bool {
    var depth = 0
    var isText = false
    var isEscaped = false
    for byte in line {
      if isText {
        if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return depth <= 0 && !isText
  }

  private static func isObject(_ line: [UInt8]) -> Bool {
    do { return try JSONDocument(line).root.kind == .object } catch { return false }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// Hands out lines that are not blank: a block of bytes and where in it the line lies.
  private func forEachLine(
    upTo limit: Int = EventInput.lineLimitBytes,
    _ body: (_ block: [UInt8], _ range: Range<Int>, _ line: Int) throws -> Bool
  ) throws {
    var pending: [UInt8] = []
    var number = linesBefore
    defer { linesRead = number }
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
      guard block.count - start <= limit || isLast else {
        throw CommandFailure(
          .badInput,
          "line \(number + 1) has more than \(limit) bytes, which are more than an event can have"
        )
      }
      pending = start < block.count ? Array(block[start...]) : []
      if isLast { return }
    }
  }
}

/// One event's text, read as JSON, or why it is none.
struct EventText {
  let line: Int
  /// Which element of an array it is, from 0; nil where it is in none.
  private(set) var element: Int?
  /// The text as it came.
  let bytes: [UInt8]
  /// What ended it in the input, and separates it from the next.
  let ending: [UInt8]
  let content: Result<JSONNode, JSONError>

  /// The event as JSON; nil where it is none.
  var node: JSONNode? {
    guard case .success(let node) = content else { return nil }
    return node
  }

  init(_ block: [UInt8], _ range: Range<Int>, line: Int) {
    self.line = line
    bytes = Array(block[range])
    ending = range.upperBound < block.count ? [block[range.upperBound]] : []
    do throws(JSONError) {
      content = .success(try JSONDocument(bytes, line: line).root)
    } catch {
      content = .failure(error)
    }
  }

  /// An element of an array, or a document that is one event.
  init(_ document: JSONDocument, _ node: JSONNode, element: Int? = nil) {
    line = node.line
    self.element = element
    bytes = element == nil ? document.bytes : Array(document.bytes[node.range])
    ending = []
    content = .success(node)
  }

  /// A document that is no JSON.
  init(_ text: [UInt8], failure: JSONError) {
    line = failure.line
    bytes = text
    ending = []
    content = .failure(failure)
  }
}
