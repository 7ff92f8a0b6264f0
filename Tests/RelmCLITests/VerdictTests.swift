import Foundation
import Testing

@Suite("What verify says, and with which status")
struct VerdictTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("release.planned", "release/web/1.0", "class=normal")
    try desk.write("All green", to: "report.txt")
    try desk.done("attach", "report.txt", "-s", "release/web/1.0", "--title", "Tests")
  }

  private func last(_ run: Desk.Run) -> String { run.lines.last ?? "" }

  @Test(
    "an attached file that is missing is said in the last line, with 1; with --evidence optional it is said, and is right"
  )
  func missingEvidence() throws {
    #expect(try last(desk.relm("verify")) == "verified: all is as it must be")
    for name in try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence"))
    where name.count > 40 {
      try FileManager.default.removeItem(atPath: desk.path(".relm/evidence/" + name))
    }
    let missing = try desk.relm("verify")
    #expect(
      missing.status == 1 && last(missing).hasPrefix("NOT verified: 1 attached file is not here"),
      "\(missing.text)")
    #expect(try Desk.object(desk.relm("verify", "--format", "json").text)["clean"] as? Bool == false)
    let optional = try desk.relm("verify", "--evidence", "optional")
    #expect(optional.status == 0, "\(optional.text)")
    #expect(last(optional) == "verified: all that is here is as it must be; 1 attached file is not here")
    #expect(
      try Desk.object(desk.done("verify", "--evidence", "optional", "--format", "json"))["clean"] as? Bool
        == true)
    #expect(try desk.relm("verify", "--evidence", "some").status == 64)
  }

  @Test(
    "without its vault a ledger is read, with pseudonyms, and verifies; nothing is recorded, and the vault is not made anew"
  )
  func missingVault() throws {
    let checkpoint = try desk.done("checkpoint")
    try desk.write(checkpoint, to: "kept.txt")
    let names = try desk.done("log")
    #expect(names.contains("ana@example.org"))
    try FileManager.default.moveItem(atPath: desk.path(".relm/vault"), toPath: desk.path("vault"))
    for words in [
      ["log"], ["state", "web/1.0"], ["state", "people"], ["timeline", "web/1.0"], ["obligations"],
      ["report", "compliance"], ["person"], ["gate", "web/1.0", "--to", "prod", "--dry-run"],
    ] {
      let run = try desk.run(Desk.program, words)
      #expect(run.status < 2 || run.status == 64, "\(words): \(run.status) \(run.remarks)")
      #expect(!run.text.contains("ana@example.org"), "\(words): \(run.text)")
    }
    #expect(try desk.done("log").contains("person:"))
    let verified = try desk.relm("verify", "--against", "kept.txt")
    #expect(verified.status == 0 && verified.remarks.contains("pseudonyms"), "\(verified.remarks)")
    #expect(last(verified) == "verified: all is as it must be")
    let refused = try desk.relm("record", "activity.recorded", "-s", "release/web/1.0", "activity=x")
    #expect(refused.status == 77 && refused.remarks.contains("backup"), "\(refused.status) \(refused.remarks)")
    try desk.write("All red", to: "other.txt")
    #expect(try desk.relm("attach", "other.txt", "-s", "release/web/1.0").status == 77)
    #expect(try desk.relm("person", "name", "ana@example.org", "Ana").status == 66)
    #expect(!desk.exists(".relm/vault"))
    try FileManager.default.moveItem(atPath: desk.path("vault"), toPath: desk.path(".relm/vault"))
    #expect(try desk.done("log") == names)
  }

  @Test(
    "what is wrong beside integrity does not end with 2: modes, checkpoints that cannot be used, strays, files of others"
  )
  func notBroken() throws {
    let other = try Desk.withLedger()
    try desk.write(other.done("checkpoint"), to: "foreign.txt")
    try desk.write(try desk.done("checkpoint").components(separatedBy: "\n\n")[0] + "\n\n", to: "unsigned.txt")
    try desk.write("Good morning", to: "words.txt")
    for file in ["foreign.txt", "unsigned.txt", "words.txt", "."] {
      let run = try desk.relm("verify", "--against", file)
      #expect(run.status == 65, "\(file): \(run.status) \(run.text)\(run.remarks)")
    }
    func chmod(_ mode: Int, _ path: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: desk.path(path))
    }
    let vault = ".relm/vault"
    let person = try #require(
      try FileManager.default.contentsOfDirectory(atPath: desk.path(vault + "/people")).first {
        $0.hasSuffix(".json")
      })
    for (path, right) in [
      (".relm", 0o700), (".relm/log", 0o700), (vault, 0o700), (vault + "/people", 0o700),
      (vault + "/people/" + person, 0o600), (vault + "/seal.key", 0o600), (vault + "/signing.key", 0o600),
    ] {
      try chmod(0o777, path)
      for words in [["verify"], ["checkpoint"], ["state", "people"]] {
        let run = try desk.run(Desk.program, words)
        #expect(
          run.status == 77 || run.status == 0, "\(path), \(words): \(run.status) \(run.text)\(run.remarks)")
      }
      try chmod(right, path)
    }
    try desk.write("an editor's", to: vault + "/people/notes.json~")
    let stray = try desk.relm("verify")
    #expect(stray.status == 1 && stray.text.contains("no person's file"), "\(stray.status) \(stray.text)")
    try FileManager.default.removeItem(atPath: desk.path(vault + "/people/notes.json~"))
    // A directory that is no ledger.
    try FileManager.default.createDirectory(atPath: desk.path("none/log"), withIntermediateDirectories: true)
    #expect(try desk.relm("verify", "--ledger", "none").status == 66)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("what is not as it was written does: a record, evidence, a person's file")
  func broken() throws {
    let evidence = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence")).first { $0.count > 40 })
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: desk.path(".relm/evidence/" + evidence))
    try desk.write("All red", to: ".relm/evidence/" + evidence)
    #expect(try desk.relm("verify").status == 2)
    #expect(try desk.relm("verify", "--evidence", "optional").status == 2)
  }
}
