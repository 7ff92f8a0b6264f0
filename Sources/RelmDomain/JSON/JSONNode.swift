/// A value in a document, with what one asks of it.
package struct JSONNode: Sendable {
  package let document: JSONDocument
  /// Its place on the document's tape.
  let index: Int

  private var entry: JSONDocument.Entry { document.tape[index] }

  package var kind: JSONKind { entry.kind }

  /// Where in the document's buffer its text stands.
  package var range: Range<Int> { entry.start..<entry.end }

  /// How many members or elements it has; 0 of a scalar.
  package var count: Int { kind == .number ? 0 : Int(entry.count) }

  /// The characters of a string, unescaped; `nil` of anything else.
  package var string: String? {
    guard kind == .string else { return nil }
    return withContent { String(decoding: $0, as: UTF8.self) }
  }

  /// The double that a number is.
  package var number: Double? {
    guard kind == .number else { return nil }
    return Double(String(decoding: document.bytes[range], as: UTF8.self))
  }

  /// The integer that a number is, exactly; `nil` where it is none, or none of 64 bits.
  ///
  /// The value counts, not how it is written: `5.0` is 5, as it will be in canonical form.
  package var integer: Int64? {
    guard kind == .number else { return nil }
    if entry.mark { return Int64(String(decoding: document.bytes[range], as: UTF8.self)) }
    return number.flatMap(JSONNumber.integer)
  }

  /// Whether it is a number written without fraction and exponent.
  package var isIntegerLiteral: Bool { kind == .number && entry.count == 1 }

  /// True or false.
  package var bool: Bool? {
    guard kind == .boolean else { return nil }
    return document.bytes[entry.start] == UInt8(ascii: "t")
  }

  package var isNull: Bool { kind == .null }

  /// The value of an object's member; names are compared byte by byte.
  package subscript(name: String) -> JSONNode? {
    guard kind == .object else { return nil }
    return members.first { $0.hasName(name) }?.value
  }

  /// The element of an array, from 0.
  package subscript(position: Int) -> JSONNode? {
    guard kind == .array, position >= 0, position < count else { return nil }
    return elements.dropFirst(position).first { _ in true }
  }

  /// The element that a pointer's token names.
  func element(named token: String) -> JSONNode? {
    guard let position = Int(token), String(position) == token else { return nil }
    return self[position]
  }

  /// The members of an object, in the order of the text.
  package var members: JSONMembers { JSONMembers(of: self) }

  /// The elements of an array.
  package var elements: JSONElements { JSONElements(of: self) }

  /// The line of the input that it begins on.
  package var line: Int { document.line(of: self) }

  /// Its JSON pointer (RFC 6901) from the root.
  package var pointer: String {
    var pointer = ""
    var node = document.root
    while node.index != index {
      if node.kind == .object {
        guard let member = node.members.first(where: { $0.value.contains(index) }) else { break }
        pointer += "/" + JSONPointer.escaped(member.name)
        node = member.value
      } else {
        guard let (position, element) = node.elements.enumerated().first(where: { $0.element.contains(index) })
        else { break }
        pointer += "/\(position)"
        node = element
      }
    }
    return pointer
  }

  private func contains(_ other: Int) -> Bool { other >= index && other < Int(entry.next) }

  /// Calls the body with where a string's characters stand in a buffer, as UTF-8.
  func withBytes<Result>(_ body: (_ bytes: [UInt8], _ range: Range<Int>) -> Result) -> Result {
    let entry = entry
    guard entry.mark else { return body(document.bytes, entry.content) }
    guard let unescaped = JSONText.unescaped(document.bytes, entry.content) else {
      preconditionFailure("the parser took a malformed escape")
    }
    return body(unescaped, unescaped.indices)
  }

  /// Calls the body with the UTF-8 of a string's characters.
  func withContent<Result>(_ body: (ArraySlice<UInt8>) -> Result) -> Result {
    withBytes { body($0[$1]) }
  }
}

/// A member of an object.
package struct JSONMember: Sendable {
  /// The name, as a node.
  let key: JSONNode

  /// The name, unescaped.
  package var name: String { key.withContent { String(decoding: $0, as: UTF8.self) } }

  package var value: JSONNode { JSONNode(document: key.document, index: key.index + 1) }

  /// Whether it has this name, byte by byte: two spellings of one letter are two names.
  package func hasName(_ name: String) -> Bool { key.withContent { $0.elementsEqual(name.utf8) } }
}

/// The members of an object; nothing of any other value.
package struct JSONMembers: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var index: Int
  private var remaining: Int

  init(of node: JSONNode) {
    document = node.document
    index = node.index + 1
    remaining = node.kind == .object ? node.count : 0
  }

  package mutating func next() -> JSONMember? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    defer { index = Int(document.tape[index + 1].next) }
    return JSONMember(key: JSONNode(document: document, index: index))
  }
}

/// The elements of an array; nothing of any other value.
package struct JSONElements: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var index: Int
  private var remaining: Int

  init(of node: JSONNode) {
    document = node.document
    index = node.index + 1
    remaining = node.kind == .array ? node.count : 0
  }

  package mutating func next() -> JSONNode? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    defer { index = Int(document.tape[index].next) }
    return JSONNode(document: document, index: index)
  }
}
