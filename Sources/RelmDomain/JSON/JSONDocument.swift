/// One JSON text (RFC 8259), checked as a whole and laid out as a flat tape of nodes.
///
/// Refused beyond the grammar: what has more than one reading, or cannot be written back — two members of one name,
/// half surrogates, numbers that a double (RFC 7493, section 2.2) does not hold, nesting over 64, a byte order mark.
/// The text stays where it is: a document of one line of a large buffer copies nothing but its tape.
package final class JSONDocument: Sendable {
  /// A value, or the name of a member; a name stands right before its value.
  struct Entry: Sendable {
    var start: Int
    var end: Int
    /// The tape index behind this node and all in it.
    var next: Int32
    /// Members or elements; of a number, 1 when it is an integer literal.
    var count: Int32
    var kind: JSONKind
    /// Of a string: it has escapes. Of a number: it is canonical as it stands. Of an object: its names ascend.
    var mark: Bool

    /// Of a string: what stands between its quotes.
    var content: Range<Int> { start + 1..<end - 1 }
  }

  /// The buffer that the text stands in.
  package let bytes: [UInt8]
  /// Where in the buffer it stands.
  package let range: Range<Int>
  /// The number of its first line in the whole input.
  let line: Int
  let tape: [Entry]

  /// Reads one JSON text: a whole buffer, or a part of one.
  ///
  /// - Parameters:
  ///   - bytes: the buffer; UTF-8.
  ///   - range: the part that is the text; the whole buffer without it.
  ///   - line: the number of the first line, which failures and ``line(of:)`` count from.
  /// - Throws: `JSONError`, with the first trouble.
  package init(_ bytes: [UInt8], range: Range<Int>? = nil, line: Int = 1) throws(JSONError) {
    let range = range ?? bytes.indices
    guard range.count < Int32.max else {
      throw JSONError(line: line, column: 1, pointer: "", reason: "the text is larger than 2 GiB")
    }
    var parser = JSONParser(bytes, range: range)
    do throws(JSONParser.Fault) {
      try parser.run()
    } catch {
      throw parser.error(error, line: line)
    }
    self.bytes = bytes
    self.range = range
    self.line = line
    tape = parser.tape
  }

  /// The value that the whole text is.
  package var root: JSONNode { JSONNode(document: self, index: 0) }

  /// The value at a JSON pointer (RFC 6901); `nil` where there is none, or the text is no pointer.
  package func node(at pointer: String) -> JSONNode? {
    guard let tokens = JSONPointer.tokens(of: pointer) else { return nil }
    var node = root
    for token in tokens {
      guard let child = node.kind == .array ? node.element(named: token) : node[token] else { return nil }
      node = child
    }
    return node
  }

  /// The line of the input that a node begins on.
  package func line(of node: JSONNode) -> Int {
    Self.place(of: tape[node.index].start, in: bytes, from: range.lowerBound, line: line).line
  }

  /// Line and column, from 1, of an offset in a text that begins at `start`.
  static func place(of offset: Int, in bytes: [UInt8], from start: Int, line: Int) -> (line: Int, column: Int) {
    var line = line
    var column = 1
    for byte in bytes[start..<offset] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
