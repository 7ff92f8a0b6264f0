/// The rules for key names of C2SP signed-note, "Format".
enum KeyName {
  /// Not empty, no Unicode space, no plus sign, no control character.
  static func isValid(_ name: some StringProtocol) -> Bool {
    guard !name.isEmpty else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
      scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
    }
  }

  /// Whether two names are the same bytes. Swift's own `==` also takes different spellings of one accented
  /// letter for the same; a key must not be found that way.
  static func areSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}
