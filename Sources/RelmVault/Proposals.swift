package import RelmDomain

/// Accounts resolved for one input, whose new people come to be only when it is accepted.
///
/// A dry run, a refused event, an input with a bad line must leave no trace, and yet the claim's bytes, which hold the
/// pseudonyms, must be known to decide about it. So new people wait here, with their keys; ``commit()`` makes them
/// before the events that name them are appended. An account met twice in one input is one person.
package struct Proposals: Sendable {
  private let vault: Vault
  private var resolved: [String: PersonID] = [:]
  private var proposed: [(account: Account, file: PersonFile)] = []
  private var reliesOnYoungEntry = false

  init(vault: Vault) { self.vault = vault }

  /// Whether ``commit()`` would make nobody.
  package var isEmpty: Bool { proposed.isEmpty }

  /// Whom ``commit()`` would make, for whom, in the order in which they were met.
  package var newPeople: [(account: String, person: PersonID)] {
    proposed.map { ($0.account.text, $0.file.person) }
  }

  /// Whom the account stands for: the vault's answer, or a pseudonym kept in memory.
  ///
  /// - Throws: as `Vault.person(of:)`.
  package mutating func person(of account: String) throws(VaultError) -> PersonID {
    let account = try Account(account)
    if let person = account.pseudonym { return person }
    let key = account.fileName
    if let person = resolved[key] { return person }
    if let found = try vault.find(account) {
      reliesOnYoungEntry = reliesOnYoungEntry || found.isYoung
      resolved[key] = found.person
      return found.person
    }
    try vault.checkReading(of: account)
    let file = PersonFile(
      person: vault.entropy.person(), accounts: [account.text], names: [],
      emails: account.isEmail ? [account.text] : [], key: vault.entropy.bytes(SealingKey.byteCount))
    proposed.append((account, file))
    resolved[key] = file.person
    return file.person
  }

  /// Seals `text` under the key of a person, whether the vault has them or they wait here.
  ///
  /// - Throws: as `Vault.seal(_:for:at:)`.
  package func seal(
    _ text: String, for person: PersonID, at place: SealedPlace
  ) throws(VaultError) -> [UInt8] {
    guard let file = proposed.first(where: { $0.file.person == person })?.file else {
      return try vault.seal(text, for: person, at: place)
    }
    return try file.sealingKey().seal(text, of: person, at: place)
  }

  /// Makes the people who wait here, and returns when they and all entries relied on are on disk. Call it before the
  /// append, also when nobody waits.
  ///
  /// - Parameter isNamed: who of them is named by what is appended; the others are not made, and forgotten.
  /// - Throws: `conflict` where somebody else has made a person for one of the accounts since. Those who could be
  ///   made are made; resolve all accounts of the input again, in new proposals. `file` where the disk fails.
  package mutating func commit(_ isNamed: (PersonID) -> Bool = { _ in true }) throws(VaultError) {
    proposed.removeAll { !isNamed($0.file.person) }
    if proposed.isEmpty {
      if reliesOnYoungEntry { try VaultFiles.syncFolder(vault.accounts) }
      reliesOnYoungEntry = false
      return
    }
    // Under the vault's lock: an erasure removes what it finds half-written.
    try vault.changing { () throws(VaultError) in try make() }
  }

  private mutating func make() throws(VaultError) {
    for (_, file) in proposed { try vault.store(file) }
    // Every person is on disk before any entry points to one.
    try VaultFiles.syncFolder(vault.people)
    var conflict: Account?
    for (account, file) in proposed where try !vault.link(account, to: file.person) {
      try VaultFiles.remove(vault.file(of: file.person))
      resolved[account.fileName] = nil
      conflict = conflict ?? account
    }
    try VaultFiles.syncFolder(vault.accounts)
    proposed = []
    reliesOnYoungEntry = false
    if let conflict { throw .conflict(account: conflict.text) }
  }
}
