internal import Yams

/// The text of a document, and what is told of it before and after it is parsed.
struct YAMLText {
  let string: String
  private let bytes: [UInt8]

  /// - Throws: ``YAMLError`` at the first byte that is not UTF-8, or where a character stands that YAML does not have.
  init(_ bytes: [UInt8]) throws(YAMLError) {
    // A byte order mark says nothing in UTF-8, and some editors write it.
    let marked = bytes.starts(with: Self.mark)
    let bytes = marked ? Array(bytes.dropFirst(3)) : bytes
    guard let string = String(validating: bytes, as: UTF8.self) else {
      let valid = Self.validPrefix(of: bytes)
      throw YAMLError(at: Self.place(of: valid, in: bytes), "it is not UTF-8 from here on")
    }
    self.string = string
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

  /// Refuses U+FEFF within the text, as itself or escaped: nobody sees it, and the parser drops it from a text's
  /// beginning.
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

  /// Refuses what looks like many aliases of anchors that are there, before they are followed: a text of a few lines can
  /// stand for more than any machine holds. A few of them cost nothing and are told apart by the parser.
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

  private static func mayStandBefore(_ byte: UInt8) -> Bool { byte <= 0x20 || ",[{:-?".utf8.contains(byte) }
  private static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || ",[]{}:".utf8.contains(byte) }

  // MARK: After it was parsed

  /// What the parser says, as ours.
  func words(of error: any Error) -> YAMLError {
    guard let error = error as? YamlError else {
      return YAMLError(at: .beginning, "it cannot be read: \(error)")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = YAMLPlace(line: mark.line, column: mark.column)
      if character(at: place) == "\t" {
        return YAMLError(at: place, "a tab stands here; YAML indents with spaces")
      }
      let before = context.map { " (\($0.text.trimmingSpaces), from \($0.mark.line):\($0.mark.column))" } ?? ""
      return YAMLError(at: place, "not YAML: \(problem)\(before)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return twice(duplicates, near: YAMLPlace(line: context.mark.line, column: context.mark.column))
    case .reader(let problem, _, _, _): return YAMLError(at: .beginning, "not YAML: \(problem)")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return YAMLError(at: .beginning, "it cannot be read: \(error)")
    }
  }

  /// The character at a place; nil where there is none.
  private func character(at place: YAMLPlace) -> Unicode.Scalar? {
    let lines = string.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(place.line - 1) else { return nil }
    return lines[place.line - 1].dropFirst(place.column - 1).first
  }

  /// The parser has found keys that stand twice, and says where one of them is. Where the other one is, the text says: in
  /// the same column of a later line, or else the next of that name with a colon.
  private func twice(_ keys: [String], near place: YAMLPlace) -> YAMLError {
    let key = keys.first ?? ""
    let lines = string.split(separator: "\n", omittingEmptySubsequences: false)
    var next: YAMLPlace?
    for (index, line) in lines.enumerated().dropFirst(place.line - 1) {
      let scalars = Array(line.unicodeScalars)
      let name = Array(key.unicodeScalars)
      for column in scalars.indices where index > place.line - 1 || column > place.column - 1 {
        guard Self.isKey(name, in: scalars, at: column) else { continue }
        let found = YAMLPlace(line: index + 1, column: column + 1)
        if found.column == place.column || found.line == place.line {
          return YAMLError(at: found, "the key “\(key)” stands twice, first at \(place)")
        }
        next = next ?? found
      }
    }
    guard let next else { return YAMLError(at: place, "the key “\(key)” stands twice") }
    return YAMLError(at: next, "the key “\(key)” stands twice, first at \(place)")
  }

  /// Whether a key of that name begins there, quoted or not.
  private static func isKey(_ name: [Unicode.Scalar], in line: [Unicode.Scalar], at column: Int) -> Bool {
    if column > 0, !" ,{?\t".unicodeScalars.contains(line[column - 1]) { return false }
    var rest = line[column...]
    var quote: Unicode.Scalar?
    if let first = rest.first, first == "\"" || first == "'" {
      quote = first
      rest = rest.dropFirst()
    }
    guard rest.starts(with: name) else { return false }
    rest = rest.dropFirst(name.count)
    if let quote {
      guard rest.first == quote else { return false }
      rest = rest.dropFirst()
    }
    return rest.drop { $0 == " " }.first == ":"
  }
}

extension String {
  fileprivate var trimmingSpaces: Substring { self[...].drop { $0 == " " } }
}
