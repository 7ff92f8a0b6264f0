extension UnsafeBufferPointer<UInt8> {
  /// Whether a control character of ASCII (C0, DEL) or of Latin-1 (C1, in UTF-8 after 0xC2) is among the bytes.
  var hasControlCharacter: Bool {
    var previous: UInt8 = 0
    for byte in self {
      if byte < 0x20 || byte == 0x7f || (previous == 0xc2 && byte < 0xa0) { return true }
      previous = byte
    }
    return false
  }
}

extension String {
  /// Whether a control character of ASCII or Latin-1 is in the text.
  var hasControlCharacter: Bool {
    var text = self
    return text.withUTF8 { $0.hasControlCharacter }
  }
}

extension String.UTF8View {
  /// Whether it is base64 with padding.
  var isBase64: Bool {
    let padding = reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard count.isMultiple(of: 4), padding <= 2 else { return false }
    return dropLast(padding).allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
