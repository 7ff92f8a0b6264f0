internal import RelmDomain
internal import RelmProof

/// A login as people type it: an e-mail address, a user name, the name of a service account.
///
/// White space around it does not count, and the domain of an e-mail-like account is lower-cased (RFC 5321 §2.4: a
/// domain is case-insensitive, what stands before it is not). Apart from that the bytes count as given: no Unicode
/// normalisation, so two spellings that only look the same are two accounts.
struct Account: Sendable, Equatable {
  /// How a pseudonym is written before its UUID.
  static let pseudonymPrefix = "person:"

  /// The normalised text.
  let text: String

  /// - Throws: `badAccount` where it is empty, over 512 bytes, holds a control character, or begins like a pseudonym
  ///   and is none.
  init(_ raw: String) throws(VaultError) {
    let scalars = raw.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { throw .badAccount(account: raw, reason: "it is empty") }
    var text = String(scalars[first...last])
    guard text.utf8.count <= 512 else { throw .badAccount(account: raw, reason: "it is over 512 bytes long") }
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw .badAccount(account: raw, reason: "it holds a control character")
    }
    if let at = text.lastIndex(of: "@") {
      text = text[...at] + text[text.index(after: at)...].lowercased()
    }
    if text.hasPrefix(Account.pseudonymPrefix), PersonID(text) == nil {
      throw .badAccount(
        account: raw, reason: "it begins like a pseudonym, and no UUID in small letters follows")
    }
    self.text = text
  }

  /// What is asked of an account that comes to be now, and not of one that is known: that it reads as what it is.
  ///
  /// - Throws: `badAccount`.
  func checkAlphabet() throws(VaultError) {
    if let found = MixedAlphabets.stranger(in: text) {
      throw .badAccount(account: text, reason: "it has \(found.words) among Latin letters")
    }
  }

  /// The pseudonym, where the account is written as one.
  ///
  /// It passes through whether the vault knows it or not: what `relm log` prints can be fed in again, also where the
  /// vault has stayed elsewhere.
  var pseudonym: PersonID? { PersonID(text) }

  /// Whether it looks like an e-mail address.
  var isEmail: Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
  }

  /// Its file name below `accounts/`: SHA-256 of the text in hexadecimal, so that any account is a safe name and a
  /// look into the folder shows nobody.
  var fileName: String { Digest(of: text.utf8).hex }
}
