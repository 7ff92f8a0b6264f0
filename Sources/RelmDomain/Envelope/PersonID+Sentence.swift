extension PersonID {
  /// A sentence with names for the pseudonyms in it.
  ///
  /// - Parameters:
  ///   - sentence: as events say it, with `person:UUID` for people.
  ///   - name: what to write for somebody.
  package static func naming(
    in sentence: String, _ name: (PersonID) throws -> String
  ) rethrows -> String {
    let prefix = "person:"
    var result = ""
    var rest = sentence[...]
    while let found = rest.firstRange(of: prefix) {
      let end =
        rest.index(found.lowerBound, offsetBy: prefix.count + 36, limitedBy: rest.endIndex) ?? rest.endIndex
      result += rest[..<found.lowerBound]
      let word = String(rest[found.lowerBound..<end])
      result += try PersonID(word).map(name) ?? word
      rest = rest[end...]
    }
    return result + rest
  }
}
