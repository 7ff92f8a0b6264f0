internal import Glibc
internal import RelmProof
internal import RelmVault

/// A new private key in the place of the one before, which is kept beside it, so that it is destroyed on purpose only.
struct SigningKeyChange {
  let path: String
  /// For whom the key may be: the vault's people where it lies in the vault, else its owner alone.
  let access: AccessMode

  init(path: String, vault: String) {
    self.path = path
    access = path.hasPrefix(vault + "/") ? .inside(vault) : .owner
  }

  /// Puts it in place, in one step. Done again, it changes nothing.
  func take(_ privateText: String) throws {
    let next = path + ".next"
    let new = try SignerKey(privateText: privateText)
    if Files.exists(path) {
      let old = try SignerKey(privateText: SigningKeyFile.load(at: path, for: access))
      guard old.verifier != new.verifier else { return try Files.remove(next) }
      let kept = path + ".retired-" + String(old.verifier.keyID, radix: 16)
      guard Files.exists(kept) || link(path, kept) == 0 else {
        throw FileError(path: kept, operation: "keep the old key as", code: errno)
      }
    }
    // What was half-written before is written anew.
    try Files.remove(next)
    try SigningKeyFile.save(privateText, at: next, for: access)
    guard rename(next, path) == 0 else {
      throw FileError(path: path, operation: "put the new key in place at", code: errno)
    }
    try Files.syncDirectory(of: path)
  }
}
