import Foundation
import Testing

@Suite("relm record")
struct RecordTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  /// The data of the newest event.
  private func lastData() throws -> NSDictionary {
    let record = try Desk.object(try desk.done("log", "--raw", "--reverse", "--limit", "1"))
    return try #require(record["data"] as? NSDictionary)
  }

  @Test("record prints position, status, type, subject and id")
  func receipt() throws {
    let run = try desk.relm("record", "release.planned", "--subject", Self.web, "class=normal", "--id", "p-1")
    #expect(run.status == 0)
    #expect(run.text == "1 recorded release.planned release/web/1.0 p-1\n")
    #expect(run.remarks.isEmpty)
  }

  @Test("key=value takes text, numbers, truth and the elements of lists, each as its field asks")
  func values() throws {
    try desk.done(
      "record", "release.planned", "--subject", Self.web, "class=normal", "critical=true", "purpose=1",
      "services=a", "services=b")
    #expect(
      try lastData()
        == ["class": "normal", "critical": true, "purpose": "1", "services": ["a", "b"]] as NSDictionary)
  }

  @Test("dotted keys go into objects, key:=JSON takes JSON, key=@FILE the text of a file")
  func shapes() throws {
    try desk.write("Ran the night shift's list.\n", to: "words.txt")
    try desk.done(
      "record", "activity.recorded", "--subject", Self.web, "activity=@words.txt", "tool.name=make",
      "tool.version=4.4",
      #"evidence:=[{"digest":"sha256:\#(String(repeating: "ab", count: 32))","size":3,"#
        + #""mediaType":"text/plain"}]"#)
    #expect(
      try lastData()
        == [
          "activity": "Ran the night shift's list.\n", "tool": ["name": "make", "version": "4.4"],
          "evidence": [
            ["digest": "sha256:" + String(repeating: "ab", count: 32), "size": 3, "mediaType": "text/plain"]
          ],
        ] as NSDictionary)
  }

  @Test("every field that is wrong is told at once, with what is wrong with the values of the others")
  func severalFields() throws {
    let run = try desk.relm(
      "record", "build.finished", "--subject", Self.web, "biuld=b", "zork=1", "outcome=splendid",
      "backfilled=perhaps")
    #expect(run.status == 64)
    for words in ["did you mean 'build'?", "no field 'zork'", "outcome: ", "backfilled is true or false"] {
      #expect(run.remarks.contains(words), "\(words): \(run.remarks)")
    }
    #expect(run.remarks.split(separator: "\n").count == 5, "\(run.remarks)")
    #expect(try desk.size() == 1)
  }

  @Test("a misspelt type is answered with the nearest, and exits 64")
  func misspeltType() throws {
    let run = try desk.relm("record", "build.finised", "--subject", Self.web, "build=b")
    #expect(run.status == 64)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("'build.finised'"))
    #expect(run.remarks.contains("did you mean 'build.finished'?"))
    #expect(try desk.size() == 1)
  }

  @Test("a misspelt field is answered with the nearest, and exits 64")
  func misspeltField() throws {
    for (word, nearest) in [("buld=b", "build"), ("tool.nmae=x", "name")] {
      let run = try desk.relm("record", "build.started", "--subject", Self.web, word)
      #expect(run.status == 64)
      #expect(run.remarks.contains("'\(word)'"))
      #expect(run.remarks.contains("did you mean '\(nearest)'?"), "\(run.remarks)")
    }
    #expect(try desk.size() == 1)
  }

  @Test(
    "what is no field, no JSON, or not what its field asks exits 64",
    arguments: ["build", "=b", "commits:=[", "tool=make", "backfilled=yes"])
  func badFields(word: String) throws {
    let run = try desk.relm(
      "record", "build.finished", "--subject", Self.web, "build=b", "outcome=succeeded", word)
    #expect(run.status == 64, "\(run.remarks)")
    #expect(run.remarks.contains("'\(word)'"))
    #expect(try desk.size() == 1)
  }

  @Test("what the schema refuses exits 65 with its JSON pointer", arguments: [["outcome=great"], []])
  func schema(words: [String]) throws {
    let run = try desk.run(
      Desk.program, ["record", "build.finished", "--subject", Self.web, "build=b", "backfilled=true"] + words)
    #expect(run.status == 65)
    #expect(run.remarks.contains("/data"))
    #expect(run.remarks.contains("outcome"))
    #expect(try desk.size() == 1)
  }

  @Test("--time, --id, --source and --actor stand in the record as given")
  func attributes() throws {
    try desk.done(
      "record", "activity.recorded", "--subject", Self.web, "activity=x", "--time",
      "2026-01-02T03:04:05.678+01:00",
      "--id", "a-1", "--source", "/ci/web", "--actor", "bo@example.org")
    let record = try Desk.object(try desk.done("log", "--raw", "--reverse", "--limit", "1"))
    #expect(record["time"] as? String == "2026-01-02T03:04:05.678+01:00")
    #expect(record["id"] as? String == "a-1")
    #expect(record["source"] as? String == "/ci/web")
    #expect((record["authid"] as? String)?.hasPrefix("person:") == true)
    #expect(try desk.done("show", "a-1").contains("bo@example.org"))
  }

  @Test("a time that is none, or lies ahead of the clock, exits 65")
  func badTime() throws {
    for time in ["yesterday", "2999-01-01T00:00:00Z"] {
      let run = try desk.relm(
        "record", "activity.recorded", "--subject", Self.web, "activity=x", "--time", time)
      #expect(run.status == 65, "\(time)")
      #expect(run.remarks.hasPrefix("relm: --time: "), "\(run.remarks)")
    }
    #expect(try desk.size() == 1)
  }

  @Test("the same id with the same claim is a duplicate, with another claim it exits 65")
  func identity() throws {
    let words = ["record", "activity.recorded", "--subject", Self.web, "--id", "a-1"]
    #expect(try desk.run(Desk.program, words + ["activity=x"]).text.hasPrefix("1 recorded "))
    let again = try desk.run(Desk.program, words + ["activity=x"])
    #expect(again.status == 0)
    #expect(again.text.hasPrefix("1 duplicate "))
    let other = try desk.run(Desk.program, words + ["activity=y"])
    #expect(other.status == 65)
    #expect(other.text.isEmpty)
    #expect(other.remarks.contains("position 1"))
    #expect(try desk.size() == 2)
  }

  @Test("--expect-version guards a stream: none while it is new, then its last version; else exit 1")
  func expectVersion() throws {
    func record(_ expected: String) throws -> Desk.Run {
      try desk.relm(
        "record", "activity.recorded", "--subject", Self.web, "activity=x", "--expect-version", expected)
    }
    #expect(try record("0").status == 1)
    #expect(try record("none").status == 0)
    #expect(try record("none").status == 1)
    #expect(try record("0").status == 0)
    let conflict = try record("0")
    #expect(conflict.status == 1)
    #expect(conflict.text.isEmpty)
    #expect(conflict.remarks.contains("expected at version 0, and its last version is 1"))
    #expect(try record("soon").status == 64)
    #expect(try desk.size() == 3)
  }

  @Test("--dry-run says what would be recorded and appends nothing, neither event nor person")
  func dryRun() throws {
    let before = try people()
    let run = try desk.relm(
      "record", "release.planned", "--subject", Self.web, "class=normal", "manager=new@example.org", "--id",
      "p-1",
      "--dry-run")
    #expect(run.status == 0)
    #expect(run.text == "1 would-record release.planned release/web/1.0 p-1\n")
    #expect(try desk.size() == 1)
    #expect(try people() == before)
  }

  private func people() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/vault")).sorted()
  }

  @Test("--dry-run fails with the status of the real run")
  func dryRunFails() throws {
    try desk.done("record", "activity.recorded", "--subject", Self.web, "activity=x", "--id", "a-1")
    let cases: [([String], Int32)] = [
      (["record", "activity.recorded", "--subject", Self.web, "activity=y", "--id", "a-1"], 65),
      (["record", "activity.recorded", "--subject", Self.web, "activity=y", "--expect-version", "7"], 1),
      (
        ["record", "approval.given", "--subject", Self.web, "scope=deployment", "--actor", "bo@example.org"], 77
      ),
      (["record", "build.finished", "--subject", Self.web, "build=b", "outcome=succeeded"], 65),
      (["record", "build.started", "--subject", "release/web", "build=b"], 65),
    ]
    for (words, status) in cases {
      let dry = try desk.run(Desk.program, words + ["--dry-run"])
      let real = try desk.run(Desk.program, words)
      #expect(dry.status == status, "\(words)")
      #expect(real.status == status, "\(words)")
      #expect(dry.remarks == real.remarks)
    }
    #expect(try desk.size() == 2)
  }

  @Test("an approval without authority exits 77, and names what is missing and who has it")
  func authority() throws {
    try desk.done("record", "release.planned", "--subject", Self.web, "class=normal")
    let run = try desk.relm(
      "record", "approval.given", "--subject", Self.web, "scope=deployment", "--actor", "bo@example.org")
    #expect(run.status == 77)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("needs authority at level 5"))
    #expect(run.remarks.contains("bo@example.org"))
    #expect(run.remarks.contains("ana@example.org"))
    #expect(try desk.size() == 2)
    #expect(try desk.relm("record", "approval.given", "--subject", Self.web, "scope=deployment").status == 0)
  }

  @Test("a type that its own verb writes is not recorded by hand")
  func ownVerb() throws {
    let run = try desk.relm(
      "record", "ledger.opened", "--subject", "ledger", "origin=x", "owner=ana@example.org")
    #expect(run.status == 64 || run.status == 65, "\(run.status)")
    #expect(try desk.size() == 1)
  }

  @Test("--format json answers a program")
  func json() throws {
    try desk.done("record", "release.planned", "--subject", Self.web, "class=normal")
    let text = try desk.done(
      "record", "activity.recorded", "--subject", Self.web, "activity=x", "--id", "a-1", "--format", "json")
    let receipt = try Desk.object(text) as NSDictionary
    #expect(
      receipt
        == [
          "id": "a-1", "position": 2, "source": "/relm/cli", "status": "recorded", "streamversion": 1,
          "subject": Self.web, "type": "relm.activity.recorded",
        ] as NSDictionary)
  }
}
