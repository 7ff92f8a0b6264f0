/// How the name of what has a stream is written: an environment's, a service's, a package's.
///
/// It is of parts between slashes. What forbids something for `production/eu` looks for just these bytes, so `production//eu`
/// and `production/eu ` would be ways past it that no reader sees. Nothing new gets such a name; what was recorded under one
/// stays what it is.
package enum EntityName {
  /// What is wrong with a new name, and how it is written right; nil where nothing is.
  package static func objection(to name: String) -> String? {
    if let objection = misread(name) { return objection }
    guard name.isEmpty || parts(of: name).contains(where: \.isEmpty) else { return nil }
    return "“\(name)” has an empty name between, before or after its slashes" + hint(for: name)
  }

  /// What is wrong with a name that reads as another, by a space at an end or by a character that is drawn as one that gives names
  /// their structure; nil where it has none.
  package static func misread(_ name: String) -> String? {
    if let objection = spaced(name) { return objection }
    return MixedAlphabets.disguisedStructure(in: name).map { found in
      "“\(name)” has \(found)" + (MixedAlphabets.readAsLatin(name).map { ": write \($0)" } ?? "")
    }
  }

  /// What is wrong with a name that has a space at an end of one of its parts; nil where it has none.
  private static func spaced(_ name: String) -> String? {
    guard parts(of: name).contains(where: { isSpace($0.first) || isSpace($0.last) }) else { return nil }
    return "“\(name)” has a space at an end of a name" + hint(for: name)
  }

  /// The name as it was probably meant.
  private static func mended(_ name: String) -> String {
    parts(of: name).map(trimmed).filter { !$0.isEmpty }.joined(separator: "/")
  }

  private static func trimmed(_ part: Substring.UnicodeScalarView) -> String {
    guard let first = part.firstIndex(where: { !isSpace($0) }),
      let last = part.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(part[first...last])
  }

  private static func hint(for name: String) -> String {
    let mended = mended(name)
    return mended.isEmpty ? "" : ": write \(mended)"
  }

  private static func parts(of name: String) -> [Substring.UnicodeScalarView] {
    name.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(isSpace) ?? false }

  /// White space, and what has no width at all.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: true
    default: false
    }
  }
}
