internal import RelmDomain

/// What people are called, as far as one name may not stand for two.
enum PersonName {
  /// The name as it is compared: in small letters, with one space wherever there is white space, and none around.
  static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// - Throws: `badAccount` where nobody can be called so.
  static func check(_ name: String) throws(VaultError) {
    guard name.contains(where: { !$0.isWhitespace }), name.utf8.count <= 1024 else {
      throw .badAccount(
        account: name, reason: "a name has between 1 and 1024 bytes and is not only white space")
    }
    guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw .badAccount(account: name, reason: "a name holds no control characters")
    }
    // Of a person's name, each word: two of them may be of two alphabets.
    for word in name.split(whereSeparator: \.isWhitespace) {
      if let found = MixedAlphabets.stranger(in: String(word)) {
        throw .badAccount(account: name, reason: "it has \(found.words) among Latin letters")
      }
    }
  }
}
