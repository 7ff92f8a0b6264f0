import Foundation
import RelmDomain
import RelmVault
import Testing

@Suite("the vault knows who is behind a pseudonym")
struct VaultTests {
  let temporary: TemporaryVault
  var vault: Vault { temporary.vault }

  init() throws { temporary = try TemporaryVault() }

  @Test("an account keeps its pseudonym, also in another process")
  func stable() throws {
    let ana = try vault.personMaking(account: "ana@example.org")
    #expect(try vault.personMaking(account: "ana@example.org") == ana)
    #expect(try temporary.reopened().person(of: "ana@example.org") == ana)
    #expect(try vault.personMaking(account: "ben@example.org") != ana)
    #expect(try temporary.files(in: "people").count == 2)
  }

  @Test("an account that was never met is nobody, and asking makes nobody")
  func unknown() throws {
    #expect(try vault.person(of: "ana@example.org") == nil)
    #expect(try temporary.files(in: "people").isEmpty)
    #expect(try temporary.files(in: "accounts").isEmpty)
  }

  @Test("a pseudonym is a random UUID of version 4")
  func version4() throws {
    let text = try vault.personMaking(account: "ana").text
    #expect(
      text.wholeMatch(of: /person:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
  }

  @Test(
    "white space around an account and the case of its domain do not count",
    arguments: [" ana@example.org", "ana@Example.ORG\t", "ana@example.org\n"])
  func normalised(spelling: String) throws {
    let ana = try vault.personMaking(account: "ana@example.org")
    #expect(try vault.person(of: spelling) == ana)
  }

  @Test(
    "what stands before the @ and an account without one count as written",
    arguments: ["Ana@example.org", "ANA", "ana"])
  func asWritten(spelling: String) throws {
    _ = try vault.personMaking(account: "ana@example.org")
    _ = try vault.personMaking(account: "Ana ")
    #expect(try vault.person(of: spelling) == nil)
  }

  @Test(
    "what cannot be an account is refused",
    arguments: ["", "  ", "a\u{0}b", "a\nb", "person:ana", "person:", String(repeating: "x", count: 513)])
  func bad(account: String) {
    #expect { try vault.personMaking(account: account) } throws: { error in
      guard case VaultError.badAccount = error else { return false }
      return true
    }
  }

  @Test("a pseudonym stands for itself, known or not, and nobody is made for it")
  func pseudonym() throws {
    let text = "person:0193594e-1b1c-7d2e-8f00-c0ffee123456"
    #expect(try vault.person(of: text)?.text == text)
    #expect(try vault.personMaking(account: text).text == text)
    #expect(try temporary.files(in: "people").isEmpty)
  }

  @Test("only the owner can read what is in it")
  func modes() throws {
    _ = try vault.personMaking(account: "ana")
    for folder in ["", "/people", "/accounts"] { #expect(try temporary.mode(vault.folder + folder) == 0o700) }
    for folder in ["people", "accounts"] {
      for file in try temporary.files(in: folder) {
        #expect(try temporary.mode("\(vault.folder)/\(folder)/\(file)") == 0o600)
      }
    }
  }

  @Test("a vault or a file that others can read is refused, with the command that mends it")
  func exposed() throws {
    let ana = try vault.personMaking(account: "ana")
    let file = "\(vault.folder)/people/\(ana.text.dropFirst(7)).json"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    #expect(throws: VaultError.exposed(file: file, mode: 0o640)) { try vault.describe(ana) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: vault.folder)
    #expect(throws: VaultError.exposed(file: vault.folder, mode: 0o755)) { try temporary.reopened() }
    #expect(VaultError.exposed(file: file, mode: 0o640).description.contains("chmod go= '\(file)'"))
  }

  @Test("a folder that is no vault is not opened, and creating one twice loses nothing")
  func open() throws {
    let elsewhere = temporary.root.path + "/elsewhere"
    #expect(throws: VaultError.notAVault(folder: elsewhere)) { try Vault.open(at: elsewhere) }
    let ana = try vault.personMaking(account: "ana")
    #expect(try Vault.create(at: vault.folder).person(of: "ana") == ana)
  }

  @Test("a person's file that is cut short, edited or somebody else's is damaged, and says what to do")
  func damaged() throws {
    let ana = try vault.personMaking(account: "ana")
    let ben = try vault.personMaking(account: "ben")
    let file = "\(vault.folder)/people/\(ana.text.dropFirst(7)).json"
    let whole = try String(contentsOfFile: file, encoding: .utf8)
    let bens = try String(
      contentsOfFile: "\(vault.folder)/people/\(ben.text.dropFirst(7)).json", encoding: .utf8)
    let edited = whole.replacingOccurrences(of: "\"names\":[]", with: "\"names\":[],\"nick\":\"x\"")
    for content in ["", String(whole.dropLast(9)), bens, edited, "{\"person\":\"\(ana.text)\"}"] {
      try temporary.write(content, to: file)
      #expect("for \(content)") { try vault.person(of: "ana") } throws: { error in
        guard case VaultError.damaged(file, _, _) = error else { return false }
        return "\(error)".contains("backup")
      }
    }
    try temporary.write(whole, to: file)
    #expect(try vault.person(of: "ana") == ana)
  }

  @Test("a person's file that is gone is missing, not a new person")
  func missing() throws {
    let ana = try vault.personMaking(account: "ana")
    let file = "\(vault.folder)/people/\(ana.text.dropFirst(7)).json"
    try FileManager.default.removeItem(atPath: file)
    #expect { try vault.personMaking(account: "ana") } throws: { error in
      guard case VaultError.missing(file, _) = error else { return false }
      return true
    }
    #expect(try vault.describe(ana) == nil)
    #expect(try vault.displayName(of: ana) == ana.text)
  }

  @Test("an account's entry that says nothing is damaged")
  func damagedEntry() throws {
    _ = try vault.personMaking(account: "ana")
    let entry = try "\(vault.folder)/accounts/\(#require(temporary.files(in: "accounts").first))"
    try temporary.write("person:nobody\n", to: entry)
    #expect { try vault.person(of: "ana") } throws: { error in
      guard case VaultError.damaged(entry, _, _) = error else { return false }
      return true
    }
  }

  @Test("what a crash left behind is neither a person nor in the way")
  func leftovers() throws {
    let ana = try vault.personMaking(account: "ana")
    let orphan = "0193594e-1b1c-4d2e-8f00-c0ffee123456"
    let content = try String(
      contentsOfFile: "\(vault.folder)/people/\(ana.text.dropFirst(7)).json", encoding: .utf8)
    try temporary.write(
      content.replacingOccurrences(of: ana.text, with: "person:\(orphan)"),
      to: "\(vault.folder)/people/\(orphan).json")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: "\(vault.folder)/people/\(orphan).json")
    try temporary.write("half", to: "\(vault.folder)/people/\(ana.text.dropFirst(7)).json.new")
    #expect(try vault.list().map(\.person) == [ana])
    try vault.setName("Ana", of: ana)
    #expect(try vault.displayName(of: ana) == "Ana")
  }
}
