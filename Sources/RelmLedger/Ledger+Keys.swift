internal import Glibc
internal import RelmDomain
internal import RelmLog
internal import RelmProjections
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

  /// A new key, written beside the one in use. It comes into use when its event is recorded and
  /// ``takeNewKey(keyPath:)`` has put it in its place; a rotation that was broken off goes on with it.
  package func newKey(keyPath: String? = nil) throws -> VerifierKey {
    let next = try signingKeyPath(keyPath) + Self.nextSuffix
    if Files.exists(next) { return try SignerKey(privateText: SigningKeyFile.load(at: next)).verifier }
    let key = try Self.newKey(named: log.origin, surroundings)
    try SigningKeyFile.save(key.privateText, at: next)
    return key.verifier
  }

  /// Puts the new key in its place, if the ledger names it as the one in use; the old one is kept beside it, so that it
  /// can be destroyed on purpose only.
  package func takeNewKey(keyPath: String? = nil) throws {
    let path = try signingKeyPath(keyPath)
    let next = path + Self.nextSuffix
    guard Files.exists(next),
      try SignerKey(privateText: SigningKeyFile.load(at: next)).verifier == verifierKey()
    else { return }
    if Files.exists(path) {
      let old = try SignerKey(privateText: SigningKeyFile.load(at: path)).verifier
      let kept = path + ".retired-" + String(old.keyID, radix: 16)
      guard Files.exists(kept) || link(path, kept) == 0 else {
        throw FileError(path: kept, operation: "keep the old key as", code: errno)
      }
    }
    guard rename(next, path) == 0 else {
      throw FileError(path: path, operation: "put the new key in place at", code: errno)
    }
    try Files.syncDirectory(of: path)
  }

  private static var nextSuffix: String { ".next" }
}
