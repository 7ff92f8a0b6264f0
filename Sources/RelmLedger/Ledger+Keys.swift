internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
package import RelmProof
internal import RelmVault

/// The keys with which checkpoints are signed: the first is named by the first event, each further one by a rotation.
extension Ledger {
  /// Every key for checkpoints that the ledger has named, the one in use last.
  ///
  /// - Throws: ``LedgerError`` where one does not read.
  package func verifierKeys() throws -> [VerifierKey] {
    let named = try withRows { rows, _ in
      try LedgerItself.row(RowKey("ledger"), in: rows)?.keys.filter { $0.use == .checkpoint }.map(\.verifier)
    }
    let texts = named ?? opening.keys.filter { $0.use == .checkpoint }.map(\.verifier)
    guard !texts.isEmpty else {
      throw LedgerError(.damaged, "the ledger at \(layout.root) names no key for checkpoints")
    }
    return try texts.map { text in
      do {
        return try VerifierKey(text: text)
      } catch {
        throw LedgerError(.damaged, "a key that the ledger names does not read: \(error)")
      }
    }
  }

  /// The key that checkpoints signed now are checked with.
  package func verifierKey() throws -> VerifierKey {
    guard let key = try verifierKeys().last else { preconditionFailure("there is always one") }
    return key
  }

  /// Where the private key lies: the place that the caller names, else the one noted at `init`, else the vault.
  package func signingKeyPath(_ named: String? = nil) throws -> String {
    if let named { return Files.absolute(named) }
    guard Files.exists(layout.signingKeyPlace) else { return layout.defaultSigningKey }
    let noted = String(decoding: try Files.readSmall(layout.signingKeyPlace), as: UTF8.self)
    return String(noted.prefix { $0 != "\n" })
  }

  /// The private key whose public half the log names as the one in use: the one in its place, or where a rotation was
  /// broken off, the one that is to go there.
  ///
  /// - Throws: `VaultError` where it is missing, open to others or unreadable; ``LedgerError`` where it is another
  ///   ledger's.
  func signingKey(_ keyPath: String?) throws -> SignerKey {
    let path = try signingKeyPath(keyPath)
    let expected = try verifierKey()
    let change = SigningKeyChange(path: path, vault: layout.vault)
    let key: SignerKey
    do {
      if let coming = try change.coming(), coming.verifier == expected { return coming }
      key = try SignerKey(privateText: SigningKeyFile.load(at: path, for: change.access))
    } catch let error as NoteError {
      throw LedgerError(.badInput, "the signing key in \(path) does not read: \(error)")
    } catch let error as VaultError {
      // What somebody has just named is their slip, and not trouble with the vault.
      if keyPath != nil, case .damaged = error { throw LedgerError(.badInput, "\(error)") }
      if keyPath != nil, case .missing = error { throw LedgerError(.notFound, "\(error)") }
      throw error
    }
    guard key.verifier == expected else {
      throw LedgerError(
        .badInput,
        "the signing key in \(path) is not this ledger's: its checkpoints are checked with \(expected)")
    }
    return key
  }

  /// A new signing key, that comes into use once its event is recorded.
  ///
  /// - Parameters:
  ///   - source: what the event will come from.
  ///   - keyPath: where the private key lies, if not where `init` put it.
  package func beginRotation(source: String, keyPath: String? = nil) throws -> (
    verifier: VerifierKey, act: ActUnderWay
  ) {
    let key = try Self.newKey(named: log.origin, surroundings)
    var path = try signingKeyPath(keyPath)
    // The vault may be moved, and is opened from other directories.
    path = path == layout.defaultSigningKey ? PendingAct.ownKey : Files.absolute(path)
    let change = PendingAct.keyChange(path, layout)
    let isBusy = try PendingAct.all(in: layout).contains { entry in
      if case .key(_, path) = entry.act.change { true } else { false }
    }
    guard !isBusy else {
      throw LedgerError(.busy, "another process is changing the signing key \(change.path) just now; try again")
    }
    // What an earlier version has left: the key in use, which a change that was broken off has not put in place; or none.
    let left = try change.coming()?.verifier.description ?? ""
    try left == verifierKey().description ? change.take(left) : change.drop(left)
    let act = try ActUnderWay(
      .key(verifier: key.verifier.description, path: path), source: source, in: self)
    do {
      try change.lay(key)
    } catch {
      try act.drop()
      throw error
    }
    return (key.verifier, act)
  }
}
