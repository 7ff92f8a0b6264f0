import Foundation
import Testing

@Suite("People at the command line")
struct PeopleTests {
  private static let web = "release/web/1.0"

  /// Whether these words stand anywhere in the files below a folder, as UTF-8 in any case.
  private func found(_ words: [String], below folder: String) throws -> [String] {
    var found: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: Unicode.ASCII.self)
        .lowercased()
      for word in words where text.contains(word.lowercased()) || name.lowercased().contains(word.lowercased())
      {
        found.append("\(word) in \(name)")
      }
    }
    return found
  }

  @Test("nothing of an account and nothing of a note stands in any file of the log or the views")
  func nothingInClear() throws {
    let desk = try Desk()
    try desk.done("init", "--origin", "ledger.test/r", "--owner", "anastasia@people.invalid")
    desk.environment["RELM_ACTOR"] = "anastasia@people.invalid"
    try desk.done(
      "record", "release.planned", "--subject", Self.web, "class=normal", "manager=borislav@people.invalid",
      "requestedBy=cyrill@elsewhere.invalid", "note=Dorothea is on leave")
    try desk.done(
      "record", "build.started", "--subject", Self.web, "build=b-1", "--actor", "borislav@people.invalid",
      #"participants:=[{"person":"eugenia@people.invalid","part":"tester"}]"#,
      #"commits:=[{"id":"3f786850e387550fdab836ed7e6dc881de23001b","authors":["fjodor@people.invalid"],"#
        + #""reviewers":["borislav@people.invalid"]}]"#)
    try desk.done(
      "record", "handover.offered", "--subject", Self.web, "handover=h-1", "to=operations",
      "party=borislav@people.invalid")
    try desk.done(
      "record", "handover.accepted", "--subject", Self.web, "handover=h-1", "--actor", "borislav@people.invalid"
    )
    try desk.done("record", "approval.given", "--subject", Self.web, "scope=deployment", "note=Gregor agreed")
    try desk.done(
      "append", "--actor", "helena@people.invalid",
      input: Desk.activity("e-1").replacingOccurrences(
        of: #""activity":"#, with: #""initiator":"igor@people.invalid","note":"Jaroslav called","activity":"#))
    let refused = try desk.relm(
      "record", "approval.given", "--subject", Self.web, "scope=deployment", "--actor", "konrad@people.invalid")
    #expect(refused.status == 77)
    try desk.done("state")
    try desk.done("state", Self.web)
    try desk.done("views", "rebuild")
    try desk.done("verify")

    let words = [
      "anastasia", "borislav", "cyrill", "dorothea", "eugenia", "fjodor", "gregor", "helena", "igor@",
      "jaroslav",
      "konrad", "people.invalid", "elsewhere.invalid",
    ]
    #expect(try found(words, below: desk.path(".relm/log")) == [])
    #expect(try found(words, below: desk.path(".relm/views")) == [])
    // The search itself can find: the origin stands in the log, the accounts in the vault.
    #expect(!(try found(["ledger.test/r"], below: desk.path(".relm/log")).isEmpty))
    #expect(!(try found(["anastasia"], below: desk.path(".relm/vault")).isEmpty))
  }

  @Test("a note is sealed in the stored bytes and reads back in show")
  func note() throws {
    let desk = try Desk.withLedger()
    try desk.done(
      "record", "release.planned", "--subject", Self.web, "class=normal", "note=Zoë is on leave", "--id", "p-1")
    let raw = try desk.done("log", "--raw", "--from", "1")
    let data = try #require(try Desk.object(raw)["data"] as? [String: Any])
    let sealed = try #require((data["note"] as? [String: Any])?["sealed"] as? [String: String])
    #expect(sealed.keys.sorted() == ["alg", "ciphertext", "nonce", "person"])
    #expect(!raw.contains("leave"))
    #expect(try desk.done("show", "p-1").contains("note: Zoë is on leave\n"))
    #expect(!(try desk.done("log", "--format", "ndjson").contains("leave")))
  }

  @Test("a sealed note may be sent again: the same words with the same id are a duplicate")
  func noteTwice() throws {
    let desk = try Desk.withLedger()
    let words = ["record", "activity.recorded", "--subject", Self.web, "activity=x", "--id", "a-1"]
    #expect(try desk.run(Desk.program, words + ["note=Zoë called"]).text.hasPrefix("1 recorded "))
    let again = try desk.run(Desk.program, words + ["note=Zoë called"])
    #expect(again.status == 0, "\(again.remarks)")
    #expect(again.text.hasPrefix("1 duplicate "))
    #expect(try desk.run(Desk.program, words + ["note=Zoë did not call"]).status == 65)
  }

  @Test("accounts go in and come out, and one account is one person everywhere")
  func pseudonyms() throws {
    let desk = try Desk.withLedger()
    try desk.done("record", "release.planned", "--subject", Self.web, "class=normal", "manager=ana@example.org")
    let record = try Desk.object(try desk.done("log", "--raw", "--from", "1"))
    let person = try #require(record["authid"] as? String)
    #expect((record["data"] as? [String: Any])?["manager"] as? String == person)
    #expect(try desk.done("state", Self.web).contains("managed by ana@example.org "))
    #expect(try desk.done("state", Self.web, "--format", "json").contains(person))
    #expect(try desk.done("log").contains("ana@example.org"))
  }
}
