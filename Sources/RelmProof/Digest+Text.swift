internal import RelmBytes

/// The text forms of a digest: base64 (RFC 4648, section 4), as notes and proofs have it, and lower-case hex
/// (section 8), as file names have it.
extension Digest: CustomStringConvertible {
  /// The 44 characters of base64.
  package var base64: String { withUnsafeBytes { bytes in Base64.encode(bytes) } }

  /// The 64 lower-case hex digits.
  package var hex: String { withUnsafeBytes { bytes in Hex.encode(bytes) } }

  /// The digest in base64.
  package var description: String { base64 }

  /// The digest that this base64 says, or nil unless it is strict base64 of 32 bytes.
  package init?(base64: String) { self.init(base64: base64.utf8) }

  /// The digest that this base64, as ASCII bytes, says, or nil unless it is strict base64 of 32 bytes.
  package init?(base64 text: some Collection<UInt8>) {
    guard text.count == 44 else { return nil }
    let digest = withUnsafeTemporaryAllocation(byteCount: 33, alignment: 8) { buffer -> Digest? in
      guard Base64.decode(text, into: buffer) == Self.byteCount else { return nil }
      return Digest(copying: UnsafeRawBufferPointer(rebasing: buffer[..<Self.byteCount]))
    }
    guard let digest else { return nil }
    self = digest
  }

  /// The digest that these 64 hex digits, of either case, say; nil for anything else.
  package init?(hex: String) {
    guard let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes: bytes)
  }

  /// Writes the 44 characters of base64 behind what is there, for writers that build a record's bytes.
  package func appendBase64(to bytes: inout [UInt8]) {
    withUnsafeBytes { digest in Base64.append(digest, to: &bytes) }
  }
}
