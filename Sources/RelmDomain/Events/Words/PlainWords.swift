/// A word of a closed list as people write it.
package enum PlainWords {
  /// `partlySuccessful` as "partly successful".
  package static func of(_ word: String) -> String {
    word.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)"
    }
  }

  /// So many of something: `1 event`, `2 events`.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - one: the noun of one.
  ///   - many: the noun of several, where that is not the one of one with an s.
  package static func count(_ count: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
