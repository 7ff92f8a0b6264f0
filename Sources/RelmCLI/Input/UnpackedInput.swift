internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// A file, or what comes through a pipe, unpacked where it is packed with gzip: as rotated logs are.
///
/// It is known by how it begins (RFC 1952), whatever it is called; `gzip` unpacks it, as the program links no library for it.
final class UnpackedInput {
  private let file: InputFile
  private let limit: Int
  /// What a pipe brought, so that it can be looked at first.
  /// The whole of it, where it came through a pipe.
  private let held: Descriptor?
  /// What gzip prints; nil where there is nothing to unpack.
  private let pipe: ChildProcess.Output?

  /// - Parameters:
  ///   - path: the file's; `-` is standard input.
  ///   - limit: how many bytes it may have, packed and unpacked.
  /// - Throws: `FileError`; a failure with status 69 where gzip cannot be run.
  init(_ path: String, atMost limit: Int) throws {
    file = try InputFile(path)
    self.limit = limit
    held = try Self.held(file, atMost: limit)
    let descriptor = Self.number(of: held) ?? file.descriptor
    var beginning: [UInt8] = [0, 0]
    let isPacked = pread(descriptor, &beginning, 2, 0) == 2 && beginning == [0x1F, 0x8B]
    pipe = isPacked ? try ChildProcess.Output(of: "gzip", ["-dc"], input: descriptor) : nil
  }

  /// - Returns: nil for a file, which can be looked at as it is.
  private static func number(of file: borrowing Descriptor?) -> Int32? {
    switch file {
    case .some(let file): file.number
    case .none: nil
    }
  }

  private static func held(_ file: InputFile, atMost limit: Int) throws -> Descriptor? {
    var about = stat()
    if fstat(file.descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG { return nil }
    let copy = try NamelessFile.make()
    var size = 0
    try Files.forEachBlock(of: file.descriptor, path: file.name) { block throws(FileError) in
      size += block.count
      guard size <= limit else {
        throw FileError(path: file.name, operation: "read", code: EFBIG, limitBytes: limit)
      }
      try Files.writeAll(block, to: copy.number, path: "a temporary file")
      return true
    }
    lseek(copy.number, 0, SEEK_SET)
    return copy
  }

  /// Hands out all of it, unpacked.
  ///
  /// - Parameter body: answers whether to go on.
  func forEachBlock(_ body: (ArraySlice<UInt8>) throws(FileError) -> Bool) throws {
    var size = 0
    var isWhole = true
    try Files.forEachBlock(of: pipe?.descriptor ?? Self.number(of: held) ?? file.descriptor, path: file.name) {
      block throws(FileError) in
      size += block.count
      guard size <= limit else {
        throw FileError(path: file.name, operation: "read", code: EFBIG, limitBytes: limit)
      }
      isWhole = try body(block)
      return isWhole
    }
    // Whoever has read enough does not ask how it would have ended.
    if isWhole { try pipe?.end(told: file.name) }
  }
}
