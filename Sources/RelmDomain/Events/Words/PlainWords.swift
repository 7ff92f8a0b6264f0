/// A word of a closed list as people write it.
package enum PlainWords {
  /// `partlySuccessful` as "partly successful".
  package static func of(_ word: String) -> String {
    word.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)"
    }
  }
}
