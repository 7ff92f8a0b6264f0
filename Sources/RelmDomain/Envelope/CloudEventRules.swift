/// What CloudEvents 1.0.2 asks of each attribute, in the JSON event format.
enum CloudEventRules {
  /// Checks every member of an event, and leaves those that are null away.
  ///
  /// - Returns: the known attributes that it has.
  /// - Throws: a failure with the pointer from the event.
  static func check(
    _ event: JSONNode, omitting edits: inout JSONEdits
  ) throws(DecodingFailure) -> AttributeSet {
    var present = AttributeSet()
    for member in event.members {
      let value = member.value
      let attribute = member.key.withBytes(Attribute.names.index(of:_:)).flatMap(Attribute.init(rawValue:))
      // Payload is not an attribute: null data is data.
      if value.isNull && attribute != .data {
        edits.omit(member.name)
        continue
      }
      do throws(DecodingFailure) {
        guard let attribute else {
          try checkExtension(member.name, value)
          continue
        }
        present.insert(attribute)
        try check(attribute, value)
      } catch {
        throw error.within(member.name)
      }
    }
    return present
  }

  private static func check(_ attribute: Attribute, _ value: JSONNode) throws(DecodingFailure) {
    switch attribute {
    case .data: return
    case .recordedTime, .streamVersion, .streamPrevious: throw ledgerSets(attribute, pointer: "")
    case .authID, .authSignature, .authType, .causationID, .correlationID, .dataBase64, .dataContentType,
      .dataSchema, .id, .source, .specVersion, .subject, .time, .type:
      guard value.kind == .string else {
        throw DecodingFailure(reason: "a string is needed here, not \(value.kind.phrase)")
      }
      let failure = value.withBytes { Self.failure(attribute, $0, $1) }
      if let failure { throw failure }
    }
  }

  /// Checks one member that is a string.
  ///
  /// - Returns: which known attribute it is.
  @discardableResult
  static func check(_ name: String, text: [UInt8]) throws(DecodingFailure) -> Attribute? {
    guard let attribute = Attribute.names.index(of: name).flatMap(Attribute.init(rawValue:)) else {
      try checkName(name)
      if let failure = stringFailure(text, text.indices) { throw failure }
      return nil
    }
    if let failure = failure(attribute, text, text.indices) { throw failure }
    return attribute
  }

  /// What is wrong with the text of an attribute; `nil` where nothing is.
  private static func failure(_ attribute: Attribute, _ bytes: [UInt8], _ range: Range<Int>) -> DecodingFailure?
  {
    func text() -> String { String(decoding: bytes[range], as: UTF8.self) }
    switch attribute {
    case .data: return nil
    case .dataBase64:
      return isBase64(bytes[range])
        ? nil : DecodingFailure(reason: "the text is not base64 (RFC 4648, section 4)")
    case .recordedTime, .streamVersion, .streamPrevious: return ledgerSets(attribute, pointer: "")
    case .authID, .authSignature, .authType, .causationID, .correlationID, .dataContentType, .dataSchema, .id,
      .source, .specVersion, .subject, .time, .type:
      break
    }
    guard !range.isEmpty else { return DecodingFailure(reason: "a text is needed here, not an empty string") }
    if let failure = stringFailure(bytes, range) { return failure }
    switch attribute {
    case .specVersion where !bytes[range].elementsEqual("1.0".utf8):
      return DecodingFailure(reason: "only CloudEvents “1.0” is known here, not “\(text())”")
    case .source where !URIReference.isValid(bytes[range]):
      return DecodingFailure(reason: "“\(text())” is not a URI reference (RFC 3986)")
    case .dataSchema where !URIReference.isAbsolute(bytes[range]):
      let reason =
        "“\(text())” is not an absolute URI: with a scheme, without a fragment (RFC 3986, section 4.3)"
      return DecodingFailure(reason: reason)
    case .dataContentType where !MediaType.isValid(bytes[range]):
      return DecodingFailure(reason: "“\(text())” is not a media type (RFC 2045), such as application/json")
    case .time where RFC3339.instant(of: bytes, range) == nil:
      return DecodingFailure(reason: Timestamp.requirement)
    case .authID, .authSignature, .authType, .causationID, .correlationID, .data, .dataBase64, .dataContentType,
      .dataSchema, .id, .recordedTime, .source, .specVersion, .streamPrevious, .streamVersion, .subject, .time,
      .type:
      return nil
    }
  }

  /// The failure for an attribute that a caller may not set.
  static func ledgerSets(_ attribute: Attribute, pointer: String? = nil) -> DecodingFailure {
    let reason = "only the ledger sets “\(attribute.name)”: leave it away"
    return DecodingFailure(pointer: pointer ?? "/" + attribute.name, reason: reason)
  }

  // MARK: Extensions

  private static func checkExtension(_ name: String, _ value: JSONNode) throws(DecodingFailure) {
    try checkName(name)
    switch value.kind {
    case .boolean: return
    case .string:
      if let failure = value.withBytes(stringFailure) { throw failure }
    case .number:
      guard value.isIntegerLiteral, let integer = value.integer, Int32(exactly: integer) != nil else {
        throw DecodingFailure(reason: "a number among the attributes is a whole one of 32 bits")
      }
    case .null, .array, .object:
      let reason = "an attribute is a string, a whole number, true or false, not \(value.kind.phrase)"
      throw DecodingFailure(reason: reason + "; what is larger belongs into “data”")
    }
  }

  private static func checkName(_ name: String) throws(DecodingFailure) {
    let isPlain = name.utf8.allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
    }
    guard isPlain, !name.isEmpty else {
      let known = Attribute.names.names
      let hint = EditDistance.nearest(to: name.lowercased(), in: known).map { "; did you mean “\($0)”?" } ?? ""
      throw DecodingFailure(reason: "the name of an attribute has only the characters a to z and 0 to 9\(hint)")
    }
  }

  // MARK: Types

  /// The type String (CloudEvents, section “Type System”): no control characters, no noncharacters.
  private static func stringFailure(_ bytes: [UInt8], _ range: Range<Int>) -> DecodingFailure? {
    // What is printable ASCII has neither.
    let isPrintable = bytes.withUnsafeBufferPointer { buffer in
      for index in range where buffer[index] < 0x20 || buffer[index] >= 0x7F { return false }
      return true
    }
    if isPrintable { return nil }
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0:
        return DecodingFailure(
          reason: "a control character (\(codePoint(scalar))) is not allowed in an attribute")
      case 0xFDD0...0xFDEF:
        return DecodingFailure(
          reason: "\(codePoint(scalar)) is not a character, so not allowed in an attribute")
      case let value where value & 0xFFFE == 0xFFFE:
        return DecodingFailure(
          reason: "\(codePoint(scalar)) is not a character, so not allowed in an attribute")
      default: continue
      }
    }
    return nil
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Base64 with its padding (RFC 4648, section 4).
  static func isBase64(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count % 4 == 0 else { return false }
    let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return false }
    return bytes.dropLast(padding).allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
    }
  }
}
