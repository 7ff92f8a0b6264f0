extension Subject {
  /// The subject of that spelling; nil where it is none. For events that are stored already, or about to be refused
  /// for it.
  ///
  /// Every fold of every event asks for it, so the usual spelling of a release, without percent signs, takes one pass
  /// over the bytes and no allocation but the two names.
  package static func named(_ text: String) -> Subject? {
    if let release = plainRelease(text) { return release }
    do throws(DecodingFailure) { return try Subject(text) } catch { return nil }
  }

  /// A release whose names stand in the text as they are; nil for anything else, be it right or wrong.
  private static func plainRelease(_ text: String) -> Subject? {
    var text = text
    return text.withUTF8 { bytes -> Subject? in
      let prefix: StaticString = "release/"
      guard bytes.count > 10, prefix.withUTF8Buffer({ bytes[..<8].elementsEqual($0) }) else { return nil }
      var last = 7
      for index in 8..<bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "/") {
          guard index - last > 1 else { return nil }
          last = index
        } else if byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "%") {
          return nil
        }
      }
      guard last > 7, last + 1 < bytes.count else { return nil }
      return .release(
        package: String(decoding: UnsafeBufferPointer(rebasing: bytes[8..<last]), as: UTF8.self),
        version: String(decoding: UnsafeBufferPointer(rebasing: bytes[(last + 1)...]), as: UTF8.self))
    }
  }
}
