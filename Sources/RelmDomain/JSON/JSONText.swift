internal import RelmBytes

/// The bytes of JSON strings: scanning, unescaping, escaping, and the order of RFC 8785.
enum JSONText {
  /// The first place at or after `start` that ends a run of plain characters: a quote, a backslash, a control
  /// character, a byte outside ASCII, or `end`.
  ///
  /// Eight bytes are tested at a time. The borrows of the subtractions can only raise false alarms above the first
  /// true one, so the lowest flag is right.
  static func endOfPlainRun(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    bytes.withUnsafeBytes { buffer in
      var index = start
      while index &+ 8 <= end {
        let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let quote = word ^ 0x2222_2222_2222_2222
        let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let flags =
          ((quote &- 0x0101_0101_0101_0101) & ~quote)
          | ((slash &- 0x0101_0101_0101_0101) & ~slash)
          | ((word &- 0x2020_2020_2020_2020) & ~word)
          | word
        let ends = flags & 0x8080_8080_8080_8080
        if ends != 0 { return index &+ ends.trailingZeroBitCount &>> 3 }
        index &+= 8
      }
      while index < end {
        let byte = buffer[index]
        if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
        index &+= 1
      }
      return index
    }
  }

  /// How many bytes the UTF-8 sequence at `index` has (Unicode, table 3-7); 0 where it is ill-formed.
  static func utf8Length(_ bytes: [UInt8], at index: Int, to end: Int) -> Int {
    let first = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= end, second.contains(bytes[index + 1]) else { return 0 }
    for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The four hexadecimal digits at `index` as a UTF-16 code unit.
  static func codeUnit(_ bytes: [UInt8], at index: Int, to end: Int) -> UInt16? {
    guard index + 4 <= end else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Hex.digit(byte) else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// The characters between the quotes of a JSON string, without escapes; `nil` where an escape is malformed.
  static func unescaped(_ bytes: [UInt8], _ content: Range<Int>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var index = content.lowerBound
    let end = content.upperBound
    while index < end {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < end else { return nil }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "\""): result.append(UInt8(ascii: "\""))
      case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "/"): result.append(UInt8(ascii: "/"))
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        guard let scalar = scalar(bytes, at: &index, to: end) else { return nil }
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: return nil
      }
    }
    return result
  }

  /// The scalar of a `\u` escape, or of a pair of them; `index` stands behind the `u` and moves behind the escape.
  private static func scalar(_ bytes: [UInt8], at index: inout Int, to end: Int) -> Unicode.Scalar? {
    guard let first = codeUnit(bytes, at: index, to: end) else { return nil }
    index += 4
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    guard index + 2 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
      let second = codeUnit(bytes, at: index + 2, to: end), UTF16.isTrailSurrogate(second)
    else { return nil }
    index += 6
    return Unicode.Scalar(0x10000 + (UInt32(first) & 0x3FF) << 10 + UInt32(second) & 0x3FF)
  }

  /// Appends a string's UTF-8 between quotes, with the escapes of RFC 8785, section 3.2.2.2, and no others.
  static func appendQuoted(_ utf8: some Collection<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      output.append(contentsOf: utf8)
    } else {
      for byte in utf8 { appendEscaped(byte, to: &output) }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
    case 0x08: output.append(contentsOf: "\\b".utf8)
    case 0x09: output.append(contentsOf: "\\t".utf8)
    case 0x0A: output.append(contentsOf: "\\n".utf8)
    case 0x0C: output.append(contentsOf: "\\f".utf8)
    case 0x0D: output.append(contentsOf: "\\r".utf8)
    case 0..<0x20:
      output.append(contentsOf: "\\u00".utf8)
      output.append(UInt8(ascii: "0") + byte >> 4)
      let low = byte & 15
      output.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    default: output.append(byte)
    }
  }

  /// Whether one UTF-8 text stands before another by UTF-16 code units, as RFC 8785, section 3.2.3 sorts names.
  ///
  /// UTF-8 has the same order but for one thing: a surrogate (lead byte F0 and above) stands before U+E000 to
  /// U+FFFF (lead bytes EE and EF).
  static func precedes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    for (one, other) in zip(left, right) where one != other {
      return rank(one) < rank(other)
    }
    return left.count < right.count
  }

  /// The same of two places in one buffer.
  static func precedes(_ bytes: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      for offset in 0..<min(left.count, right.count) {
        let one = buffer[left.lowerBound &+ offset]
        let other = buffer[right.lowerBound &+ offset]
        if one != other { return rank(one) < rank(other) }
      }
      return left.count < right.count
    }
  }

  /// Whether the same bytes stand at two places in one buffer.
  static func isEqual(_ bytes: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    return bytes.withUnsafeBufferPointer { buffer in
      for offset in 0..<left.count
      where buffer[left.lowerBound &+ offset] != buffer[right.lowerBound &+ offset] {
        return false
      }
      return true
    }
  }

  /// The first eight bytes as a number that sorts as they do, filled up with zeros.
  @inline(__always)
  static func prefix(of bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    if range.lowerBound + 8 <= bytes.count {
      let word = bytes.withUnsafeBytes {
        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
      }
      return range.count >= 8 ? word : word & ~(UInt64.max &>> UInt64(8 &* range.count))
    }
    var word: UInt64 = 0
    for offset in 0..<8 {
      word = word << 8 | (offset < range.count ? UInt64(bytes[range.lowerBound + offset]) : 0)
    }
    return word
  }

  /// Appends a part of a buffer as it is.
  @inline(__always)
  static func copy(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private static func rank(_ byte: UInt8) -> UInt8 {
    byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
  }
}
