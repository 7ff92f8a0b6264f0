import Foundation
import Testing

/// Who may read and write what is made, whatever the umask says.
@Suite("Modes")
struct AccessTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  /// Runs relm under a umask.
  private func relm(_ umask: String, _ words: String...) throws -> Desk.Run {
    try desk.run(
      "sh", ["-c", "umask \(umask); exec \"$0\" \"$@\"", Desk.program] + words)
  }

  private func mode(_ path: String) throws -> Int {
    let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(found as? NSNumber).intValue
  }

  /// Every path of a ledger whose mode is not one of these, as "mode path".
  private func others(than files: Int, _ folders: Int, below folder: String) throws -> [String] {
    let root = desk.path(folder)
    return try ([""] + FileManager.default.subpathsOfDirectory(atPath: root)).compactMap { name in
      let path = name.isEmpty ? root : root + "/" + name
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let mode = try mode(path)
      return mode == (isFolder.boolValue ? folders : files) ? nil : "\(String(mode, radix: 8)) \(name)"
    }
  }

  private func fill(_ umask: String, _ more: String...) throws {
    func done(_ words: String...) throws {
      let run = try desk.run("sh", ["-c", "umask \(umask); exec \"$0\" \"$@\"", Desk.program] + words)
      try #require(run.status == 0, "\(words): \(run.remarks)")
    }
    let made = try desk.run(
      "sh",
      ["-c", "umask \(umask); exec \"$0\" \"$@\"", Desk.program]
        + ["init", "book", "--origin", "example.org/b", "--owner", "ana@example.org"] + more)
    try #require(made.status == 0, "\(made.remarks)")
    desk.environment["RELM_LEDGER"] = desk.path("book")
    desk.environment["RELM_ACTOR"] = "ana@example.org"
    try desk.write("all green", to: "report.txt")
    try done("record", "activity.recorded", "-s", "release/web/1.0", "activity=x", "--actor", "bo@example.org")
    try done("attach", "report.txt", "-s", "release/web/1.0")
    try done("person", "name", "ana@example.org", "Ana")
    try done("key", "rotate", "--reason", "once a year")
    try done("watch", "--cursor", "c", "--once", "--exec", "true")
    try done("views", "rebuild")
    try done("verify")
  }

  @Test(
    "everything of a ledger is its owner's alone, whatever the umask", arguments: ["000", "022", "077", "0777"])
  func ownersAlone(umask: String) throws {
    try fill(umask)
    #expect(try others(than: 0o600, 0o700, below: "book") == [])
  }

  @Test("what a group shares is the group's as well, and nobody else's", arguments: ["000", "022", "077"])
  func group(umask: String) throws {
    let number = try desk.run("id", ["-g"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
    try fill(umask, "--shared-group", number)
    #expect(try others(than: 0o660, 0o2770, below: "book") == [])
    #expect(
      try desk.relm("init", "x", "--origin", "o", "--owner", "a@b", "--shared-group", "no such").status == 65)
    #expect(!desk.exists("x"))
  }

  @Test("a group is known by its name as by its number, and one that is not in /etc/group only by that")
  func groupNames() throws {
    let number = try desk.run("id", ["-g"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
    let name = try desk.run("id", ["-gn"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
    try desk.done("init", "named", "--origin", "o", "--owner", "a@b", "--shared-group", name)
    let attributes = try FileManager.default.attributesOfItem(atPath: desk.path("named"))
    #expect((attributes[.groupOwnerAccountID] as? NSNumber)?.stringValue == number)
    // The beginning of a name is none, and neither is another field of its line.
    for wrong in [String(name.dropLast()), name + ":x", "x"] where !wrong.isEmpty {
      let run = try desk.relm("init", "x", "--origin", "o", "--owner", "a@b", "--shared-group", wrong)
      #expect(run.status == 65, "\(wrong)")
      #expect(run.remarks.contains("no group '\(wrong)' in /etc/group"), "\(run.remarks)")
    }
  }

  @Test(
    "a directory that others may write to is refused with 77, unless that is what is wanted",
    arguments: [0o702, 0o720, 0o777])
  func writable(mode: Int) throws {
    let desk = try Desk.withLedger()
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: desk.path(".relm"))
    let refused = try desk.relm("state")
    #expect(refused.status == 77)
    #expect(refused.remarks.contains("may write to .relm") || refused.remarks.contains("may write to /"))
    #expect(refused.remarks.contains("--allow-shared"))
    #expect(try desk.relm("record", "activity.recorded", "-s", "release/a/1", "activity=x").status == 77)
    #expect(try desk.relm("state", "--allow-shared").status == 0)
    desk.environment["RELM_ALLOW_SHARED"] = "1"
    #expect(try desk.relm("state").status == 0)
  }

  @Test("a directory below that others may write to is refused as well")
  func writableBelow() throws {
    let desk = try Desk.withLedger()
    try FileManager.default.setAttributes([.posixPermissions: 0o770], ofItemAtPath: desk.path(".relm/log"))
    #expect(try desk.relm("state").status == 77)
  }

  @Test("a page goes by the umask, with a word where it may name people and others can read it")
  func pages() throws {
    let desk = try Desk.withLedger()
    try desk.done("record", "release.planned", "-s", "release/web/1.0", "class=normal")
    func written(_ umask: String, _ name: String, _ format: String) throws -> String {
      let run = try desk.run(
        "sh",
        ["-c", "umask \(umask); exec \"$0\" \"$@\"", Desk.program, "timeline", "web/1.0"]
          + ["--format", format, "-o", name])
      #expect(run.status == 0)
      return run.remarks
    }
    let open = try written("022", "open.html", "html")
    #expect(open.contains("others") && open.contains("chmod go= 'open.html'"))
    #expect(try mode(desk.path("open.html")) == 0o644)
    #expect(try written("077", "closed.html", "html") == "wrote closed.html\n")
    #expect(try mode(desk.path("closed.html")) == 0o600)
    // Who people are is not in the data.
    #expect(try written("022", "open.json", "json") == #"{"remark":"wrote open.json"}"# + "\n")
  }
}
