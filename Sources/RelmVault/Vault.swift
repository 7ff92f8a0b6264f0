internal import Glibc
package import RelmDomain
internal import RelmFiles

/// `vault/`: who is behind each pseudonym, and the only place of a ledger that can be made to forget.
///
/// ```
/// vault/                      0700
///   people/<uuid>.json        0600  who it is, and the key of the person's sealed text; or a tombstone
///   people/<uuid>.erased      0600  that the person was erased, whatever copy of their file is put back
///   accounts/<sha-256>        0600  the pseudonym of the account with this hash
///   seal.key                  0600  the key of what seals the people's files
/// ```
/// Where a group shares the ledger, it is 2770 and 0660.
///
/// A person exists from the moment that an account's entry points to them: the entry is made with `link(2)`, which
/// succeeds for exactly one of any number of threads and processes, and a person's file is on disk before it. What a
/// crash leaves behind is at worst a file that nothing points to.
///
/// The value holds no state beside its path, so copies, threads and processes are all alike to it.
package struct Vault: Sendable {
  /// The vault's own folder.
  package let folder: String
  let entropy: Entropy
  /// For whom its files are.
  let access: AccessMode
  /// People whom the log says are erased, and whose files could not be made to say so: they are taken as erased.
  private let hidden: Set<PersonID>
  /// Whether there is none: then nobody is known, and whoever is named stays the pseudonym.
  package private(set) var isAbsent = false

  /// Makes an empty vault. Folders that are there already, as after a crash, are taken as they are.
  ///
  /// - Throws: `file`, `exposed`.
  package static func create(at folder: String, entropy: Entropy = .system) throws(VaultError) -> Vault {
    let access = AccessMode.inside(Files.directory(of: folder))
    let vault = Vault(folder: folder, entropy: entropy, access: access, hidden: [])
    for path in [folder, vault.people, vault.accounts] {
      try VaultFiles.doing { () throws(FileError) in try Files.makeDirectory(path, mode: access.directory) }
    }
    try VaultFiles.syncFolder(folder)
    let opened = try open(at: folder, entropy: entropy)
    try opened.sealAll()
    return opened
  }

  /// Opens the vault in `folder`.
  ///
  /// - Throws: `notAVault`, `exposed` where others may look into a folder, `file`.
  package static func open(at folder: String, entropy: Entropy = .system) throws(VaultError) -> Vault {
    let vault = Vault(folder: folder, entropy: entropy, access: .inside(folder), hidden: [])
    for path in [folder, vault.people, vault.accounts] {
      guard let status = try VaultFiles.status(of: path), status.st_mode & S_IFMT == S_IFDIR else {
        throw .notAVault(folder: folder)
      }
      if status.st_mode & vault.access.forbidden != 0 {
        throw .exposed(file: path, mode: UInt16(status.st_mode & 0o7777))
      }
    }
    return vault
  }

  /// In place of a vault that is not there, for who only reads.
  ///
  /// - Parameter folder: where it would be.
  package static func absent(at folder: String) -> Vault {
    var vault = Vault(folder: folder, entropy: .system, access: .owner, hidden: [])
    vault.isAbsent = true
    return vault
  }

  /// The same vault, in which these people are taken as erased whatever their files say.
  package func hiding(_ people: Set<PersonID>) -> Vault {
    var vault = Vault(folder: folder, entropy: entropy, access: access, hidden: hidden.union(people))
    vault.isAbsent = isAbsent
    return vault
  }

  var people: String { folder + "/people" }
  var accounts: String { folder + "/accounts" }

  func file(of person: PersonID) -> String {
    "\(people)/\(person.uuid.text).json"
  }

  func entry(of account: Account) -> String { "\(accounts)/\(account.fileName)" }

  /// Whom this account stands for; nil where the vault has not met it. An account written as a pseudonym is one.
  ///
  /// - Throws: `badAccount`; `damaged` or `missing` where the entry or the person's file behind it is.
  package func person(of account: String) throws(VaultError) -> PersonID? {
    let account = try Account(account)
    if let person = account.pseudonym { return person }
    return try find(account)?.person
  }

  /// Whom this account stands for; a new person where the vault has not met it. On disk when it returns.
  ///
  /// - Throws: as `person(of:)`, and `file`.
  package func personMaking(account: String) throws(VaultError) -> PersonID {
    while true {
      var proposals = proposals()
      let person = try proposals.person(of: account)
      do throws(VaultError) {
        try proposals.commit()
        return person
      } catch .conflict {
        continue  // Somebody else made the person between our look and our link: theirs is found now.
      }
    }
  }

  /// Starts to resolve accounts without leaving a trace: see ``Proposals``.
  package func proposals() -> Proposals { Proposals(vault: self) }

  /// The person whom an account's entry points to.
  ///
  /// - Returns: nil without an entry. `isYoung` says that the entry may not have reached the disk yet.
  func find(_ account: Account) throws(VaultError) -> (person: PersonID, isYoung: Bool)? {
    let entry = entry(of: account)
    guard let bytes = try VaultFiles.read(entry, limitBytes: 64, for: access) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasSuffix("\n"), let person = PersonID(String(text.dropLast())) else {
      throw .damaged(
        file: entry, reason: "it does not hold a pseudonym",
        remedy: "Restore it from the vault's backup, or write the person's pseudonym into it.")
    }
    guard let file = try load(person) else {
      throw .missing(
        file: file(of: person),
        remedy: "The account '\(account.text)' points to it. Restore it from the vault's backup.")
    }
    guard !file.isErased else {
      if hidden.contains(person) { return nil }
      throw .damaged(
        file: entry, reason: "it points to \(person.text), who was erased",
        remedy: "Delete it: the account then gets a new pseudonym when it is met again.")
    }
    return (person, try isYoung(entry))
  }

  /// Looks whether an account that comes to be reads as one that is known.
  ///
  /// - Throws: `badAccount` where it does; as ``find(_:)``.
  func checkReading(of account: Account) throws(VaultError) {
    if let found = MixedAlphabets.disguisedStructure(in: account.text) {
      throw .badAccount(account: account.text, reason: "it has \(found)")
    }
    guard let known = account.readAsLatin, try find(known) != nil else { return }
    let letters = MixedAlphabets.stranger(in: account.text).map { ": it has \($0.words)" } ?? ""
    throw .badAccount(account: account.text, reason: "it reads as '\(known.text)' and is another\(letters)")
  }

  /// Another process may have linked the entry a moment ago and not yet synced its folder. Whoever relies on it must
  /// then sync it: after a power cut the account would otherwise come back as a second person.
  private func isYoung(_ entry: String) throws(VaultError) -> Bool {
    guard let status = try VaultFiles.status(of: entry) else { return true }
    let age = Glibc.time(nil) - status.st_ctim.tv_sec
    return age < 60
  }

  /// Reads a person's file; nil where there is none.
  func load(_ person: PersonID) throws(VaultError) -> PersonFile? {
    if hidden.contains(person) { return .tombstone(of: person) }
    guard try VaultFiles.status(of: mark(of: person)) == nil else { return .tombstone(of: person) }
    return try stored(person)
  }

  /// Says beside a person's file that they are erased: an old copy of the file, put over the tombstone, tells nothing.
  func mark(of person: PersonID) -> String { "\(people)/\(person.uuid.text).erased" }

  /// What a person's file says, whether or not they are to be hidden; nil where there is none.
  func stored(_ person: PersonID) throws(VaultError) -> PersonFile? {
    let path = file(of: person)
    guard let bytes = try VaultFiles.read(path, limitBytes: 1 << 20, for: access) else { return nil }
    let remedy = "Restore it from the vault's backup."
    let content: PersonFile
    do throws(DecodingFailure) {
      content = try PersonFile(canonical: bytes)
    } catch {
      throw .damaged(file: path, reason: "\(error)", remedy: remedy)
    }
    guard content.person == person else {
      throw .damaged(file: path, reason: "it is about \(content.person.text)", remedy: remedy)
    }
    return content
  }

  /// Writes a person's file beside the old one, waits for the disk, and puts it in its place.
  ///
  /// The temporary file's name begins with the person's, so that an erasure also finds what a crash left behind.
  func store(_ content: PersonFile) throws(VaultError) {
    try store(content, sealedBy: try seal())
  }

  func store(_ content: PersonFile, sealedBy seal: VaultSeal?) throws(VaultError) {
    let path = file(of: content.person)
    let temporary = path + ".new"
    try VaultFiles.remove(temporary)
    try VaultFiles.create(temporary, seal.map(content.sealed) ?? content.canonical, for: access)
    try VaultFiles.rename(temporary, over: path)
  }

  /// Makes an account's entry, if it has none.
  /// - Returns: false where the account has an entry already.
  func link(_ account: Account, to person: PersonID) throws(VaultError) -> Bool {
    let entry = entry(of: account)
    let temporary = "\(entry).\(person.uuid.text).new"
    try VaultFiles.remove(temporary)
    try VaultFiles.create(temporary, Array("\(person.text)\n".utf8), for: access)
    let linked = try VaultFiles.link(temporary, to: entry)
    try VaultFiles.remove(temporary)
    return linked
  }

  /// Runs `body` while no other thread or process changes a person's file.
  ///
  /// - Throws: as `body`, and `VaultError.busy` after five seconds.
  package func withoutChanges<Result>(_ body: () throws -> Result) throws -> Result {
    var outcome: Swift.Result<Result, any Error>?
    try changing { () throws(VaultError) in outcome = Swift.Result { try body() } }
    guard let outcome else { preconditionFailure("it has run") }
    return try outcome.get()
  }

  /// Runs `body` while no other thread or process changes a person's file.
  ///
  /// - Throws: `busy` after five seconds.
  func changing<Result>(_ body: () throws(VaultError) -> Result) throws(VaultError) -> Result {
    let directory = try VaultFiles.doing { () throws(FileError) in try Descriptor(directory: people) }
    var attempt = 0
    while try !VaultFiles.doing({ () throws(FileError) in try directory.tryLock(people) }) {
      guard attempt < 500 else { throw .busy(file: people) }
      attempt += 1
      usleep(10_000)
    }
    defer { directory.unlock() }
    return try body()
  }
}
