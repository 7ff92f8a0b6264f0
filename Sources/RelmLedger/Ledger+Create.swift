internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmProof
internal import RelmStorage
internal import RelmVault

/// What a new ledger is made from.
package struct LedgerPlan: Sendable {
  /// The name that its checkpoints bear: a schemaless URL is usual, such as `example.org/releases`.
  package var origin: String
  /// The account of the first level-6 person, who grants all other authority.
  package var owner: String
  /// Where the private key goes, if not into the vault.
  package var signingKeyPath: String?
  /// What made the ledger: the source of its first event.
  package var source: String
  /// The name or number of the group that shares it; nil for its owner alone.
  package var sharedGroup: String?

  package init(
    origin: String, owner: String, signingKeyPath: String? = nil, source: String, sharedGroup: String? = nil
  ) {
    self.sharedGroup = sharedGroup
    self.origin = origin
    self.owner = owner
    self.signingKeyPath = signingKeyPath
    self.source = source
  }
}

extension Ledger {
  /// Makes a ledger with its first event, whole or not at all: in a directory beside its place, renamed into it.
  ///
  /// - Parameters:
  ///   - root: a directory that does not exist yet, or is empty.
  ///   - plan: origin, owner and key.
  ///   - surroundings: clock, chance and boot; the machine's own by default.
  /// - Throws: ``LedgerError`` with code `cannotCreate` where something is there, `badInput` for a wrong origin.
  package static func create(
    at root: String, _ plan: LedgerPlan, surroundings: Surroundings = .system
  ) throws -> Ledger {
    try make(at: root, plan, surroundings) { _ in }
    return try open(at: root, surroundings: surroundings)
  }

  /// The same, but for opening it.
  ///
  /// - Parameter telling: puts into it what it is to hold when it comes to its place. It is nobody else's until then.
  static func make(
    at root: String, _ plan: LedgerPlan, _ surroundings: Surroundings, telling: (LedgerLayout) throws -> Void
  ) throws {
    let key = try newKey(named: plan.origin, surroundings)
    let root = Files.withoutTrailingSlashes(root)
    if Files.exists(root), try !Files.list(root).isEmpty {
      throw LedgerError(.cannotCreate, "there is something at \(root) already; name another directory")
    }
    let parent = Files.directory(of: root)
    guard Files.exists(parent) else {
      throw LedgerError(.cannotCreate, "there is no directory \(parent) to make the ledger in")
    }
    let name = root.split(separator: "/").last ?? ""
    let place = try BuildPlace.make(in: parent, named: ".\(name).creating-")
    let layout = LedgerLayout(root: place.path + "/ledger")
    let outcome = Result {
      try fill(layout, plan, key, surroundings)
      try telling(layout)
      try putInPlace(layout, root, plan, key)
    }
    try place.remove()
    try outcome.get()
  }

  /// Puts a filled layout at its root; the key that goes elsewhere goes there last, and is taken back on failure.
  private static func putInPlace(
    _ layout: LedgerLayout, _ root: String, _ plan: LedgerPlan, _ key: SignerKey
  ) throws {
    guard let elsewhere = plan.signingKeyPath else {
      try SigningKeyFile.save(
        key.privateText, at: layout.defaultSigningKey, for: .inside(layout.vault))
      return try putInPlace(layout.root, root)
    }
    try Files.write(Array((elsewhere + "\n").utf8), to: layout.signingKeyPlace)
    try SigningKeyFile.save(key.privateText, at: elsewhere)
    do {
      try putInPlace(layout.root, root)
    } catch {
      try Files.remove(elsewhere)
      throw error
    }
  }

  private static func putInPlace(_ built: String, _ root: String) throws {
    do throws(FileError) { try Files.rename(built, to: root, for: "put the ledger in place at") } catch {
      guard ![EEXIST, ENOTEMPTY, ENOTDIR].contains(error.code) else {
        throw LedgerError(
          .cannotCreate, "something has come to be at \(root) meanwhile; name another directory")
      }
      throw error
    }
    try Files.syncDirectory(of: root)
  }

  /// An Ed25519 key from 256 bits of the machine's chance.
  static func newKey(named origin: String, _ surroundings: Surroundings) throws -> SignerKey {
    let (first, second) = (surroundings.random(), surroundings.random())
    let seed = [first.0, first.1, second.0, second.1].flatMap { word in
      withUnsafeBytes(of: word.bigEndian) { Array($0) }
    }
    do {
      return try SignerKey(name: origin, seed: seed)
    } catch {
      throw LedgerError(
        .badInput,
        "'\(origin)' cannot be an origin (\(error)): it must not be empty nor hold white space, control characters "
          + "or a plus sign; a schemaless URL is usual, such as example.org/releases")
    }
  }

  private static func fill(
    _ layout: LedgerLayout, _ plan: LedgerPlan, _ key: SignerKey, _ surroundings: Surroundings
  ) throws {
    try LedgerAccess.makeRoot(layout.root, group: plan.sharedGroup)
    for directory in [layout.evidence, layout.local] { try Files.makeDirectory(directory) }
    let vault = try Vault.create(at: layout.vault)
    let owner = try vault.personMaking(account: plan.owner)
    let log = try EventLog.create(at: layout.log, origin: plan.origin)
    let now = surroundings.now()
    let opened = LedgerOpened(
      origin: plan.origin, owner: owner,
      keys: [LedgerOpened.Key(use: .checkpoint, verifier: key.verifier.text)])
    let recorded = now.inMilliseconds
    let claim = try OwnClaim(
      event: .ledger(.ledgerOpened(opened)), id: UUIDText(version7: now, random: surroundings.random()),
      source: plan.source, actor: owner
    ).claim()
    let bytes = try Record.make(claim, recordedTime: recorded, streamVersion: 0, streamPrevious: nil).get()
    var append = try log.beginAppend(within: patience)
    try append.append(bytes, recorded: recorded, digest: .leaf(bytes))
    try append.commit()
    try Files.syncDirectory(of: layout.log)
  }
}
