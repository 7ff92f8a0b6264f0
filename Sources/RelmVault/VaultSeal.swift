internal import Crypto
internal import RelmBytes
internal import RelmDomain
internal import RelmProof

/// What seals the people's files: a code over each, HMAC-SHA256 (RFC 2104) under a key that lies beside them.
///
/// It shows what an accident or an editor did to a file: a name that was changed by hand, half a file, a file of another
/// vault. It cannot show what somebody did who can read the vault, for they have the key; nor that a file is an older
/// copy of itself, or gone with its entries. Whoever must know that keeps a copy of the vault elsewhere.
struct VaultSeal: Sendable {
  static let byteCount = 32
  /// How the key's line begins, so that nobody takes it for something else.
  static let prefix = "VAULT+KEY+"

  private let key: SymmetricKey

  init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

  func code(of file: PersonFile) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Self.message(file), using: key))
  }

  func holds(_ file: PersonFile) -> Bool {
    guard let code = file.mac else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(file), using: key)
  }

  private static func message(_ file: PersonFile) -> [UInt8] {
    Array("relm vault person v1\n".utf8) + file.canonical
  }
}

extension Vault {
  private var sealKey: String { folder + "/seal.key" }

  /// What seals the people's files; nil in a vault of an earlier version that nobody has written to since.
  ///
  /// - Throws: `damaged`, `exposed`, `file`.
  func seal() throws(VaultError) -> VaultSeal? {
    guard let bytes = try VaultFiles.read(sealKey, limitBytes: 256, for: access) else { return nil }
    let line = String(decoding: bytes, as: UTF8.self)
    guard line.hasPrefix(VaultSeal.prefix), line.hasSuffix("\n"),
      let key = Base64.decode(String(line.dropFirst(VaultSeal.prefix.count).dropLast())),
      key.count == VaultSeal.byteCount
    else {
      throw .damaged(
        file: sealKey, reason: "it is not one line that begins with \(VaultSeal.prefix)",
        remedy: "Restore it from the vault's backup.")
    }
    return VaultSeal(key)
  }

  /// Seals every person's file of a vault that has no key yet: a new one, or an earlier version's.
  ///
  /// The key comes last, so that what is broken off is done again from the beginning.
  ///
  /// - Returns: whether files were sealed before, with a key that is gone: what was done to them meanwhile does not show.
  /// - Throws: `busy`, `damaged`, `file`.
  @discardableResult
  package func sealAll() throws(VaultError) -> Bool {
    guard try VaultFiles.status(of: sealKey) == nil else { return false }
    return try changing { () throws(VaultError) in
      guard try VaultFiles.status(of: sealKey) == nil else { return false }
      var wasSealed = false
      let key = Entropy.system.bytes(VaultSeal.byteCount)
      let seal = VaultSeal(key)
      for person in try everybody() {
        guard let file = try stored(person) else { continue }
        wasSealed = wasSealed || file.mac != nil
        try store(file, sealedBy: seal)
      }
      try VaultFiles.syncFolder(people)
      let temporary = sealKey + ".new"
      try VaultFiles.remove(temporary)
      try VaultFiles.create(
        temporary, Array("\(VaultSeal.prefix)\(Base64.encode(key))\n".utf8), for: access)
      try VaultFiles.rename(temporary, over: sealKey)
      try VaultFiles.syncFolder(folder)
      return wasSealed
    }
  }
}
