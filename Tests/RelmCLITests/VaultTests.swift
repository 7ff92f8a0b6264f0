import Foundation
import Testing

@Suite("The vault")
struct VaultTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("activity.recorded", Self.web, "activity=x", "--actor", "bo@example.org")
  }

  private func people() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/people")).sorted()
  }

  /// Changes a file of the vault by hand.
  private func edit(_ name: String, _ change: (String) -> String) throws {
    let path = desk.path(".relm/vault/" + name)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(change(text).utf8).write(to: URL(filePath: path))
  }

  @Test("a refused act leaves nobody in the vault, nor does a dry run or a bad line")
  func refused() throws {
    let act = ["record", "approval.given", "-s", Self.web, "scope=deployment"]
    let refused = try desk.run(Desk.program, act + ["--actor", "konrad@example.org"])
    #expect(refused.status == 77)
    #expect(refused.remarks.contains("konrad@example.org has no authority"))
    let fact = ["record", "activity.recorded", "-s", Self.web, "activity=x", "--actor", "kim@example.org"]
    #expect(try desk.run(Desk.program, fact + ["--dry-run"]).status == 0)
    #expect(try desk.run(Desk.program, fact + ["--time", "2999-01-01T00:00:00Z"]).status == 65)
    #expect(try desk.run(Desk.program, fact + ["--expect-version", "none"]).status == 1)
    let lines = Desk.activity("a").replacing(#""id""#, with: #""authid":"kai@example.org","id""#) + "\n"
    #expect(try desk.relm("append", "-", input: lines + "no event\n").status == 65)
    #expect(try desk.relm("append", "--chunked", "-", input: lines + "no event\n").status == 65)
    #expect(try people().count == 2)
  }

  @Test("of an input that goes on, only the people of what was taken are made")
  func keepGoing() throws {
    func line(_ id: String, by actor: String, _ more: String = "") -> String {
      Desk.activity(id).replacing(#""id""#, with: #""authid":"\#(actor)",\#(more)"id""#) + "\n"
    }
    let run = try desk.relm(
      "append", "--keep-going", "--rejects", "rejects", "-",
      input: line("a", by: "kai@example.org")
        + line("b", by: "kim@example.org", #""time":"2999-01-01T00:00:00Z","#))
    #expect(run.status == 65)
    let known = try desk.done("person")
    #expect(known.contains("kai@example.org") && !known.contains("kim@example.org"))
  }

  @Test(
    "a refused rotation leaves nothing, and one that was broken off is taken or dropped by what the log says")
  func rotation() throws {
    let vault = desk.path(".relm/vault")
    let files = FileManager.default
    let before = try files.contentsOfDirectory(atPath: vault).sorted()
    #expect(try desk.relm("key", "rotate", "--reason", "x", "--actor", "bo@example.org").status == 77)
    #expect(try files.contentsOfDirectory(atPath: vault).sorted().filter { $0 != "pending" } == before)
    #expect(try files.contentsOfDirectory(atPath: vault + "/pending") == [])
    // Broken off before its event was recorded.
    func leave(_ id: String, _ verifier: String) throws {
      try files.createDirectory(atPath: vault + "/pending/act-1", withIntermediateDirectories: true)
      try desk.write(
        #"{"id":"\#(id)","path":"signing.key","source":"/relm/cli","verifier":"\#(verifier)"}"#,
        to: ".relm/vault/pending/act-1/act.json")
    }
    try desk.done("init", "other", "--origin", "example.org/releases", "--owner", "x@example.org")
    let stranger = try desk.done("key", "--ledger", "other").trimmingCharacters(in: .newlines)
    let old = try desk.done("key")
    try desk.copy("other/vault/signing.key", to: ".relm/vault/signing.key.next")
    try leave("never", stranger)
    #expect(try desk.done("checkpoint").hasPrefix("example.org/releases\n2\n"))
    try desk.done("state")
    #expect(try files.contentsOfDirectory(atPath: vault + "/pending") == [])
    #expect(!desk.exists(".relm/vault/signing.key.next"))
    #expect(try desk.done("key") == old)
    // And behind it: the event of a rotation is there, and its key is not in its place.
    let new = try desk.done("key", "rotate", "--reason", "x").split(separator: "\n").last.map(String.init) ?? ""
    let rotated = try String(contentsOfFile: vault + "/signing.key", encoding: .utf8)
    let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
    let id = try #require(try Desk.object(String(last))["id"] as? String)
    let kept = try #require(
      try files.contentsOfDirectory(atPath: vault).first { $0.hasPrefix("signing.key.retired") })
    try files.moveItem(atPath: vault + "/signing.key", toPath: vault + "/signing.key.next")
    try files.moveItem(atPath: vault + "/" + kept, toPath: vault + "/signing.key")
    try leave(id, new)
    // Who only reads signs with the key that the log names.
    try desk.write(try desk.done("checkpoint"), to: "checkpoint.txt")
    #expect(try desk.relm("verify", "--against", "checkpoint.txt", "--key", new).status == 0)
    #expect(try String(contentsOfFile: vault + "/signing.key", encoding: .utf8) == rotated)
    #expect(!desk.exists(".relm/vault/signing.key.next"))
    #expect(try files.contentsOfDirectory(atPath: vault + "/pending") == [])
  }

  @Test("verify tells a person's file that was changed by hand, with 2")
  func changed() throws {
    try desk.done("person", "name", "bo@example.org", "Bo Berg")
    #expect(try desk.relm("verify").lines.contains("vault      2 people held against each other"))
    for name in try people() {
      try edit("people/" + name) { $0.replacing("Bo Berg", with: "Bo Borg") }
    }
    let verified = try desk.relm("verify")
    #expect(verified.status == 2)
    #expect(verified.text.contains("its seal does not hold"))
    #expect(try Desk.object(try desk.relm("verify", "--format", "json").text)["clean"] as? Bool == false)
  }

  @Test("verify tells accounts that lead to another, to nobody, and files that are somebody else's")
  func crossed() throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/accounts"))
    let names = try people()
    func person(_ name: String) -> String { "person:" + name.dropLast(5) + "\n" }
    // Both accounts lead to one person.
    let before = try entries.map {
      try String(contentsOfFile: desk.path(".relm/vault/accounts/" + $0), encoding: .utf8)
    }
    for entry in entries { try edit("accounts/" + entry) { _ in person(names[0]) } }
    let crossed = try desk.relm("verify")
    #expect(crossed.status == 2)
    #expect(crossed.text.contains("leads to nobody who has that account"))
    for (entry, text) in zip(entries, before) { try edit("accounts/" + entry) { _ in text } }
    #expect(try desk.relm("verify").status == 0)
    // Two files have changed places.
    let texts = try names.map {
      try String(contentsOfFile: desk.path(".relm/vault/people/" + $0), encoding: .utf8)
    }
    try edit("people/" + names[0]) { _ in texts[1] }
    let exchanged = try desk.relm("verify")
    #expect(exchanged.status != 0)
    #expect((exchanged.text + exchanged.remarks).contains("it is about person:"))
  }

  @Test("a vault that lost the key of its seals is sealed anew, and that is told")
  func lostSeal() throws {
    try FileManager.default.removeItem(atPath: desk.path(".relm/vault/seal.key"))
    #expect(try desk.relm("state").remarks.contains("sealed anew"))
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("a vault of an earlier version, without seals, is sealed by the first command that writes")
  func unsealed() throws {
    try FileManager.default.removeItem(atPath: desk.path(".relm/vault/seal.key"))
    for name in try people() {
      try edit("people/" + name) { text in
        text.replacing(/"mac":"[^"]*",/, with: "")
      }
    }
    #expect(try desk.relm("state").remarks == "")
    #expect(try desk.done("person").contains("bo@example.org"))
    #expect(try desk.relm("verify").status == 0)
  }
}

@Suite("relm person name")
struct PersonNameTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    for actor in ["bo@example.org", "cyd@example.org"] {
      try desk.record("activity.recorded", "release/web/1.0", "activity=x", "--actor", actor)
    }
  }

  private func name(_ account: String, _ name: String, by actor: String) throws -> Desk.Run {
    try desk.relm("person", "name", account, name, "--actor", actor)
  }

  @Test("a name is an act of level 6 or one's own, recorded without the name")
  func act() throws {
    #expect(try name("bo@example.org", "Bo Berg", by: "bo@example.org").status == 0)
    #expect(try name("bo@example.org", "Bo Borg", by: "cyd@example.org").status == 77)
    #expect(try name("cyd@example.org", "Cyd Dahl", by: "ana@example.org").status == 0)
    let log = try desk.done("log", "--raw")
    #expect(!log.contains("Berg") && !log.contains("Dahl"))
    #expect(try desk.done("log", "--type", "person.named").split(separator: "\n").count == 3)
    let people = try desk.done("person")
    #expect(people.contains("Bo Berg") && people.contains("Cyd Dahl") && !people.contains("Borg"))
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("level 6 for a part of the house names nobody else")
  func limited() throws {
    try desk.record(
      "authority.granted", "person/cyd@example.org", "level=6", "contexts=development", "services=toy")
    #expect(try name("bo@example.org", "Bo Berg", by: "cyd@example.org").status == 77)
  }

  @Test(
    "a name that stands for somebody else is refused, however it is written",
    arguments: ["Ana Aas", " ana   AAS ", "CYD@example.org", "new@example.org", "bo\u{1B}[31m", " "])
  func taken(_ wanted: String) throws {
    #expect(try name("ana@example.org", "Ana Aas", by: "ana@example.org").status == 0)
    let size = try desk.size()
    let refused = try name("bo@example.org", wanted, by: "bo@example.org")
    #expect(refused.status == 65, "\(refused.remarks)")
    #expect(try desk.size() == size)
    #expect(try desk.done("person", "list", "bo@example.org").contains("\nbo@example.org "))
  }

  @Test("linked accounts of one human may have one name")
  func linked() throws {
    #expect(try name("bo@example.org", "Bo Berg", by: "bo@example.org").status == 0)
    #expect(try name("cyd@example.org", "bo berg", by: "cyd@example.org").status == 65)
    try desk.done("person", "link", "bo@example.org", "cyd@example.org")
    #expect(try name("cyd@example.org", "bo berg", by: "cyd@example.org").status == 0)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("a name that was broken off is given where the log has it, and dropped where it has not")
  func brokenOff() throws {
    #expect(try name("bo@example.org", "Bo Berg", by: "bo@example.org").status == 0)
    let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
    let event = try Desk.object(String(last))
    let id = try #require(event["id"] as? String)
    let person = try #require(event["subject"] as? String).dropFirst(7)
    for (number, (id, name)) in [(id, "Bo Bergman"), ("never", "Bo Nobody")].enumerated() {
      let place = ".relm/vault/pending/act-\(number)"
      try FileManager.default.createDirectory(atPath: desk.path(place), withIntermediateDirectories: true)
      try desk.write(
        #"{"id":"\#(id)","name":"\#(name)","person":"person:\#(person)","source":"/relm/cli"}"#,
        to: place + "/act.json")
    }
    try desk.done("state")
    #expect(try desk.done("person").contains("Bo Bergman"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/pending")) == [])
  }
}
