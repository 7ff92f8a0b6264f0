internal import RelmBytes

/// Package URLs (ECMA-427): `pkg:deb/debian/curl@7.88.1-10?arch=amd64#usr/bin`.
///
/// What is checked is what makes one name a package: a type, a name, and qualifiers whose keys are such. Slashes behind the
/// scheme say nothing (section 5.6.1), so `pkg://deb/…` is one as well.
enum PackageURL {
  /// What is wrong with a text; nil where it is one.
  static func objection(to text: String) -> String? {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "it has a space or what is not ASCII, which is percent-encoded in it"
    }
    guard text.utf8.starts(with: "pkg:".utf8) else { return "it does not begin with pkg:" }
    var rest = text.utf8.dropFirst(4).drop { $0 == slash }
    guard hasWholeEscapes(rest) else { return "a percent sign in it encodes nothing" }
    // Where they separate nothing they are encoded.
    let (hashes, marks) = (rest.filter { $0 == hash }.count, rest.filter { $0 == mark }.count)
    guard hashes <= 1, marks <= 1, rest.firstIndex(of: hash).map({ !rest[$0...].contains(mark) }) ?? true else {
      return "a # or ? in it separates nothing, and is percent-encoded there"
    }
    if let hash = rest.firstIndex(of: hash) { rest = rest[..<hash] }
    if let mark = rest.firstIndex(of: mark) {
      if let objection = objection(toQualifiers: rest[rest.index(after: mark)...]) { return objection }
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: slash, omittingEmptySubsequences: true)
    guard let type = parts.first, isType(type), rest.first != slash else {
      return "no type stands in it: letters, digits, dots and dashes, a letter first"
    }
    guard parts.count > 1, let last = parts.last else { return "no name stands in it behind the type" }
    // A version that holds a slash has it encoded.
    let name = last.lastIndex(of: UInt8(ascii: "@")).map { last[..<$0] } ?? last
    return name.isEmpty ? "no name stands in it before the version" : nil
  }

  private static let slash = UInt8(ascii: "/")
  private static let hash = UInt8(ascii: "#")
  private static let mark = UInt8(ascii: "?")

  private static func isType(_ type: Substring.UTF8View) -> Bool {
    guard let first = type.first, isLetter(first) else { return false }
    return type.allSatisfy {
      isLetter($0) || isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "+")
    }
  }

  private static func objection(toQualifiers text: Substring.UTF8View) -> String? {
    var keys: Set<String> = []
    for pair in text.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
        return "a qualifier in it is not key=value"
      }
      let key = pair[..<equals]
      let name = String(decoding: key, as: UTF8.self).lowercased()
      guard let first = key.first, isLetter(first),
        key.allSatisfy({ isLetter($0) || isDigit($0) || ".-_".utf8.contains($0) })
      else {
        return
          "“\(String(decoding: key, as: UTF8.self))” is no key of a qualifier: letters, digits, dots, dashes and "
          + "underscores, a letter first"
      }
      guard keys.insert(name).inserted else { return "the qualifier “\(name)” stands in it twice" }
    }
    return nil
  }

  private static func hasWholeEscapes(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
      let digits = rest[rest.index(after: percent)...].prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Hex.digit($0) != nil }) else { return false }
      rest = rest[digits.endIndex...]
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
