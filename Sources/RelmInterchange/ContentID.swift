internal import RelmDomain
internal import RelmProof

/// Ids that follow from content: the same record read again, by anyone, gets the same id.
enum ContentID {
  /// A UUID of version 8 (RFC 9562 §5.8): the first 122 free bits of SHA-256 over the parts, each preceded by its length.
  ///
  /// Nothing that may vary between two readings of one record belongs in the parts: not the time zone it was read with.
  static func uuid(_ parts: [String]) -> String {
    let bytes = digest(parts).bytes
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    let high = word(bytes[..<8]) & ~0xF000 | 0x8000
    let low = word(bytes[8..<16]) & ~(0b11 << 62) | 0b10 << 62
    return UUIDText(high: high, low: low).text
  }

  /// The first `count` hexadecimal digits of the same digest.
  static func hex(_ parts: [String], count: Int) -> String {
    String(digest(parts).hex.prefix(count))
  }

  private static func digest(_ parts: [String]) -> Digest {
    var input: [UInt8] = []
    for part in parts {
      let length = UInt64(part.utf8.count)
      for shift in stride(from: 56, through: 0, by: -8) {
        input.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
      }
      input.append(contentsOf: part.utf8)
    }
    return Digest(of: input)
  }
}
