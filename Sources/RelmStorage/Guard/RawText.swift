internal import Glibc

/// A line put together without allocating.
struct RawText {
  private var bytes = InlineArray<1024, UInt8>(repeating: 0)
  private var count = 0

  mutating func add(_ words: StaticString) {
    for place in 0..<words.utf8CodeUnitCount { unsafe add(words.utf8Start[place]) }
  }

  mutating func add(_ words: StaticString, _ name: UnsafePointer<CChar>) {
    add(words)
    var place = unsafe name
    while unsafe place.pointee != 0 {
      unsafe add(UInt8(bitPattern: place.pointee))
      unsafe place += 1
    }
  }

  private mutating func add(_ byte: UInt8) {
    guard count < bytes.count else { return }
    bytes[count] = byte
    count += 1
  }

  func writeToStandardError() {
    unsafe withUnsafeBytes(of: bytes) { bytes in
      // What cannot be told has nowhere else to go.
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, count)
    }
  }
}
