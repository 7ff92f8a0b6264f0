internal import RelmBytes

/// The grammar of URI references (RFC 3986, appendix A).
package enum URIReference {
  /// Whether a text is a URI or a relative reference; the empty text is one (section 4.2).
  package static func isValid(_ text: String) -> Bool { check(Array(text.utf8)[...]) != nil }

  /// Whether a text is an absolute URI: with a scheme and, as section 4.3 has it, without a fragment.
  package static func isAbsolute(_ text: String) -> Bool { isAbsolute(Array(text.utf8)[...]) }

  static func isAbsolute(_ text: ArraySlice<UInt8>) -> Bool {
    guard let form = check(text) else { return false }
    return form.hasScheme && !form.hasFragment
  }

  static func isValid(_ text: ArraySlice<UInt8>) -> Bool { check(text) != nil }

  /// Whether a text is a URI: with a scheme, and maybe with a fragment (section 3).
  package static func isURI(_ text: String) -> Bool { check(Array(text.utf8)[...])?.hasScheme ?? false }

  private static func check(_ text: ArraySlice<UInt8>) -> (hasScheme: Bool, hasFragment: Bool)? {
    var rest = text
    var hasFragment = false
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard consists(rest[(hash + 1)...], of: isQueryByte) else { return nil }
      hasFragment = true
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard consists(rest[(mark + 1)...], of: isQueryByte) else { return nil }
      rest = rest[..<mark]
    }
    var hasScheme = false
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), isScheme(rest[..<colon]) {
      hasScheme = true
      rest = rest[(colon + 1)...]
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      guard isAuthority(rest[..<slash]) else { return nil }
      rest = rest[slash...]
    } else if !hasScheme {
      // A colon in the first segment would read as a scheme.
      guard !rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) else { return nil }
    }
    guard consists(rest, of: { $0 == UInt8(ascii: "/") || isPathByte($0) }) else { return nil }
    return (hasScheme, hasFragment)
  }

  /// Whether every byte is one of these, or part of a percent-encoded one.
  private static func consists(_ text: ArraySlice<UInt8>, of isMember: (UInt8) -> Bool) -> Bool {
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "%") {
        guard index + 2 <= text.endIndex, Hex.digit(text[index]) != nil,
          Hex.digit(text[index + 1]) != nil
        else { return false }
        index += 2
      } else if !isMember(byte) {
        return false
      }
    }
    return true
  }

  private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, isLetter(first) else { return false }
    return text.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
  }

  private static func isAuthority(_ text: ArraySlice<UInt8>) -> Bool {
    var host = text
    if let at = host.firstIndex(of: UInt8(ascii: "@")) {
      guard consists(host[..<at], of: { isHostByte($0) || $0 == UInt8(ascii: ":") }) else { return false }
      host = host[(at + 1)...]
    }
    if host.first == UInt8(ascii: "[") {
      guard let bracket = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      guard isLiteral(host[(host.startIndex + 1)..<bracket]) else { return false }
      host = host[(bracket + 1)...]
      guard let colon = host.popFirst() else { return true }
      return colon == UInt8(ascii: ":") && host.allSatisfy(isDigit)
    }
    if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
      guard host[(colon + 1)...].allSatisfy(isDigit) else { return false }
      host = host[..<colon]
    }
    // An IPv4 address is a registered name too, as far as the grammar goes.
    return consists(host, of: isHostByte)
  }

  /// What stands between brackets: an IPv6 address, or one of a future version.
  private static func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else { return isIPv6(text) }
    guard let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return false }
    let version = text[(text.startIndex + 1)..<dot]
    let address = text[(dot + 1)...]
    return !version.isEmpty && version.allSatisfy { Hex.digit($0) != nil }
      && !address.isEmpty && address.allSatisfy { isHostByte($0) || $0 == UInt8(ascii: ":") }
  }

  private static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    guard let gap = text.indices.dropLast().first(where: { text[$0] == 0x3A && text[$0 + 1] == 0x3A }) else {
      return groups(text, mayEndInIPv4: true) == 8
    }
    let after = text[(gap + 2)...]
    guard let left = gap == text.startIndex ? 0 : groups(text[..<gap], mayEndInIPv4: false),
      let right = after.isEmpty ? 0 : groups(after, mayEndInIPv4: true)
    else { return false }
    return left + right <= 7
  }

  /// How many 16-bit groups an IPv6 address, or a part of one, spells; an IPv4 address at its end is two.
  private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    for (place, part) in parts.enumerated() {
      if 1...4 ~= part.count, part.allSatisfy({ Hex.digit($0) != nil }) {
        count += 1
      } else if mayEndInIPv4, place == parts.count - 1, isIPv4(part) {
        count += 2
      } else {
        return nil
      }
    }
    return count
  }

  private static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard 1...3 ~= part.count, part.allSatisfy(isDigit) else { return false }
        guard part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// unreserved or sub-delims.
  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    // $ & ' ( ) * + , - . and ; = _ ~ ! besides letters and digits.
    case 0x24, 0x26...0x2E, 0x3B, 0x3D, 0x5F, 0x7E, 0x21: true
    default: isLetter(byte) || isDigit(byte)
    }
  }

  /// pchar, without the percent sign.
  private static func isPathByte(_ byte: UInt8) -> Bool {
    isHostByte(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@")
  }

  private static func isQueryByte(_ byte: UInt8) -> Bool {
    isPathByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
  }
}
