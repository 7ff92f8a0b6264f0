package import RelmFiles

/// The file of the ledger's private signing key: one line of text, readable by its owner alone, or in a shared vault by the
/// group that shares it.
///
/// The line is the C2SP signed-note form, `PRIVATE+KEY+<name>+<hash>+<key>`; what it means is the signer's business.
package enum SigningKeyFile {
  private static let prefix = "PRIVATE+KEY+"

  /// Writes the key to a new file, and returns when it is on disk.
  ///
  /// - Throws: `exists` where something has that name: a key that signed once must not be lost to a slip.
  package static func save(_ key: String, at path: String, for access: AccessMode = .owner) throws(VaultError) {
    precondition(
      key.hasPrefix(prefix) && !key.utf8.contains(UInt8(ascii: "\n")), "a signing key is one PRIVATE+KEY+ line")
    try VaultFiles.create(path, Array("\(key)\n".utf8), for: access)
    try VaultFiles.syncFolder(Files.directory(of: path))
  }

  /// Reads the key.
  ///
  /// - Throws: `exposed` where others may read or write the file, `missing`, `damaged`, `file`.
  package static func load(at path: String, for access: AccessMode = .owner) throws(VaultError) -> String {
    let remedy = "Restore it from its backup, or name the right place of the key."
    guard let bytes = try VaultFiles.read(path, limitBytes: 4096, for: access) else {
      throw .missing(file: path, remedy: remedy)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .damaged(file: path, reason: "it is not text", remedy: remedy)
    }
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard line.hasPrefix(prefix), !line.contains(where: \.isWhitespace) else {
      throw .damaged(file: path, reason: "it is not one line that begins with \(prefix)", remedy: remedy)
    }
    return line
  }
}
