internal import RelmYAML

/// The text of a document, and what is told of it before and after it is parsed.
struct YAMLText {
  /// Without a byte order mark.
  let bytes: [UInt8]

  /// - Throws: ``YAMLError`` at the first byte that is not UTF-8, or where a character stands that YAML does not have.
  init(_ bytes: [UInt8]) throws(YAMLError) {
    // A byte order mark says nothing in UTF-8, and some editors write it.
    let marked = bytes.starts(with: Self.mark)
    let bytes = marked ? Array(bytes.dropFirst(3)) : bytes
    let valid = Self.validPrefix(of: bytes)
    guard valid == bytes.count else {
      throw YAMLError(at: Self.place(of: valid, in: bytes), "it is not UTF-8 from here on")
    }
    self.bytes = bytes
    if let wrong = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F }
    ) {
      let code = String(bytes[wrong], radix: 16, uppercase: true)
      throw YAMLError(
        at: Self.place(of: wrong, in: bytes),
        "a control character stands here, U+\(code.count < 2 ? "000" : "00")\(code)")
    }
    try refuseInvisible()
  }

  /// Refuses U+FEFF within the text, as itself or escaped: nobody sees it.
  private func refuseInvisible() throws(YAMLError) {
    for (index, byte) in bytes.enumerated() where byte == 0xEF || byte == UInt8(ascii: "\\") {
      let rest = bytes[index...]
      let escape = String(decoding: rest.dropFirst().prefix(9), as: UTF8.self).uppercased()
      guard rest.starts(with: Self.mark) || byte != 0xEF && (escape.hasPrefix("UFEFF") || escape == "U0000FEFF")
      else {
        continue
      }
      throw YAMLError(
        at: Self.place(of: index, in: bytes), "a character that nobody sees stands here, U+FEFF; take it away")
    }
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func validPrefix(of bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { valid += scalar.count }
    return valid
  }

  /// Line and column, from 1, of an offset.
  private static func place(of offset: Int, in bytes: [UInt8]) -> YAMLPlace {
    let before = bytes[..<offset]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return YAMLPlace(
      line: before.count { $0 == 0x0A } + 1, column: bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1)
  }

  // MARK: Before it is parsed

  /// Refuses what looks like many aliases of anchors that are there, in words about all of them; a few are told one by
  /// one. None is ever followed: a text of a few lines can stand for more than any machine holds.
  func refuseManyAliases() throws(YAMLError) {
    var anchors: Set<ArraySlice<UInt8>> = []
    var first: Int?
    var count = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
      guard index == 0 || Self.mayStandBefore(bytes[index - 1]) else { continue }
      let name = bytes[(index + 1)...].prefix { !Self.endsName($0) }
      guard !name.isEmpty else { continue }
      if byte == UInt8(ascii: "&") {
        anchors.insert(name)
        first = first ?? index
      } else if anchors.contains(name) {
        count += 1
      }
    }
    guard count > 16, let first else { return }
    throw YAMLError(
      at: Self.place(of: first, in: bytes), "here anchors and aliases begin; write things out where they belong"
    )
  }

  /// Refuses many directives of tags: none is of use where no tag is taken, and libyaml compares each with all before it,
  /// which takes it seconds for a text of the size that is taken.
  func refuseManyDirectives() throws(YAMLError) {
    let directive = Array("%TAG".utf8)
    var first: Int?
    var count = 0
    for (index, byte) in bytes.enumerated()
    where byte == directive[0] && bytes[index...].starts(with: directive) {
      // What ends a line is a control character, or ends in such a byte (U+0085, U+2028).
      guard index == 0 || bytes[index - 1] < 0x20 || bytes[index - 1] >= 0x80 else { continue }
      first = first ?? index
      count += 1
    }
    guard count > 64, let first else { return }
    throw YAMLError(at: Self.place(of: first, in: bytes), "here directives of tags begin; no tag is taken")
  }

  private static func mayStandBefore(_ byte: UInt8) -> Bool { byte <= 0x20 || ",[{:-?".utf8.contains(byte) }
  private static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || ",[]{}:".utf8.contains(byte) }

  // MARK: After it was parsed

  /// What the parser says, as ours.
  func words(of trouble: YAMLTrouble) -> YAMLError {
    switch trouble {
    case .malformed(let problem, let place, let circumstance):
      if character(at: place) == "\t" {
        return YAMLError(at: place, "a tab stands here; YAML indents with spaces")
      }
      let before = circumstance.map { " (\($0.words.trimmingSpaces), from \($0.place))" } ?? ""
      return YAMLError(at: place, "not YAML: \(problem)\(before)")
    case .character(let problem, let offset):
      return YAMLError(at: Self.place(of: min(offset, bytes.count), in: bytes), "not YAML: \(problem)")
    case .repeatedKey(let key, let place, let first):
      return YAMLError(at: place, "the key “\(key)” stands twice, first at \(first)")
    case .depth(let place):
      return YAMLError(at: place, "it is nested deeper than \(YAMLDocument.depthLimit)")
    case .memory:
      return YAMLError(at: .beginning, "it cannot be read: the memory does not do")
    }
  }

  /// The character at a place; nil where there is none.
  private func character(at place: YAMLPlace) -> Unicode.Scalar? {
    let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(place.line - 1) else { return nil }
    return lines[place.line - 1].dropFirst(place.column - 1).first
  }
}

extension String {
  fileprivate var trimmingSpaces: Substring { self[...].drop { $0 == " " } }
}
