internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// What comes through a pipe, held in a file without a name so that it can be read again: all of it, or a part at a time,
/// so that what has no end fills no disk.
final class Spool {
  /// How much is held.
  enum Extent {
    /// Everything; what is longer is refused.
    case whole(limitBytes: Int)
    /// As many whole lines as these bytes hold, then the next.
    case parts(sizeBytes: Int)
  }

  /// Of the file, whose offset is at its beginning after ``next()``.
  var descriptor: Int32 { file.number }
  private let file: Descriptor
  private let source: InputFile
  private let extent: Extent
  /// The beginning of the next part: what has come behind the last whole line.
  private var rest: [UInt8] = []
  private var isAtEnd = false
  private var isDocument: Bool?

  init(of source: InputFile, _ extent: Extent) throws {
    self.source = source
    self.extent = extent
    file = try NamelessFile.make()
  }

  /// Takes the next part in the place of the one before.
  ///
  /// - Returns: false where there is none.
  /// - Throws: `FileError`, also where something is longer than it may be.
  func next() throws(FileError) -> Bool {
    guard !isAtEnd else { return false }
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileError(path: "a temporary file", operation: "empty", code: errno)
    }
    var size = 0
    var line = 0
    isAtEnd = true
    var rest = self.rest
    self.rest = []
    func take(_ block: ArraySlice<UInt8>) throws(FileError) -> Bool {
      size += block.count
      if case .whole(let limit) = extent, size > limit {
        throw FileError(path: source.name, operation: "read", code: EFBIG, limitBytes: limit)
      }
      let lineEnd = block.lastIndex(of: UInt8(ascii: "\n"))
      if case .parts(let most) = extent, size > most, let lineEnd {
        rest = Array(block[(lineEnd + 1)...])
        isAtEnd = false
        try Files.writeAll(block[...lineEnd], to: descriptor, path: "a temporary file")
        return false
      }
      line = lineEnd.map { block.endIndex - $0 - 1 } ?? line + block.count
      try checkLine(line, in: block)
      try Files.writeAll(block, to: descriptor, path: "a temporary file")
      return true
    }
    var isMore = true
    if !rest.isEmpty { isMore = try take(rest[...]) }
    if isMore {
      rest = []
      try Files.forEachBlock(of: source.descriptor, path: source.name, take)
    }
    self.rest = rest
    lseek(descriptor, 0, SEEK_SET)
    return size > 0 || !isAtEnd
  }

  /// A document may have no line end for long; what begins otherwise is lines.
  private func checkLine(_ length: Int, in block: ArraySlice<UInt8>) throws(FileError) {
    if isDocument == nil, let first = block.first(where: { !EventInput.isSpace($0) }) {
      isDocument = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    }
    let most = isDocument == true ? EventInput.documentLimitBytes : EventInput.lineLimitBytes
    guard length <= most else {
      throw FileError(path: source.name, operation: "read", code: EFBIG, limitBytes: most)
    }
  }
}
