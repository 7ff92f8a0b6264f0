internal import RelmDomain
internal import RelmLedger
internal import RelmVault

/// People as they are typed: by an account that somebody has used here already.
extension Ledger {
  /// A stream's name, with the pseudonym for an account in `person/ACCOUNT`.
  func stream(named text: String) throws -> String {
    let prefix = "person/"
    guard text.hasPrefix(prefix), Subject.named(text) == nil else { return text }
    return Subject.person(try knownPerson(String(text.dropFirst(prefix.count)))).text
  }

  /// The pseudonym behind an account that is known already.
  ///
  /// - Throws: a failure with status 66 for an account that nobody has used here.
  func knownPerson(_ account: String) throws -> PersonID {
    if let person = try vault.person(of: account) { return person }
    let near = try names(near: account, of: .person)
    throw CommandFailure(
      .noInput,
      "nobody here has the account '\(account)'"
        + (near.isEmpty ? "; 'relm person' lists who has been named" : NearNames.hint(near)))
  }

  /// The pseudonym behind an account that is known already; nil where nobody has it, or it can be nobody's.
  func account(_ text: String) throws -> PersonID? {
    do throws(VaultError) {
      return try vault.person(of: text)
    } catch {
      if case .badAccount = error { return nil }
      throw error
    }
  }
}
