import Foundation
import Testing

@Suite("Erasing people")
struct ErasureTests {
  private let desk: Desk
  private static let web = "release/web/1.0"
  private static let words = ["bolette@example.org", "bf-admin@example.org", "Bolette Fjordgren"]

  /// A ledger with a human of two accounts, a name, a note, authority, and a service account.
  init() throws {
    desk = try Desk.withLedger()
    try desk.done(
      "record", "activity.recorded", "-s", Self.web, "activity=x", "note=Bolette called", "--actor",
      "bolette@example.org")
    try desk.done("person", "name", "bolette@example.org", "Bolette Fjordgren")
    try desk.done("person", "link", "bolette@example.org", "bf-admin@example.org")
    try desk.done("person", "link", "--service", "ci@example.org", "--owner", "bolette@example.org")
    try desk.record(
      "authority.granted", "person/bolette@example.org", "level=5", "contexts=production")
    try desk.record(
      "authority.granted", "person/bf-admin@example.org", "level=4", "contexts=development")
  }

  /// In which files of the vault any of the words stands.
  private func found() throws -> [String] {
    let folder = desk.path(".relm")
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        return false
      }
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: Unicode.ASCII.self)
      return Self.words.contains { text.contains($0) }
    }
  }

  private func types() throws -> [String] {
    try desk.done("log", "--raw").split(separator: "\n").map { line in
      try #require(try Desk.object(String(line))["type"] as? String)
    }
  }

  @Test("linked accounts are erased together, after their authority has ended, and what else is linked is told")
  func together() throws {
    let run = try desk.relm("person", "erase", "bf-admin@example.org", "--ground", "GDPR art. 17")
    #expect(run.status == 0, "\(run.remarks)")
    #expect(
      try types().suffix(4) == [
        "relm.authority.revoked", "relm.authority.revoked", "relm.subject.erased", "relm.subject.erased",
      ])
    #expect(run.remarks.contains("ci@example.org is a service account of theirs"))
    #expect(run.remarks.split(separator: "\n").filter { $0.hasPrefix("erased person:") }.count == 2)
    #expect(try found() == [])
    #expect(try desk.relm("verify").status == 0)
    #expect(try desk.done("show", "1").contains("(erased)"))
  }

  @Test("a hold on one account covers all of them, and then nothing of them is changed")
  func hold() throws {
    try desk.record("hold.placed", "ledger", "hold=h", "ground=case", "persons=bf-admin@example.org")
    let size = try desk.size()
    let run = try desk.relm("person", "erase", "bolette@example.org", "--ground", "request")
    #expect(run.status == 65)
    #expect(run.remarks.contains("legal hold h"))
    #expect(try desk.size() == size)
    #expect(try desk.done("person").contains("Bolette Fjordgren"))
  }

  @Test("nobody erases themselves, under any of their accounts")
  func oneself() throws {
    try desk.record(
      "authority.granted", "person/bolette@example.org", "level=6", "contexts=production",
      "contexts=development")
    for actor in Self.words.prefix(2) {
      let run = try desk.relm(
        "person", "erase", "bolette@example.org", "--ground", "request", "--actor", actor)
      #expect(run.status == 77)
    }
    #expect(try desk.done("person").contains("Bolette Fjordgren"))
  }

  @Test("an older copy of the vault, put back, forgets whom the log says is erased before anybody sees them")
  func olderCopy() throws {
    try desk.copy(".relm/vault", to: "backup")
    try desk.done("person", "erase", "bolette@example.org", "--ground", "request")
    try FileManager.default.removeItem(atPath: desk.path(".relm/vault"))
    try desk.copy("backup", to: ".relm/vault")
    #expect(try !found().isEmpty)
    let next = try desk.relm("log")
    #expect(next.status == 0)
    #expect(next.remarks.contains("finished the erasure of person:"))
    #expect(Self.words.allSatisfy { !next.text.contains($0) })
    #expect(try found() == [])
    #expect(try desk.relm("log").remarks == "")
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("only the people of an older copy, put back, are forgotten as well")
  func olderPeople() throws {
    try desk.copy(".relm/vault/people", to: "backup")
    try desk.done("person", "erase", "bolette@example.org", "--ground", "request")
    try FileManager.default.removeItem(atPath: desk.path(".relm/vault/people"))
    try desk.copy("backup", to: ".relm/vault/people")
    let people = try desk.done("person")
    #expect(Self.words.allSatisfy { !people.contains($0) })
    #expect(try found() == [])
    #expect(try desk.relm("verify").status == 0)
  }

  @Test(
    "an older copy put over the vault shows nobody who is erased; verify tells of it, and erasing again erases it"
  )
  func copiedOver() throws {
    try desk.copy(".relm/vault", to: "backup")
    try desk.done("person", "erase", "bolette@example.org", "--ground", "request")
    let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
    let data = try #require(try Desk.object(String(last))["data"] as? [String: Any])
    let erased = try #require(data["person"] as? String)
    #expect(try desk.run("cp", ["-r", "backup/.", ".relm/vault/"]).status == 0)
    #expect(try !found().isEmpty)
    let people = try desk.done("person")
    #expect(Self.words.allSatisfy { !people.contains($0) })
    let verified = try desk.relm("verify")
    #expect(verified.status != 0)
    #expect(verified.text.contains("UNDONE") && verified.text.contains(erased))
    try desk.done("person", "erase", erased, "--ground", "request")
    #expect(try found() == [])
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("what those who died have left half-written about a person goes with the person")
  func halfWritten() throws {
    let vault = desk.path(".relm/vault")
    let file = try #require(
      try FileManager.default.contentsOfDirectory(atPath: vault + "/people").first { name in
        try String(contentsOfFile: vault + "/people/" + name, encoding: .utf8).contains("bolette@")
      })
    // Half-written, and a person of the same account who never came to be.
    try desk.copy(".relm/vault/people/" + file, to: ".relm/vault/people/\(file).new")
    let stray = "0193594e-2f00-7a11-9b3c-5eed00112233"
    let text = try String(contentsOfFile: vault + "/people/" + file, encoding: .utf8)
      .replacing(file.dropLast(5), with: stray)
    try desk.write(text, to: ".relm/vault/people/\(stray).json")
    for name in [file + ".new", stray + ".json"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: vault + "/people/" + name)
    }
    try desk.done("person", "erase", "bolette@example.org", "--ground", "request")
    #expect(try found() == [])
  }
}
