/// Reads one JSON text into a tape of nodes, and refuses what RFC 8259 or the ledger's own limits refuse.
///
/// The open containers stand on a fixed stack, so a hostile depth cannot exhaust the real one, and a failure can
/// say its pointer from that stack.
struct JSONParser {
  /// The deepest nesting of objects and arrays that is taken.
  static let depthLimit = 64

  struct Fault: Error {
    let offset: Int
    let reason: String
    /// The tape index of the member name that is meant, where it is not the one being read.
    var name: Int?
  }

  let bytes: [UInt8]
  let range: Range<Int>
  private var index: Int
  private(set) var tape: [JSONDocument.Entry] = []
  private var open = InlineArray<64, Int>(repeating: 0)
  /// Per open object the tape index of the name whose value is being read; -1 between members and in arrays.
  private var names = InlineArray<64, Int>(repeating: -1)
  private var depth = 0

  init(_ bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    index = range.lowerBound
    tape.reserveCapacity(range.count / 8 + 8)
  }

  mutating func run() throws(Fault) {
    if range.count >= 3, bytes[index] == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF {
      throw fault("a byte order mark is not allowed: save the text as UTF-8 without it")
    }
    skipSpace()
    repeat {
      if try beginValue() { continue }
      try endValues()
    } while depth > 0
    skipSpace()
    guard index == range.upperBound else { throw fault("\(found) after the end of the JSON value") }
  }

  // MARK: Structure

  /// Reads a scalar or an empty container, or opens one that is not empty and stands before its first value.
  private mutating func beginValue() throws(Fault) -> Bool {
    guard index < range.upperBound else { throw fault("the input ends where a value should stand") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try beginContainer(.object, closing: UInt8(ascii: "}"))
    case UInt8(ascii: "["): return try beginContainer(.array, closing: UInt8(ascii: "]"))
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    case UInt8(ascii: "t"): try readWord("true", .boolean)
    case UInt8(ascii: "f"): try readWord("false", .boolean)
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
      throw fault("\(found) where a value should stand (is there a comma too many?)")
    default: throw fault("\(found) where a value should stand")
    }
    return false
  }

  private mutating func beginContainer(_ kind: JSONKind, closing: UInt8) throws(Fault) -> Bool {
    guard depth < Self.depthLimit else {
      throw fault("objects and arrays are nested more than \(Self.depthLimit) deep")
    }
    let node = tape.count
    tape.append(.init(start: index, end: index, next: 0, count: 0, kind: kind, mark: kind == .object))
    index += 1
    skipSpace()
    if index < range.upperBound, bytes[index] == closing {
      index += 1
      tape[node].end = index
      tape[node].next = Int32(tape.count)
      return false
    }
    open[depth] = node
    names[depth] = -1
    depth += 1
    tape[node].count = 1
    if kind == .object { try readName() }
    return true
  }

  /// After a value: closes what ends here, and stands before the next value, or behind the root.
  private mutating func endValues() throws(Fault) {
    while depth > 0 {
      let node = open[depth - 1]
      let isObject = tape[node].kind == .object
      skipSpace()
      guard index < range.upperBound else {
        throw fault("the input ends inside \(tape[node].kind.phrase)")
      }
      switch bytes[index] {
      case UInt8(ascii: ","):
        index += 1
        skipSpace()
        names[depth - 1] = -1
        tape[node].count += 1
        if isObject { try readName() }
        return
      case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
        index += 1
        depth -= 1
        tape[node].end = index
        tape[node].next = Int32(tape.count)
        if isObject { try checkNames(of: node) }
      default:
        throw fault("\(found) where a comma or the end of the \(isObject ? "object" : "array") should stand")
      }
    }
  }

  private mutating func readName() throws(Fault) {
    guard index < range.upperBound, bytes[index] == UInt8(ascii: "\"") else {
      throw fault("\(found) where a member name in double quotes should stand")
    }
    let name = tape.count
    try readString()
    names[depth - 1] = name
    skipSpace()
    guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else {
      throw fault("\(found) where the colon after a member name should stand")
    }
    index += 1
    skipSpace()
  }

  /// Refuses two members of one name, and marks the object whose names already are in canonical order.
  private mutating func checkNames(of node: Int) throws(Fault) {
    let first = node + 1
    var last = first
    var arePlain = !tape[first].mark
    var ascend = true
    for _ in 1..<tape[node].count {
      let name = Int(tape[last + 1].next)
      arePlain = arePlain && !tape[name].mark
      ascend = ascend && arePlain && JSONText.precedes(bytes, tape[last].content, tape[name].content)
      last = name
    }
    if ascend { return }
    tape[node].mark = false
    // Few names are compared each with each; many, or escaped ones, are sorted to find a pair.
    guard arePlain && tape[node].count <= 16 else { return try sortNames(of: node) }
    var name = first
    while name < last {
      name = Int(tape[name + 1].next)
      var earlier = first
      while earlier < name {
        if JSONText.isEqual(bytes, tape[earlier].content, tape[name].content) { throw twice(name) }
        earlier = Int(tape[earlier + 1].next)
      }
    }
  }

  private mutating func sortNames(of node: Int) throws(Fault) {
    var names: [(content: [UInt8], node: Int)] = []
    var name = node + 1
    for _ in 0..<tape[node].count {
      names.append((nameContent(name), name))
      name = Int(tape[name + 1].next)
    }
    let isSorted = zip(names, names.dropFirst()).allSatisfy { left, right in
      JSONText.precedes(left.content[...], right.content[...])
    }
    tape[node].mark = isSorted
    if isSorted { return }
    names.sort { left, right in
      JSONText.precedes(left.content[...], right.content[...])
        || (left.content == right.content && left.node < right.node)
    }
    for (one, other) in zip(names, names.dropFirst()) where one.content == other.content {
      throw twice(other.node)
    }
  }

  private mutating func twice(_ name: Int) -> Fault {
    // It stands in the object just closed, which is an open one no longer.
    depth += 1
    let text = String(decoding: nameContent(name), as: UTF8.self)
    return Fault(offset: tape[name].start, reason: "the member “\(text)” stands here twice", name: name)
  }

  private func nameContent(_ name: Int) -> [UInt8] {
    let content = tape[name].content
    return tape[name].mark ? JSONText.unescaped(bytes, content) ?? [] : Array(bytes[content])
  }

  // MARK: Scalars

  private mutating func readWord(_ word: StaticString, _ kind: JSONKind) throws(Fault) {
    let end = index + word.utf8CodeUnitCount
    guard end <= range.upperBound,
      word.withUTF8Buffer({ $0.elementsEqual(bytes[index..<end]) })
    else { throw fault("\(found) where a value should stand (text needs double quotes)") }
    tape.append(.init(start: index, end: end, next: Int32(tape.count + 1), count: 0, kind: kind, mark: false))
    index = end
  }

  private mutating func readString() throws(Fault) {
    let start = index
    var escaped = false
    index += 1
    scan: while true {
      index = JSONText.endOfPlainRun(bytes, from: index, to: range.upperBound)
      guard index < range.upperBound else { throw fault("the input ends inside a string") }
      switch bytes[index] {
      case UInt8(ascii: "\""): break scan
      case UInt8(ascii: "\\"):
        escaped = true
        try readEscape()
      case 0..<0x20:
        throw fault("the control character \(found) must be escaped in a string")
      default:
        let length = JSONText.utf8Length(bytes, at: index, to: range.upperBound)
        guard length > 0 else { throw fault(illFormed) }
        index += length
      }
    }
    index += 1
    tape.append(
      .init(start: start, end: index, next: Int32(tape.count + 1), count: 0, kind: .string, mark: escaped))
  }

  private var illFormed: String {
    if bytes[index] == 0xED, index + 1 < range.upperBound, bytes[index + 1] & 0xE0 == 0xA0 {
      return "half of a surrogate pair stands in a string as bytes: it is not UTF-8"
    }
    return "the bytes in a string are not UTF-8"
  }

  private mutating func readEscape() throws(Fault) {
    guard index + 1 < range.upperBound else { throw fault("the input ends inside a string") }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    case UInt8(ascii: "u"):
      guard let unit = JSONText.codeUnit(bytes, at: index + 2, to: range.upperBound) else {
        throw fault("\\u must be followed by four hexadecimal digits")
      }
      guard UTF16.isLeadSurrogate(unit) || UTF16.isTrailSurrogate(unit) else {
        index += 6
        return
      }
      guard UTF16.isLeadSurrogate(unit), index + 7 < range.upperBound,
        bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
        let second = JSONText.codeUnit(bytes, at: index + 8, to: range.upperBound),
        UTF16.isTrailSurrogate(second)
      else { throw fault("half of a surrogate pair stands alone") }
      index += 12
    default: throw fault("a backslash must be followed by one of \" \\ / b f n r t u")
    }
  }

  private mutating func readNumber() throws(Fault) {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    try readDigits("a number must have digits")
    guard bytes[first] != UInt8(ascii: "0") || index == first + 1 else {
      index = start
      throw fault("a number must not begin with a zero")
    }
    let digits = index - first
    var isInteger = true
    if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
      isInteger = false
      index += 1
      try readDigits("a decimal point must be followed by digits")
    }
    if index < range.upperBound, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      index += 1
      if index < range.upperBound, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        index += 1
      }
      try readDigits("an exponent must have digits")
    }
    // Fifteen digits always fit a double; only “-0” is written otherwise in canonical form.
    let isPlain = isInteger && digits <= 15 && !(first > start && bytes[first] == UInt8(ascii: "0"))
    if !isPlain { try checkDouble(start..<index, isInteger: isInteger) }
    tape.append(
      .init(
        start: start, end: index, next: Int32(tape.count + 1), count: isInteger ? 1 : 0, kind: .number,
        mark: isPlain))
  }

  private mutating func readDigits(_ reason: String) throws(Fault) {
    let first = index
    while index < range.upperBound, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    guard index > first else { throw fault(reason) }
  }

  private func checkDouble(_ literal: Range<Int>, isInteger: Bool) throws(Fault) {
    let text = String(decoding: bytes[literal], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw Fault(offset: literal.lowerBound, reason: "the number is outside the range of a double")
    }
    let digits = bytes[literal].prefix { $0 | 0x20 != UInt8(ascii: "e") }
    if value == 0, digits.contains(where: { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 }) {
      throw Fault(offset: literal.lowerBound, reason: "the number is too near to zero for a double")
    }
    let isHeld =
      isInteger
      ? JSONNumber.holds(value, literal: bytes[literal]) : JSONNumber.holds(value, decimal: bytes[literal])
    guard isHeld else {
      var written: [UInt8] = []
      JSONNumber.append(value, to: &written)
      let other = String(decoding: written, as: UTF8.self)
      let reason =
        "the \(isInteger ? "integer" : "number") \(text) cannot be held exactly (it would become \(other)): write it as a "
        + "string"
      throw Fault(offset: literal.lowerBound, reason: reason)
    }
  }

  // MARK: Places

  private mutating func skipSpace() {
    while index < range.upperBound {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private func fault(_ reason: String) -> Fault { Fault(offset: index, reason: reason) }

  /// What stands at the index, as a message says it.
  private var found: String {
    guard index < range.upperBound else { return "the end of the input" }
    let byte = bytes[index]
    if byte > 0x20, byte < 0x7F { return "“\(Character(Unicode.Scalar(byte)))”" }
    let length = JSONText.utf8Length(bytes, at: index, to: range.upperBound)
    if byte >= 0x80, length > 0 {
      return "“\(String(decoding: bytes[index..<index + length], as: UTF8.self))”"
    }
    let digits = String(byte, radix: 16, uppercase: true)
    return "the byte 0x" + (digits.count < 2 ? "0" : "") + digits
  }

  /// A fault with its line, column and pointer.
  func error(_ fault: Fault, line: Int) -> JSONError {
    let (line, column) = JSONDocument.place(of: fault.offset, in: bytes, from: range.lowerBound, line: line)
    var pointer = ""
    for level in 0..<depth {
      let node = open[level]
      let name = (level == depth - 1 ? fault.name : nil) ?? names[level]
      if tape[node].kind == .array {
        pointer += "/\(tape[node].count - 1)"
      } else if name >= 0 {
        pointer += "/" + JSONPointer.escaped(String(decoding: nameContent(name), as: UTF8.self))
      }
    }
    return JSONError(line: line, column: column, pointer: pointer, reason: fault.reason)
  }
}
