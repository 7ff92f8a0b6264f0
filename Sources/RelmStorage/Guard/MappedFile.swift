internal import Glibc

/// The file that an address is a map of, as `/proc/self/maps` tells it (proc(5)), found without allocating.
struct MappedFile {
  private let start: UInt
  private let offset: UInt
  private let inode: UInt

  /// - Returns: nil where the address belongs to no file's map, or the system does not say.
  init?(at address: UInt) {
    guard address != 0 else { return nil }
    let file = unsafe open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var line = Line()
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    while true {
      let count = unsafe withUnsafeMutableBytes(of: &buffer) { bytes in
        unsafe read(file, bytes.baseAddress, bytes.count)
      }
      guard count > 0 else { return nil }
      for place in 0..<count {
        guard line.take(buffer[place]) else { continue }
        if line.number(0) <= address, address < line.number(1), line.number(4) != 0 {
          (start, offset, inode) = (line.number(0), line.number(2), line.number(4))
          return
        }
        line = Line()
      }
    }
  }

  /// Whether it is the file at a path.
  func `is`(_ path: UnsafePointer<CChar>) -> Bool {
    var about = Glibc.stat()
    return unsafe stat(path, &about) == 0 && UInt(about.st_ino) == inode
  }

  /// Whether the file is too short to have the address's page. One that is mapped by nobody else and open nowhere
  /// cannot be asked, and counts as long enough.
  func isBeyondItsEnd(_ address: UInt) -> Bool {
    let place = address - start + offset
    // The lowest descriptors: a store's are among the first that a program opens.
    for descriptor in 3..<Int32(256) {
      var about = stat()
      if unsafe fstat(descriptor, &about) == 0, UInt(about.st_ino) == inode, about.st_mode & S_IFMT == S_IFREG {
        return place >= UInt(max(about.st_size, 0))
      }
    }
    return false
  }
}

/// One line of the list, byte by byte: `start-end permissions offset device inode path`.
private struct Line {
  private var numbers = InlineArray<6, UInt>(repeating: 0)
  private var field = 0

  /// - Returns: whether the line has ended.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "\n") { return true }
    guard field < 6 else { return false }
    if byte == UInt8(ascii: " ") || (byte == UInt8(ascii: "-") && field == 0) {
      field += 1
      // Permissions and device are passed over.
      return false
    }
    let digit: UInt8? =
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
      default: nil
      }
    guard let digit else { return false }
    let radix: UInt = field == 5 ? 10 : 16
    numbers[field] = numbers[field] &* radix &+ UInt(digit)
    return false
  }

  /// 0: start, 1: end, 2: offset, 4: inode.
  func number(_ what: Int) -> UInt {
    switch what {
    case 0: numbers[0]
    case 1: numbers[1]
    case 2: numbers[3]
    default: numbers[5]
    }
  }
}
