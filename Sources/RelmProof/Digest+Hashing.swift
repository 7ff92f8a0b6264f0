internal import Crypto

/// The hashes of RFC 6962, section 2.1: a leaf and an inner node begin with different bytes, so that neither
/// can pass for the other (second preimages).
///
/// Nothing here makes an array: a record is hashed where it lies, and a node from 65 bytes on the stack.
extension Digest {
  /// SHA-256 of the bytes and nothing else, as files and attachments are named.
  package init(of bytes: UnsafeRawBufferPointer) {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    self.init(hasher.finalize())
  }

  /// SHA-256 of the bytes and nothing else.
  package init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { bytes in Digest(of: bytes) }
  }

  /// SHA-256 of the bytes and nothing else; of a string, `Digest(of: text.utf8)`.
  package init(of bytes: some Sequence<UInt8>) {
    let fast = bytes.withContiguousStorageIfAvailable { bytes in Digest(of: UnsafeRawBufferPointer(bytes)) }
    self = fast ?? Digest(of: Array(bytes))
  }

  /// The leaf hash of a record: `SHA-256(0x00 || record)`.
  package static func leaf(_ record: UnsafeRawBufferPointer) -> Digest {
    var hasher = SHA256()
    Swift.withUnsafeBytes(of: leafPrefix) { prefix in hasher.update(bufferPointer: prefix) }
    hasher.update(bufferPointer: record)
    return Digest(hasher.finalize())
  }

  /// The leaf hash of a record: `SHA-256(0x00 || record)`.
  package static func leaf(_ record: [UInt8]) -> Digest {
    record.withUnsafeBytes { record in leaf(record) }
  }

  /// The hash of an inner node: `SHA-256(0x01 || left || right)`.
  package static func node(_ left: Digest, _ right: Digest) -> Digest {
    var input = NodeInput(left: left, right: right)
    return Swift.withUnsafeBytes(of: &input) { input in
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: input[7...]))
      return Digest(hasher.finalize())
    }
  }

  /// The root of the tree without leaves: SHA-256 of nothing.
  package static let emptyTree = Digest(of: [UInt8]())

  private init(_ digest: SHA256.Digest) {
    self = digest.withUnsafeBytes { bytes in Digest(copying: bytes) }
  }
}

private let leafPrefix: UInt8 = 0x00

/// The 65 bytes of a node's hash, behind seven that only align the digests.
private struct NodeInput {
  // The last byte in memory is the prefix, on a machine of either byte order.
  let prefix = UInt64(bigEndian: 0x01)
  let left: Digest
  let right: Digest
}
