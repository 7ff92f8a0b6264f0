/// The tokens of JSON pointers (RFC 6901).
package enum JSONPointer {
  /// A member name as it stands in a pointer: `~` becomes `~0` and `/` becomes `~1`.
  package static func escaped(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return token
    }
    var escaped = ""
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The tokens of a pointer, unescaped; `nil` where the text is no pointer.
  package static func tokens(of pointer: String) -> [String]? {
    guard !pointer.isEmpty else { return [] }
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let token = unescaped(part) else { return nil }
      tokens.append(token)
    }
    return tokens
  }

  private static func unescaped(_ part: Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    var tilde = false
    for byte in part {
      switch (tilde, byte) {
      case (false, UInt8(ascii: "~")):
        tilde = true
        continue
      case (true, UInt8(ascii: "0")): bytes.append(UInt8(ascii: "~"))
      case (true, UInt8(ascii: "1")): bytes.append(UInt8(ascii: "/"))
      case (true, _): return nil
      case (false, _): bytes.append(byte)
      }
      tilde = false
    }
    return tilde ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
