internal import Glibc
package import RelmDomain

/// What the vault says about one person, to be shown and never recorded.
package struct PersonDescription: Sendable, Equatable {
  /// The pseudonym.
  package let person: PersonID
  /// The accounts that stand for the person, in the order in which they came.
  package let accounts: [String]
  /// What the person is called; the first is the one to show.
  package let names: [String]
  /// Where the person can be written to.
  package let emails: [String]
  /// Whether all of it was erased, for good.
  package let erased: Bool

  /// - Parameters: as the properties.
  package init(person: PersonID, accounts: [String], names: [String], emails: [String], erased: Bool) {
    self.person = person
    self.accounts = accounts
    self.names = names
    self.emails = emails
    self.erased = erased
  }
}

extension Vault {
  /// What is known about a pseudonym; nil where the vault has never had it.
  ///
  /// - Throws: `damaged`, `exposed`, `file`.
  package func describe(_ person: PersonID) throws(VaultError) -> PersonDescription? {
    guard let file = try load(person) else { return nil }
    // An account counts once its entry points here: a crash can leave one in the file alone.
    var accounts: [String] = []
    for account in file.accounts where try pointed(Account(account)) == person { accounts.append(account) }
    return PersonDescription(
      person: person, accounts: accounts, names: file.names,
      emails: file.emails.filter { accounts.contains($0) || !file.accounts.contains($0) }, erased: file.isErased
    )
  }

  /// What to call a person: the name, else an account, else the pseudonym (of someone erased or unknown).
  ///
  /// - Throws: as `describe(_:)`.
  package func displayName(of person: PersonID) throws(VaultError) -> String {
    guard let description = try describe(person) else { return person.text }
    return description.names.first ?? description.accounts.first ?? person.text
  }

  /// Everybody, the erased included, ordered by pseudonym.
  ///
  /// - Throws: as `describe(_:)`.
  package func list() throws(VaultError) -> [PersonDescription] {
    var people: [PersonDescription] = []
    for person in try everybody() {
      guard let description = try describe(person) else { continue }
      if description.erased || !description.accounts.isEmpty { people.append(description) }
    }
    return people
  }

  /// The accounts of everybody, for who looks for one that is spelt nearly so.
  ///
  /// - Parameter most: how many people's files may be read for it.
  /// - Returns: nil where there are more people.
  /// - Throws: as `describe(_:)`.
  package func accounts(amongAtMost most: Int) throws(VaultError) -> [String]? {
    guard try everybody().count <= most else { return nil }
    return try list().flatMap(\.accounts)
  }

  /// Every pseudonym that has a file, in their order.
  func everybody() throws(VaultError) -> [PersonID] {
    guard !isAbsent else { return [] }
    return try VaultFiles.names(in: people).compactMap(Self.person(ofFile:))
  }

  /// Whom a file below `people/` is about, by its name.
  static func person(ofFile name: String) -> PersonID? {
    guard name.hasSuffix(".json") else { return nil }
    return UUIDText(String(name.dropLast(5))).map { PersonID($0) }
  }

  /// Whether somebody may be called so: nobody else has that name, or an account that reads like it.
  ///
  /// - Parameters:
  ///   - name: what they are to be called.
  ///   - own: every pseudonym of the human who is to be called so.
  ///   - others: names that are about to be given to others.
  /// - Throws: `badAccount` where it is no name, or reads like an account of nobody that is known here; `nameTaken`.
  package func checkName(
    _ name: String, of own: Set<PersonID>, besides others: [(name: String, person: PersonID)]
  ) throws(VaultError) {
    try PersonName.check(name)
    let folded = PersonName.folded(name)
    var isOwnAccount = false
    for person in try everybody() {
      guard let about = try describe(person) else { continue }
      let isTheirs = (about.names + about.accounts).contains { PersonName.folded($0) == folded }
      guard isTheirs else { continue }
      guard own.contains(person) else { throw .nameTaken(name: name, by: person) }
      isOwnAccount = true
    }
    for other in others where PersonName.folded(other.name) == folded && !own.contains(other.person) {
      throw .nameTaken(name: name, by: other.person)
    }
    // Whoever has that account may come tomorrow.
    let account = try Account(name)
    guard isOwnAccount || !account.isEmail && account.pseudonym == nil else {
      throw .badAccount(account: name, reason: "a name that reads like an account is that account's own")
    }
  }

  /// Gives a person a name in place of the one before: an old name is not ours to keep.
  ///
  /// - Throws: `unknownPerson`, `erased`, `busy`, `damaged`, `file`; `badAccount` for an empty name.
  package func setName(_ name: String, of person: PersonID) throws(VaultError) {
    try PersonName.check(name)
    try changing { () throws(VaultError) in
      var file = try present(person)
      file.names = [name]
      try store(file)
      try VaultFiles.syncFolder(people)
    }
  }

  /// Lets a further account stand for a person. Adding it again changes nothing.
  ///
  /// - Throws: `taken` where it is somebody else's; `badAccount` where it is written as a pseudonym;
  ///   `unknownPerson`, `erased`, `busy`, `damaged`, `file`.
  package func addAccount(_ account: String, to person: PersonID) throws(VaultError) {
    let account = try Account(account)
    guard account.pseudonym == nil else {
      throw .badAccount(account: account.text, reason: "it is a pseudonym, which stands for itself")
    }
    try checkReading(of: account)
    try changing { () throws(VaultError) in
      let before = try present(person)
      if let owner = try find(account)?.person {
        guard owner == person else { throw .taken(account: account.text, by: owner) }
        return try VaultFiles.syncFolder(accounts)
      }
      var file = before
      if !file.accounts.contains(account.text) { file.accounts.append(account.text) }
      if account.isEmail, !file.emails.contains(account.text) { file.emails.append(account.text) }
      try store(file)
      try VaultFiles.syncFolder(people)
      if try !link(account, to: person) {
        // New people are made without the lock, so somebody may have been made for it just now.
        try store(before)
        try VaultFiles.syncFolder(people)
        throw .conflict(account: account.text)
      }
      try VaultFiles.syncFolder(accounts)
    }
  }

  /// Forgets a person: accounts, names, e-mails and the key, without which nothing sealed for them opens again.
  ///
  /// What stays is a tombstone with the pseudonym alone; it is what tells an erasure from damage. Backups of the vault
  /// and the disk's free blocks are for whoever runs the machine to deal with. Erasing again changes nothing.
  ///
  /// - Throws: `unknownPerson`, `busy`, `damaged`, `file`.
  package func erase(_ person: PersonID) throws(VaultError) {
    try changing { () throws(VaultError) in
      guard let file = try stored(person) else { throw .unknownPerson(person) }
      // Entries first: once the file is a tombstone nobody knows which accounts they were.
      for account in file.accounts {
        let account = try Account(account)
        if try pointed(account) == person { try VaultFiles.remove(entry(of: account)) }
      }
      try removeUnfinished()
      try VaultFiles.syncFolder(accounts)
      try removeStrays(with: file.accounts, besides: person)
      try store(.tombstone(of: person))
      if try VaultFiles.status(of: mark(of: person)) == nil {
        try VaultFiles.create(mark(of: person), [], for: access)
      }
      try VaultFiles.syncFolder(people)
    }
  }

  /// Whether a person's file tells of them still. `erase` may have been broken off, or an old copy put back.
  package func tells(of person: PersonID) throws(VaultError) -> Bool {
    guard let file = try stored(person) else { return false }
    return !file.isErased
  }

  /// Removes what those who died have left half-written. Whoever writes here holds the lock, so none of it is in use.
  private func removeUnfinished() throws(VaultError) {
    for folder in [accounts, people] {
      for name in try VaultFiles.names(in: folder) where name.hasSuffix(".new") {
        try VaultFiles.remove("\(folder)/\(name)")
      }
    }
  }

  /// Removes the files of people who never came to be and would have had one of these accounts: whoever made them died
  /// before the account's entry pointed to them.
  private func removeStrays(with accounts: [String], besides erased: PersonID) throws(VaultError) {
    for person in try everybody() where person != erased {
      guard let file = try stored(person), !file.isErased, file.accounts.contains(where: accounts.contains)
      else { continue }
      var isPointed = false
      for account in file.accounts where try pointed(Account(account)) == person { isPointed = true }
      if !isPointed { try VaultFiles.remove(self.file(of: person)) }
    }
  }

  /// The person whom an account's entry names, right or wrong; nil without an entry.
  func pointed(_ account: Account) throws(VaultError) -> PersonID? {
    guard let bytes = try VaultFiles.read(entry(of: account), limitBytes: 64, for: access) else {
      return nil
    }
    return PersonID(String(decoding: bytes.dropLast(), as: UTF8.self))
  }

  /// The file of someone who is there to be changed.
  private func present(_ person: PersonID) throws(VaultError) -> PersonFile {
    guard let file = try load(person) else { throw .unknownPerson(person) }
    guard !file.isErased else { throw .erased(person) }
    return file
  }
}
