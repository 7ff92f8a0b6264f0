internal import RelmBytes

/// What an event is about, and so the stream that it stands in.
///
/// One entity has one spelling: a text that is not exactly how the subject would be printed is refused, and the
/// refusal says the right one.
package enum Subject: Hashable, Sendable {
  /// One version of a package; the package's name may have slashes.
  case release(package: String, version: String)
  case service(String)
  case environment(String)
  case policy(String)
  case procedure(String)
  case capability(String)
  case person(PersonID)
  case incident(String)
  /// The ledger itself.
  case ledger

  /// Reads a subject.
  ///
  /// A release is split at its first and last slash, other subjects at the first.
  ///
  /// - Throws: a failure that says what is wrong, and where there is one the right spelling.
  package init(_ text: String) throws(DecodingFailure) {
    let bytes = Array(text.utf8)
    guard !bytes.elementsEqual("ledger".utf8) else {
      self = .ledger
      return
    }
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { throw Self.unknownKind(text) }
    let kind = String(decoding: bytes[..<slash], as: UTF8.self)
    let rest = bytes[(slash + 1)...]
    switch kind {
    case "release":
      guard let last = rest.lastIndex(of: UInt8(ascii: "/")) else {
        throw DecodingFailure(reason: "“\(text)” names no release: write release/<package>/<version>")
      }
      let package = try Self.name(rest[..<last], in: text)
      self = .release(package: package, version: try Self.name(rest[(last + 1)...], isPath: false, in: text))
    case "service": self = .service(try Self.name(rest, in: text))
    case "environment": self = .environment(try Self.name(rest, in: text))
    case "policy": self = .policy(try Self.name(rest, in: text))
    case "procedure": self = .procedure(try Self.name(rest, in: text))
    case "capability": self = .capability(try Self.name(rest, in: text))
    case "incident": self = .incident(try Self.name(rest, in: text))
    case "person":
      guard let uuid = UUIDText(String(decoding: rest, as: UTF8.self)) else {
        throw DecodingFailure(reason: "“\(text)” names no person: write person/<uuid>")
      }
      self = .person(PersonID(uuid))
    default: throw Self.unknownKind(kind)
    }
    // What holds nothing to be encoded is canonical; only a person's letters can then be in the wrong case.
    if kind != "person", !bytes.contains(where: { Self.isEncoded($0) }) { return }
    let canonical = self.text
    guard canonical.utf8.elementsEqual(bytes) else {
      throw DecodingFailure(
        reason: "“\(text)” \(Self.misspelling(in: bytes, for: canonical)): write \(canonical)")
    }
  }

  /// The subject as it is written.
  package var text: String {
    switch self {
    case .release(let package, let version):
      "release/\(Self.encoded(package))/\(Self.encoded(version, isPath: false))"
    case .service(let name): "service/" + Self.encoded(name)
    case .environment(let name): "environment/" + Self.encoded(name)
    case .policy(let id): "policy/" + Self.encoded(id)
    case .procedure(let id): "procedure/" + Self.encoded(id)
    case .capability(let id): "capability/" + Self.encoded(id)
    case .person(let person): "person/" + person.uuid.text
    case .incident(let id): "incident/" + Self.encoded(id)
    case .ledger: "ledger"
    }
  }

  /// The names in it that somebody has given: a release's package and version, an environment's name.
  package var names: [String] {
    switch self {
    case .release(let package, let version): [package, version]
    case .service(let name), .environment(let name), .policy(let name), .procedure(let name),
      .capability(let name), .incident(let name):
      [name]
    case .person, .ledger: []
    }
  }

  /// Why no new event may stand under the subject, although old ones can: a name in it has a control character once it is
  /// percent-decoded. nil for any other.
  package var unprintable: DecodingFailure? {
    guard names.contains(where: \.hasControlCharacter) else { return nil }
    return DecodingFailure(
      reason: "the name in “\(text)” has a control character or a line break, percent-encoded as it may be")
  }

  /// Why no stream may begin under the subject, although old ones can go on: a name in it has a space at an end of one of
  /// its parts, or a slash that is none, so that it reads as another. nil for any other.
  package var misread: DecodingFailure? {
    guard let objection = names.lazy.compactMap({ EntityName.misread($0) }).first else { return nil }
    return DecodingFailure(reason: objection)
  }

  // MARK: Spelling

  private static let kinds = [
    "capability", "environment", "incident", "ledger", "person", "policy", "procedure", "release", "service",
  ]

  private static func unknownKind(_ kind: String) -> DecodingFailure {
    let nearest = EditDistance.nearest(to: kind, in: kinds)
    let hint = nearest.map { "did you mean “\($0)”?" } ?? "known are \(kinds.joined(separator: ", "))"
    return DecodingFailure(reason: "“\(kind)” is no kind of subject; \(hint)")
  }

  /// What is spelt otherwise than it is here: the first character that stands where the right spelling has another.
  private static func misspelling(in bytes: [UInt8], for canonical: String) -> String {
    let right = Array(canonical.utf8)
    let place = zip(bytes, right).prefix { $0 == $1 }.count
    let percent = UInt8(ascii: "%")
    // A code and what it stands for differ at its percent sign, two codes behind it.
    let start = [place, place - 1, place - 2].first { bytes.indices.contains($0) && bytes[$0] == percent }
    if let start {
      let written = bytes[start...].prefix(3)
      guard let code = decoded(Array(written)).first, code != percent else {
        return "has a percent sign, which is written %25 in a subject"
      }
      let text = String(decoding: written, as: UTF8.self)
      guard right[start] != percent, code > 0x20, code < 0x7F else {
        return "has \(text), which is written otherwise here"
      }
      return "has \(text) for ‘\(Character(Unicode.Scalar(code)))’, which is not percent-encoded here"
    }
    guard bytes.indices.contains(place) else { return "is spelt otherwise here" }
    let byte = bytes[place]
    switch byte {
    case UInt8(ascii: " "): return "has a space, which is written %20 in a subject"
    case UInt8(ascii: "/"): return "has a slash in its version, which is written %2F there"
    case 0..<0x20, 0x7F: return "has a control character, which is percent-encoded in a subject"
    default: return "is spelt otherwise here"
    }
  }

  /// Reads a name: percent-encoded bytes decoded, and a path of parts that are not empty.
  private static func name(
    _ encoded: ArraySlice<UInt8>, isPath: Bool = true, in text: String
  ) throws(DecodingFailure) -> String {
    var bytes = Array(encoded)
    if bytes.contains(UInt8(ascii: "%")) { bytes = decoded(bytes) }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw DecodingFailure(reason: "the percent-encoding in “\(text)” does not spell UTF-8")
    }
    let slash = UInt8(ascii: "/")
    let hasGap =
      bytes.isEmpty
      || isPath
        && (bytes.first == slash || bytes.last == slash
          || zip(bytes, bytes.dropFirst()).contains { $0 == slash && $1 == slash })
    guard !hasGap else {
      throw DecodingFailure(reason: "“\(text)” has an empty name between, before or after its slashes")
    }
    return name
  }

  /// Percent-decodes; a percent sign that encodes nothing is meant as one, and the right spelling encodes it.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Hex.digit(bytes[index + 1]), let low = Hex.digit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return decoded
  }

  /// Whether a byte is percent-encoded (RFC 3986, section 2.1): the percent sign, control characters, the space, and
  /// the slash where it would be read as a separator; nothing else.
  private static func isEncoded(_ byte: UInt8, isPath: Bool = true) -> Bool {
    byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || (!isPath && byte == UInt8(ascii: "/"))
  }

  private static func encoded(_ name: String, isPath: Bool = true) -> String {
    guard name.utf8.contains(where: { isEncoded($0, isPath: isPath) }) else { return name }
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in name.utf8 {
      if isEncoded(byte, isPath: isPath) {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Subject: CustomStringConvertible {
  package var description: String { text }
}
