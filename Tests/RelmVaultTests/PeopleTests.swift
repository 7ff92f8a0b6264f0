import Foundation
import RelmDomain
import RelmVault
import Testing

@Suite("people have names and accounts, until they are erased")
struct PeopleTests {
  let temporary: TemporaryVault
  var vault: Vault { temporary.vault }

  init() throws { temporary = try TemporaryVault() }

  @Test("a person is shown by name, else by account")
  func displayName() throws {
    let ana = try vault.personMaking(account: "ana@example.org")
    #expect(try vault.displayName(of: ana) == "ana@example.org")
    try vault.setName("Ana María", of: ana)
    #expect(try vault.displayName(of: ana) == "Ana María")
    #expect(
      try vault.describe(ana)
        == PersonDescription(
          person: ana, accounts: ["ana@example.org"], names: ["Ana María"], emails: ["ana@example.org"],
          erased: false))
  }

  @Test("a new name takes the old one's place")
  func renamed() throws {
    let ana = try vault.personMaking(account: "ana")
    try vault.setName("Old Name", of: ana)
    try vault.setName("New Name", of: ana)
    #expect(try vault.describe(ana)?.names == ["New Name"])
    #expect(try !String(decoding: temporary.everything(), as: UTF8.self).contains("Old Name"))
  }

  @Test("two accounts of one person stand for one pseudonym")
  func addAccount() throws {
    let ana = try vault.personMaking(account: "ana@example.org")
    try vault.addAccount("ana-gh", to: ana)
    try vault.addAccount("ana-gh", to: ana)
    #expect(try vault.person(of: "ana-gh") == ana)
    #expect(try vault.describe(ana)?.accounts == ["ana@example.org", "ana-gh"])
    #expect(try vault.list().count == 1)
  }

  @Test("somebody else's account is not taken from them")
  func taken() throws {
    let ana = try vault.personMaking(account: "ana")
    let ben = try vault.personMaking(account: "ben")
    #expect(throws: VaultError.taken(account: "ben", by: ben)) { try vault.addAccount("ben", to: ana) }
    #expect(try vault.describe(ana)?.accounts == ["ana"])
  }

  @Test("an erased person reads as erased, and nothing personal is left in the vault")
  func erased() throws {
    let ana = try vault.personMaking(account: "ana@example.org")
    try vault.addAccount("ana-gh", to: ana)
    try vault.setName("Ana", of: ana)
    try temporary.write("Ana, half written", to: "\(vault.folder)/people/\(ana.text.dropFirst(7)).json.new")
    let key = try #require(
      try String(decoding: temporary.everything(), as: UTF8.self).firstMatch(of: /"key":"([^"]*)"/)?.1)
    try vault.erase(ana)
    try vault.erase(ana)
    let left = try String(decoding: temporary.everything(), as: UTF8.self)
    for word in ["ana", "Ana", String(key)] { #expect(!left.contains(word)) }
    #expect(try temporary.files(in: "accounts").isEmpty)
    #expect(try vault.describe(ana)?.erased == true)
    #expect(try vault.list().map(\.erased) == [true])
    #expect(try vault.displayName(of: ana) == ana.text)
    #expect(throws: VaultError.erased(ana)) { try vault.setName("Ana", of: ana) }
    #expect(throws: VaultError.erased(ana)) { try vault.addAccount("ana", to: ana) }
    // Whoever comes again under the same account is somebody new.
    #expect(try vault.person(of: "ana@example.org") == nil)
    #expect(try vault.personMaking(account: "ana@example.org") != ana)
  }

  @Test("an account's entry that outlived its person is damage, not a person")
  func restoredEntry() throws {
    let ana = try vault.personMaking(account: "ana")
    let entry = try "\(vault.folder)/accounts/\(#require(temporary.files(in: "accounts").first))"
    try vault.erase(ana)
    try temporary.write("\(ana.text)\n", to: entry)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: entry)
    #expect { try vault.personMaking(account: "ana") } throws: { "\($0)".contains("Delete it") }
  }

  @Test("nobody can be changed whom the vault does not know")
  func unknown() throws {
    let stranger = try #require(PersonID("person:0193594e-1b1c-7d2e-8f00-c0ffee123456"))
    #expect(throws: VaultError.unknownPerson(stranger)) { try vault.setName("X", of: stranger) }
    #expect(throws: VaultError.unknownPerson(stranger)) { try vault.addAccount("x", to: stranger) }
    #expect(throws: VaultError.unknownPerson(stranger)) { try vault.erase(stranger) }
    #expect(try vault.describe(stranger) == nil)
  }
}
