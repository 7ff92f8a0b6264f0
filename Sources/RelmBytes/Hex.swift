/// Base 16 (RFC 4648, section 8), written in lower case as C2SP signed-note asks.
package enum Hex {
  /// Two lower-case digits a byte.
  @inlinable
  package static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
    let alphabet: StaticString = "0123456789abcdef"
    let digits = alphabet.utf8Start
    return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[index * 2] = digits[Int(byte >> 4)]
        buffer[index * 2 + 1] = digits[Int(byte & 15)]
      }
      return bytes.count * 2
    }
  }

  /// Two lower-case digits a byte.
  @inlinable
  package static func encode(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { bytes in encode(bytes) } }

  /// The bytes that these digits, of either case, say; nil for an odd count or any other character.
  @inlinable
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    guard text.utf8.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 2)
    var high: UInt8?
    for character in text.utf8 {
      guard let digit = digit(character) else { return nil }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }

  /// What a digit of either case says; nil for any other character.
  @inlinable
  package static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
