import Foundation
import RelmVault
import Testing

@Suite("the signing key is in a file of its owner's")
struct SigningKeyFileTests {
  let temporary: TemporaryVault
  let key = "PRIVATE+KEY+ledger.example.org+1f2e3d4c+AQIDBA=="
  var path: String { temporary.root.path + "/signing.key" }

  init() throws { temporary = try TemporaryVault() }

  @Test("a key that was saved loads again, and only its owner may read it")
  func roundTrip() throws {
    try SigningKeyFile.save(key, at: path)
    #expect(try SigningKeyFile.load(at: path) == key)
    #expect(try temporary.mode(path) == 0o600)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == key + "\n")
  }

  @Test("a key is never overwritten")
  func exists() throws {
    try SigningKeyFile.save(key, at: path)
    #expect(throws: VaultError.exists(file: path)) { try SigningKeyFile.save(key + "A", at: path) }
    #expect(try SigningKeyFile.load(at: path) == key)
  }

  @Test("a key that others may read or write is refused", arguments: [0o640, 0o604, 0o620, 0o602, 0o660])
  func exposed(mode: Int) throws {
    try SigningKeyFile.save(key, at: path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(throws: VaultError.exposed(file: path, mode: UInt16(mode))) { try SigningKeyFile.load(at: path) }
  }

  @Test(
    "what is no key is damaged",
    arguments: ["", "ledger+1f2e3d4c+AQID\n", "PRIVATE+KEY+a+b+c\nmore\n", "\u{1}"])
  func damaged(content: String) throws {
    try SigningKeyFile.save(key, at: path)
    try temporary.write(content, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect { try SigningKeyFile.load(at: path) } throws: { error in
      guard case VaultError.damaged = error else { return false }
      return true
    }
  }

  @Test("a key that is not there is missing")
  func missing() {
    #expect { try SigningKeyFile.load(at: path) } throws: { error in
      guard case VaultError.missing = error else { return false }
      return true
    }
  }
}
