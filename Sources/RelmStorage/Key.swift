/// A key under construction: bytes whose order is the order of the rows.
///
/// Numbers are big-endian, so that byte order is number order. Up to 40 bytes live inside the value and need no
/// allocation, which is most keys; longer ones spill into an array. LMDB takes 1 to 511 bytes; a longer key is
/// refused where it is used (`StorageError.Code.keyTooLong`).
package struct Key: Sendable {
  @usableFromInline static let inlineCapacity = 40
  /// The longest key that LMDB 0.9 takes, in bytes.
  package static let maximumBytes = 511

  @usableFromInline var words: InlineArray<5, UInt64>
  @usableFromInline var inlineCount: Int
  /// All bytes of a key that is longer than the inline capacity; empty otherwise.
  @usableFromInline var spilled: [UInt8]

  /// An empty key, to append to.
  @inlinable
  package init() {
    words = InlineArray(repeating: 0)
    inlineCount = 0
    spilled = []
  }

  @inlinable
  package init(_ bytes: borrowing some RawBytes & ~Copyable & ~Escapable) {
    self.init()
    append(bytes)
  }

  /// Eight bytes, the most significant first.
  @inlinable
  package init(bigEndian number: UInt64) {
    self.init()
    words[0] = number.bigEndian
    inlineCount = 8
  }

  /// Four bytes, the most significant first.
  @inlinable
  package init(bigEndian number: UInt32) {
    self.init()
    append(bigEndian: number)
  }

  /// The UTF-8 bytes of a text, without a terminator.
  package init(_ text: some StringProtocol) {
    self.init()
    append(Array(text.utf8))
  }

  /// How many bytes there are.
  @inlinable package var count: Int { spilled.isEmpty ? inlineCount : spilled.count }
  @inlinable package var isEmpty: Bool { count == 0 }

  /// A copy of the bytes.
  package var bytes: [UInt8] { unsafe withRawBytes { bytes in unsafe [UInt8](bytes) } }

  @inlinable
  package mutating func append(_ bytes: borrowing some RawBytes & ~Copyable & ~Escapable) {
    unsafe bytes.withRawBytes { source in unsafe append(contentsOf: source) }
  }

  @inlinable
  package mutating func append(bigEndian number: some FixedWidthInteger & UnsignedInteger) {
    unsafe withUnsafeBytes(of: number.bigEndian) { source in unsafe append(contentsOf: source) }
  }

  @inlinable
  package mutating func append(_ byte: UInt8) { append(bigEndian: byte) }

  /// This key with more bytes behind it.
  @inlinable
  package func appending(_ bytes: borrowing some RawBytes & ~Copyable & ~Escapable) -> Key {
    var key = self
    key.append(bytes)
    return key
  }

  /// This key with a number behind it, the most significant byte first.
  @inlinable
  package func appending(bigEndian number: some FixedWidthInteger & UnsignedInteger) -> Key {
    var key = self
    key.append(bigEndian: number)
    return key
  }

  /// The first key behind all keys that begin with this one, or nil if there is none (`ff ff …`, or empty).
  package var endOfPrefix: Key? {
    var bytes = self.bytes
    while let last = bytes.popLast() {
      if last < 0xFF { return Key(bytes + [last + 1]) }
    }
    return nil
  }

  @usableFromInline
  mutating func append(contentsOf source: UnsafeRawBufferPointer) {
    if spilled.isEmpty && inlineCount + source.count <= Self.inlineCapacity {
      let offset = inlineCount
      unsafe withUnsafeMutableBytes(of: &words) { storage in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[offset...])
        unsafe free.copyMemory(from: source)
      }
      inlineCount += source.count
      return
    }
    if spilled.isEmpty {
      spilled.reserveCapacity(inlineCount + source.count)
      spilled.append(contentsOf: bytes)
    }
    unsafe spilled.append(contentsOf: source)
  }
}

extension Key: RawBytes {
  @inlinable
  package func withRawBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    guard spilled.isEmpty else { return try unsafe spilled.withRawBytes(body) }
    let count = inlineCount
    return try unsafe withUnsafeBytes(of: words) { storage throws(E) in
      try unsafe body(UnsafeRawBufferPointer(rebasing: storage[..<count]))
    }
  }
}

extension Key: Hashable, Comparable {
  package static func == (one: Key, other: Key) -> Bool {
    unsafe one.withRawBytes { a in unsafe other.withRawBytes { b in unsafe order(a, b) == 0 } }
  }

  /// The order of the rows: unsigned bytes, a prefix before what it begins.
  package static func < (one: Key, other: Key) -> Bool {
    unsafe one.withRawBytes { a in unsafe other.withRawBytes { b in unsafe order(a, b) < 0 } }
  }

  package func hash(into hasher: inout Hasher) {
    unsafe withRawBytes { bytes in unsafe hasher.combine(bytes: bytes) }
  }
}

extension Key: ExpressibleByArrayLiteral, ExpressibleByStringLiteral, CustomStringConvertible {
  package init(arrayLiteral bytes: UInt8...) { self.init(bytes) }

  package init(stringLiteral text: String) { self.init(Array(text.utf8)) }

  /// The bytes in hexadecimal.
  package var description: String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
