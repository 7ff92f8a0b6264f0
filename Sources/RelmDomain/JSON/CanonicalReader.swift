/// Reads canonical JSON (RFC 8785) front to back, without a tape: what the ledger stored itself.
///
/// The names of an object are sorted and so are the fields that a decoder knows, so decoding is a merge. Nothing is
/// allocated but the strings handed out. Damaged bytes make it fail, never trap; whether bytes are what was once
/// written is not its question but the Merkle tree's.
package struct CanonicalReader: Sendable {
  /// The deepest nesting that is skipped over, as deep as what was taken.
  static let depthLimit = JSONParser.depthLimit

  /// The buffer that is read.
  package let bytes: [UInt8]
  /// The next byte.
  package internal(set) var index: Int
  /// The end of what is read.
  let end: Int
  /// Whether the bytes were accepted once, or written by a fold of what was: then names are taken as they stand. What a
  /// writer took, a reader never fails on, also where a writer of today would refuse it.
  package var isStored = false

  /// - Parameters:
  ///   - bytes: a buffer with canonical JSON in it.
  ///   - range: the part of the buffer that holds the value; all of it without.
  package init(_ bytes: [UInt8], range: Range<Int>? = nil) {
    let range = range ?? bytes.indices
    precondition(range.upperBound <= bytes.count, "the range ends outside the buffer")
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  /// Whether everything has been read.
  package var atEnd: Bool { index >= end }

  /// What kind of value begins here; `nil` where none does.
  package var peekKind: JSONKind? { index < end ? JSONKind(firstByte: bytes[index]) : nil }

  /// - Throws: a failure where something stands behind the value.
  package func finish() throws(DecodingFailure) {
    guard atEnd else { throw DecodingFailure(reason: "something stands behind the end of the value") }
  }

  // MARK: Containers

  /// Reads an object of known members.
  ///
  /// - Parameters:
  ///   - fields: the members that it may have.
  ///   - body: is given a field's index, to read its value; what it leaves unread is skipped.
  /// - Throws: a failure for what is no object, for a name that is no field (it says which is nearest), and what the
  ///   body throws, with the member's name in front of its pointer.
  @inline(__always)
  package mutating func object(
    _ fields: FieldNames, _ body: (Int, inout CanonicalReader) throws(DecodingFailure) -> Void
  ) throws(DecodingFailure) {
    try merge(fields) { (field, name, reader) throws(DecodingFailure) in
      guard let field else { throw reader.unknownMember(name, fields) }
      try body(field, &reader)
    }
  }

  /// Reads an object, and gives the body every member: with the index of the field that it is or `nil`, and where
  /// its name stands.
  @inline(__always)
  mutating func merge(
    _ fields: FieldNames,
    _ body: (_ field: Int?, _ name: Range<Int>, inout CanonicalReader) throws(DecodingFailure) -> Void
  ) throws(DecodingFailure) {
    guard try open(UInt8(ascii: "{"), UInt8(ascii: "}"), .object) else { return }
    var next = 0
    repeat {
      let name: Range<Int>
      let field: Int?
      if let length = fields.lengthExpected(bytes, at: index, next), index + length + 3 <= end {
        // Mostly the next field is the next member, and one comparison has found its end too.
        name = index + 1..<index + 1 + length
        field = next
        next += 1
        index += length + 3
      } else {
        name = try memberName()
        field = fields.match(bytes, name, from: &next)
      }
      let before = index
      do throws(DecodingFailure) {
        try body(field, name, &self)
        if index == before { _ = try skip() }
      } catch {
        throw error.within(text(of: name))
      }
    } while try more(UInt8(ascii: "}"), .object)
  }

  /// Reads an object of any members; the body is given where a name stands, and reads the value or leaves it.
  @inline(__always)
  mutating func members(
    _ body: (_ name: Range<Int>, inout CanonicalReader) throws(DecodingFailure) -> Void
  ) throws(DecodingFailure) {
    guard try open(UInt8(ascii: "{"), UInt8(ascii: "}"), .object) else { return }
    repeat {
      let name = try memberName()
      let before = index
      do throws(DecodingFailure) {
        try body(name, &self)
        if index == before { _ = try skip() }
      } catch {
        throw error.within(text(of: name))
      }
    } while try more(UInt8(ascii: "}"), .object)
  }

  /// Reads an array; the body reads one element.
  ///
  /// - Throws: a failure for what is no array, and what the body throws, with the index in front of its pointer.
  @inline(__always)
  package mutating func array(
    _ body: (inout CanonicalReader) throws(DecodingFailure) -> Void
  ) throws(DecodingFailure) {
    guard try open(UInt8(ascii: "["), UInt8(ascii: "]"), .array) else { return }
    var position = 0
    repeat {
      let before = index
      do throws(DecodingFailure) {
        try body(&self)
        if index == before { _ = try skip() }
      } catch {
        throw error.within(String(position))
      }
      position += 1
    } while try more(UInt8(ascii: "]"), .array)
  }

  /// Steps over the opening byte of a container; false where the container is empty, and read with that.
  @inline(__always)
  private mutating func open(_ opening: UInt8, _ closing: UInt8, _ kind: JSONKind) throws(DecodingFailure)
    -> Bool
  {
    guard index < end, bytes[index] == opening else { throw expected(kind) }
    index += 1
    guard index < end, bytes[index] == closing else { return true }
    index += 1
    return false
  }

  /// Steps over a comma, true, or the end of a container, false.
  @inline(__always)
  private mutating func more(_ closing: UInt8, _ kind: JSONKind) throws(DecodingFailure) -> Bool {
    guard index < end else { throw damaged("the end of \(kind.phrase) is missing") }
    let byte = bytes[index]
    index += 1
    if byte == UInt8(ascii: ",") { return true }
    guard byte == closing else { throw damaged("a comma or the end of \(kind.phrase) is missing") }
    return false
  }

  /// Reads a member's name and its colon; the range is between the quotes.
  @inline(__always)
  private mutating func memberName() throws(DecodingFailure) -> Range<Int> {
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw damaged("a member's name is missing") }
    let (content, _) = try stringContent()
    guard index < end, bytes[index] == UInt8(ascii: ":") else {
      throw damaged("the colon of a member is missing")
    }
    index += 1
    return content
  }

  /// Steps over one value of any kind.
  ///
  /// - Returns: where it stands.
  /// - Throws: a failure where its strings or brackets do not end as they should. What is inside is not decoded.
  @discardableResult
  package mutating func skip() throws(DecodingFailure) -> Range<Int> {
    let start = index
    var depth = 0
    // One bit per open container: 1 is an object.
    var kinds: UInt64 = 0
    repeat {
      guard index < end else { throw damaged("a value is missing or cut off") }
      switch bytes[index] {
      case UInt8(ascii: "\""): _ = try stringContent()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < Self.depthLimit else { throw damaged("a value is nested too deep") }
        kinds = kinds << 1 | (bytes[index] == UInt8(ascii: "{") ? 1 : 0)
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0, (kinds & 1 == 1) == (bytes[index] == UInt8(ascii: "}")) else {
          throw damaged("a bracket closes nothing")
        }
        kinds >>= 1
        depth -= 1
        index += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw damaged("a value is missing") }
        index += 1
      default:
        let first = index
        while index < end, Self.isWordByte(bytes[index]) { index += 1 }
        guard index > first else { throw damaged("a byte stands where a value should") }
      }
    } while depth > 0
    return start..<index
  }

  /// Whether a byte can stand in a number, `true`, `false` or `null`.
  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
  }

  // MARK: Failures

  /// The failure for a value of another kind.
  func expected(_ kind: JSONKind) -> DecodingFailure {
    DecodingFailure(reason: "\(kind.phrase) is needed here, not \(peekKind?.phrase ?? "nothing")")
  }

  func damaged(_ reason: String) -> DecodingFailure { DecodingFailure(reason: "not canonical JSON: \(reason)") }

  /// The characters of a name or a string, for a message.
  func text(of content: Range<Int>) -> String {
    String(decoding: JSONText.unescaped(bytes, content) ?? Array(bytes[content]), as: UTF8.self)
  }

  private func unknownMember(_ name: Range<Int>, _ fields: FieldNames) -> DecodingFailure {
    let text = text(of: name)
    if fields.index(of: text) != nil {
      return damaged("the member “\(text)” stands out of order or twice")
    }
    guard let nearest = EditDistance.nearest(to: text, in: fields.names) else {
      return DecodingFailure(reason: "“\(text)” is not known here")
    }
    return DecodingFailure(reason: "“\(text)” is not known here; did you mean “\(nearest)”?")
  }
}
