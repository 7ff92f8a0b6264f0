/// The grammar of media types (RFC 2045, section 5.1; names as RFC 6838, section 4.2 restricts them).
package enum MediaType {
  /// Whether a text is a type and a subtype, with parameters or without: `text/plain; charset="utf-8"`.
  package static func isValid(_ text: String) -> Bool { isValid(Array(text.utf8)[...]) }

  static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    guard skipName(&rest), skip("/", &rest), skipName(&rest) else { return false }
    while !rest.isEmpty {
      skipSpace(&rest)
      guard skip(";", &rest) else { return false }
      skipSpace(&rest)
      guard skipToken(&rest), skip("=", &rest), skipToken(&rest) || skipQuoted(&rest) else { return false }
    }
    return true
  }

  private static func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
  }

  /// restricted-name: it begins with a letter or digit, and has at most 127 characters.
  private static func skipName(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, isAlphanumeric(first) else { return false }
    let name = rest.prefix { isAlphanumeric($0) || "!#$&-^_.+".utf8.contains($0) }
    rest.removeFirst(name.count)
    return name.count <= 127
  }

  /// token: any printable ASCII but the special characters of RFC 2045.
  private static func skipToken(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let token = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?=".utf8.contains($0) }
    rest.removeFirst(token.count)
    return !token.isEmpty
  }

  /// quoted-string, in which a backslash takes the next character as it is.
  private static func skipQuoted(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard skip("\"", &rest) else { return false }
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") {
        guard let quoted = rest.popFirst(), isText(quoted) else { return false }
      } else if !isText(byte) {
        return false
      }
    }
    return false
  }

  private static func isText(_ byte: UInt8) -> Bool { byte == 0x09 || byte >= 0x20 && byte < 0x7F }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
