/// Base64 with the standard alphabet and padding (RFC 4648, section 4), and nothing else.
///
/// Decoding is strict, so that one value has one text: no white space, no missing padding, no character after
/// it, and the unused bits before the padding are zero (RFC 4648, section 3.5).
package enum Base64 {
  /// The text of these bytes.
  @inlinable
  package static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
    let length = encodedCount(bytes.count)
    return String(unsafeUninitializedCapacity: length) { buffer in
      write(bytes, to: UnsafeMutableRawBufferPointer(buffer))
      return length
    }
  }

  /// The text of these bytes.
  @inlinable
  package static func encode(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { bytes in encode(bytes) }
  }

  /// Writes the text of `bytes`, as ASCII, behind what is in `text`.
  @inlinable
  package static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    let length = encodedCount(bytes.count)
    withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { buffer in
      write(bytes, to: buffer)
      text.append(contentsOf: buffer)
    }
  }

  /// The bytes that this text says, or nil unless it is strict base64.
  @inlinable
  package static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(text.utf8) }

  /// The bytes that this ASCII text says, or nil unless it is strict base64.
  @inlinable
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let length = text.count
    guard length.isMultiple(of: 4) else { return nil }
    var isValid = false
    let bytes = [UInt8](unsafeUninitializedCapacity: length / 4 * 3) { buffer, count in
      guard let decoded = decode(text, into: UnsafeMutableRawBufferPointer(buffer)) else { return }
      isValid = true
      count = decoded
    }
    return isValid ? bytes : nil
  }

  /// The characters that so many bytes become.
  @inlinable
  package static func encodedCount(_ byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

  /// Decodes into memory that the caller has, three bytes for every four characters.
  ///
  /// - Returns: how many bytes were written, or nil unless the text is strict base64.
  @inlinable
  package static func decode(_ text: some Collection<UInt8>, into bytes: UnsafeMutableRawBufferPointer) -> Int?
  {
    let fast = text.withContiguousStorageIfAvailable { text in decode(contiguous: text, into: bytes) }
    if let fast { return fast }
    return Array(text).withUnsafeBufferPointer { text in decode(contiguous: text, into: bytes) }
  }

  @inlinable
  package static func decode(
    contiguous text: UnsafeBufferPointer<UInt8>, into bytes: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard text.count.isMultiple(of: 4) else { return nil }
    guard let last = text.last else { return 0 }
    precondition(bytes.count >= text.count / 4 * 3, "four characters become three bytes")
    var padding = 0
    if last == equals { padding = text[text.count - 2] == equals ? 2 : 1 }

    var written = 0
    var group: UInt32 = 0
    var characters = 0
    for character in text.dropLast(padding) {
      guard let bits = value(of: character) else { return nil }
      group = group << 6 | bits
      characters += 1
      guard characters == 4 else { continue }
      bytes[written] = UInt8(truncatingIfNeeded: group >> 16)
      bytes[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
      bytes[written + 2] = UInt8(truncatingIfNeeded: group)
      written += 3
      group = 0
      characters = 0
    }
    switch padding {
    case 1:
      guard group & 0b11 == 0 else { return nil }
      bytes[written] = UInt8(truncatingIfNeeded: group >> 10)
      bytes[written + 1] = UInt8(truncatingIfNeeded: group >> 2)
      return written + 2
    case 2:
      guard group & 0b1111 == 0 else { return nil }
      bytes[written] = UInt8(truncatingIfNeeded: group >> 4)
      return written + 1
    default:
      return written
    }
  }

  @inlinable
  package static var equals: UInt8 { UInt8(ascii: "=") }

  @inlinable
  package static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  /// Fills `text`, which is exactly as long as the encoding.
  @inlinable
  package static func write(_ bytes: UnsafeRawBufferPointer, to text: UnsafeMutableRawBufferPointer) {
    let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let characters = alphabet.utf8Start
    var read = 0
    var written = 0
    while read < bytes.count {
      let rest = bytes.count - read
      var group = Int(bytes[read]) << 16
      if rest > 1 { group |= Int(bytes[read + 1]) << 8 }
      if rest > 2 { group |= Int(bytes[read + 2]) }
      text[written] = characters[group >> 18]
      text[written + 1] = characters[group >> 12 & 63]
      text[written + 2] = rest > 1 ? characters[group >> 6 & 63] : equals
      text[written + 3] = rest > 2 ? characters[group & 63] : equals
      read += 3
      written += 4
    }
  }
}
