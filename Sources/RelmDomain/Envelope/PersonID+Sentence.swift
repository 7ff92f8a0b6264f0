extension PersonID {
  /// A sentence with names for the pseudonyms in it.
  ///
  /// - Parameters:
  ///   - sentence: as events say it, with `person:UUID` for people.
  ///   - name: what to write for somebody.
  package static func naming(
    in sentence: String, _ name: (PersonID) throws -> String
  ) rethrows -> String {
    try replacing("person:", in: sentence, name)
  }

  /// A command with accounts for the pseudonyms in its subjects.
  ///
  /// - Parameters:
  ///   - command: with `person/UUID` for people.
  ///   - account: what to write for somebody behind `person/`.
  package static func addressing(
    in command: String, _ account: (PersonID) throws -> String
  ) rethrows -> String {
    try replacing("person/", in: command) { "person/" + (try account($0)) }
  }

  private static func replacing(
    _ prefix: String, in text: String, _ words: (PersonID) throws -> String
  ) rethrows -> String {
    var result = ""
    var rest = text[...]
    while let found = place(of: prefix, in: rest) {
      let end =
        rest.index(found.lowerBound, offsetBy: prefix.count + 36, limitedBy: rest.endIndex) ?? rest.endIndex
      result += rest[..<found.lowerBound]
      let id = rest[rest.index(found.lowerBound, offsetBy: prefix.count)..<end]
      if let person = PersonID("person:" + id) {
        result += try words(person)
        rest = rest[end...]
      } else {
        result += prefix
        rest = rest[found.upperBound...]
      }
    }
    return result + rest
  }

  /// Where a prefix stands first. By bytes: looking for a text by its characters takes longer than all else here.
  private static func place(of prefix: String, in text: Substring) -> Range<String.Index>? {
    var rest = text.utf8[...]
    while let start = rest.firstIndex(where: { $0 == prefix.utf8.first }) {
      rest = rest[start...]
      if rest.starts(with: prefix.utf8) { return start..<rest.index(start, offsetBy: prefix.utf8.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
