extension PersonID {
  /// The pseudonym that these bytes spell; nil where they are none. The same as `init(_ text:)`, without a text.
  static func named(_ bytes: UnsafeBufferPointer<UInt8>) -> PersonID? {
    let prefix: StaticString = "person:"
    guard bytes.count == 43, prefix.withUTF8Buffer({ bytes[..<7].elementsEqual($0) }) else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for index in 7..<43 {
      let byte = bytes[index]
      if index == 15 || index == 20 || index == 25 || index == 30 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      let letter = byte &- UInt8(ascii: "a")
      guard digit < 10 || letter < 6 else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit < 10 ? digit : letter + 10)
    }
    return PersonID(UUIDText(high: high, low: low))
  }

  /// The pseudonym of that spelling; nil where it is none.
  package static func named(_ text: String) -> PersonID? {
    var text = text
    return text.withUTF8 { named($0) }
  }
}
