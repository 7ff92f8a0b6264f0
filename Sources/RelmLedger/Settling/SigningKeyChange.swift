internal import Glibc
internal import RelmFiles
internal import RelmProof
internal import RelmVault

/// A new private key that lies beside the one before until it takes its place. The old one is kept, so that it is destroyed
/// on purpose only.
///
/// The new one is where the old one is, and nowhere else: who keeps it off the ledger has a reason.
struct SigningKeyChange {
  let path: String
  /// For whom the key may be: the vault's people where it lies in the vault, else its owner alone.
  let access: AccessMode

  init(path: String, vault: String) {
    self.path = path
    access = path.hasPrefix(vault + "/") ? .inside(vault) : .owner
  }

  private var next: String { path + ".next" }

  /// The key that is to come; nil where there is none, or only half of one, because its maker died.
  func coming() throws -> SignerKey? {
    guard Files.exists(next) else { return nil }
    do {
      return try SignerKey(privateText: SigningKeyFile.load(at: next, for: access))
    } catch is NoteError {
      return nil
    } catch VaultError.damaged {
      return nil
    }
  }

  /// Lays a new key beside the one in use.
  func lay(_ key: SignerKey) throws { try SigningKeyFile.save(key.privateText, at: next, for: access) }

  /// Puts the key with this public half in its place, in one step. Done again, it changes nothing.
  func take(_ verifier: String) throws {
    guard try coming()?.verifier.description == verifier else { return }
    if Files.exists(path) {
      let old = try SignerKey(privateText: SigningKeyFile.load(at: path, for: access))
      let kept = path + ".retired-" + String(old.verifier.keyID, radix: 16)
      _ = try Files.link(path, to: kept, for: "keep the old key as")
    }
    try Files.rename(next, to: path, for: "put the new key in place at")
    try Files.syncDirectory(of: path)
  }

  /// Removes the key with this public half, which never came into use.
  func drop(_ verifier: String) throws {
    if let coming = try coming(), coming.verifier.description != verifier { return }
    try Files.remove(next)
  }
}
