extension CanonicalReader {
  /// Reads a string: where its characters stand between the quotes, and whether they are plain ASCII, no escapes.
  ///
  /// - Throws: a failure for anything else, and for a malformed string.
  @inline(__always)
  mutating func stringContent() throws(DecodingFailure) -> (content: Range<Int>, isPlain: Bool) {
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw expected(.string) }
    let start = index + 1
    let stop = JSONText.endOfPlainRun(bytes, from: start, to: end)
    if stop < end, bytes[stop] == UInt8(ascii: "\"") {
      index = stop + 1
      return (start..<stop, true)
    }
    return (try specialContent(start, stop), false)
  }

  /// The rest of a string with escapes or characters outside ASCII.
  private mutating func specialContent(_ start: Int, _ stop: Int) throws(DecodingFailure) -> Range<Int> {
    var place = stop
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        index = place + 1
        return start..<place
      }
      if byte == UInt8(ascii: "\\") {
        place += 2
      } else if byte >= 0x80 {
        let length = JSONText.utf8Length(bytes, at: place, to: end)
        guard length > 0 else { throw damaged("a string is not UTF-8") }
        place += length
      } else {
        guard byte >= 0x20 else { throw damaged("a control character stands in a string") }
        place += 1
      }
      place = JSONText.endOfPlainRun(bytes, from: min(place, end), to: end)
    }
    throw damaged("a string does not end")
  }

  /// Reads a string.
  package mutating func string() throws(DecodingFailure) -> String {
    let (content, isPlain) = try stringContent()
    if isPlain {
      return bytes.withUnsafeBufferPointer {
        String(decoding: UnsafeBufferPointer(rebasing: $0[content]), as: UTF8.self)
      }
    }
    guard let unescaped = JSONText.unescaped(bytes, content) else {
      throw damaged("an escape in a string is malformed")
    }
    return String(decoding: unescaped, as: UTF8.self)
  }

  /// Reads a string that is a name, so not empty.
  package mutating func nonEmptyString() throws(DecodingFailure) -> String {
    let string = try string()
    guard !string.isEmpty else { throw DecodingFailure(reason: "a text is needed here, not an empty string") }
    return string
  }

  /// Reads a string out of a closed list.
  ///
  /// - Returns: its index in the list.
  /// - Throws: a failure that says the choices, and the nearest one.
  package mutating func choice(of names: FieldNames) throws(DecodingFailure) -> Int {
    let (content, _) = try stringContent()
    if let index = names.index(of: bytes, content) { return index }
    let text = text(of: content)
    let choices = names.names.joined(separator: ", ")
    let hint = EditDistance.nearest(to: text, in: names.names).map { "; did you mean “\($0)”?" } ?? ""
    throw DecodingFailure(reason: "“\(text)” is none of \(choices)\(hint)")
  }

  /// Reads true or false.
  package mutating func bool() throws(DecodingFailure) -> Bool {
    if readWord(0x7472_7565_0000_0000, 4) { return true }
    if readWord(0x6661_6C73_6500_0000, 5) { return false }
    throw expected(.boolean)
  }

  /// Reads null, if it stands here.
  package mutating func null() -> Bool { readWord(0x6E75_6C6C_0000_0000, 4) }

  /// Reads a word, given as the number that its bytes are at the head of eight.
  @inline(__always)
  private mutating func readWord(_ word: UInt64, _ length: Int) -> Bool {
    let stop = index + length
    guard stop <= end, stop == end || !Self.isWordByte(bytes[stop]),
      JSONText.prefix(of: bytes, index..<stop) == word
    else { return false }
    index = stop
    return true
  }

  /// Reads an integer of at most 2^53 - 1 in magnitude, what JSON holds exactly (RFC 7493, section 2.2).
  package mutating func integer() throws(DecodingFailure) -> Int64 {
    try integer(in: -JSONNumber.largestSafeInteger...JSONNumber.largestSafeInteger)
  }

  /// Reads an integer in a range.
  ///
  /// - Throws: a failure for a number with a fraction or an exponent, and for one outside the range.
  package mutating func integer(in range: ClosedRange<Int64>) throws(DecodingFailure) -> Int64 {
    guard index < end else { throw expected(.number) }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    let first = isNegative ? index + 1 : index
    var place = first
    var magnitude: Int64 = 0
    while place < end {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      // Sixteen digits hold every safe integer; more of them is out of every range that can be asked for.
      if place - first < 17 { magnitude = magnitude &* 10 &+ Int64(digit) }
      place += 1
    }
    guard place > first else { throw expected(.number) }
    if place < end, Self.isWordByte(bytes[place]) {
      throw DecodingFailure(reason: "a whole number is needed here, not \(numberText)")
    }
    guard bytes[first] != UInt8(ascii: "0") || (place == first + 1 && !isNegative) else {
      throw damaged("an integer begins with a zero")
    }
    let value = isNegative ? -magnitude : magnitude
    guard place - first < 17, magnitude <= JSONNumber.largestSafeInteger, range.contains(value) else {
      let reason = "\(numberText) is not between \(range.lowerBound) and \(range.upperBound)"
      throw DecodingFailure(reason: reason)
    }
    index = place
    return value
  }

  /// Reads a number.
  package mutating func number() throws(DecodingFailure) -> Double {
    guard peekKind == .number else { throw expected(.number) }
    let text = numberText
    guard let value = Double(text), value.isFinite else { throw damaged("“\(text)” is not a number") }
    index += text.utf8.count
    return value
  }

  /// The number, or what stands for it, from here on.
  private var numberText: String {
    let word = bytes[index..<end].prefix { Self.isWordByte($0) }
    return String(decoding: word, as: UTF8.self)
  }
}
