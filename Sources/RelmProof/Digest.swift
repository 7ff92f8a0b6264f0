/// A SHA-256 digest: 32 bytes (FIPS 180-4, section 6.2).
///
/// It is kept as four words, not as an array, so that a digest is never an allocation; the words hold the bytes
/// in their memory order, whatever the machine's byte order is. Digests are ordered as their bytes are.
package struct Digest: Hashable, Sendable {
  @usableFromInline let word0: UInt64
  @usableFromInline let word1: UInt64
  @usableFromInline let word2: UInt64
  @usableFromInline let word3: UInt64

  /// The bytes of a digest: 32.
  package static let byteCount = 32

  /// The digest whose 32 bytes begin at `bytes`, for the hot paths that have checked the count.
  ///
  /// - Parameter bytes: exactly 32 bytes, in any alignment.
  @inlinable
  package init(copying bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count == 32, "a digest is 32 bytes")
    word0 = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    word1 = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    word2 = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    word3 = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }

  /// The digest that consists of these bytes, or nil unless there are 32.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self = withUnsafeTemporaryAllocation(byteCount: Self.byteCount, alignment: 8) { buffer in
      buffer.copyBytes(from: bytes)
      return Digest(copying: UnsafeRawBufferPointer(buffer))
    }
  }

  /// Lends the 32 bytes without copying them to the heap.
  @inlinable
  package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try Swift.withUnsafeBytes(of: self, body)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { withUnsafeBytes { bytes in [UInt8](bytes) } }

  /// One word is enough: the bytes are as good as random.
  @inlinable
  package func hash(into hasher: inout Hasher) { hasher.combine(word0) }

  @inlinable
  package static func == (left: Digest, right: Digest) -> Bool {
    left.word0 == right.word0 && left.word1 == right.word1 && left.word2 == right.word2
      && left.word3 == right.word3
  }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool {
    if left.word0 != right.word0 { return left.word0.bigEndian < right.word0.bigEndian }
    if left.word1 != right.word1 { return left.word1.bigEndian < right.word1.bigEndian }
    if left.word2 != right.word2 { return left.word2.bigEndian < right.word2.bigEndian }
    return left.word3.bigEndian < right.word3.bigEndian
  }
}
