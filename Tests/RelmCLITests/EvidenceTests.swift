import Foundation
import Testing

@Suite("Attachments")
struct EvidenceTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  /// The names of all files below the evidence.
  private func kept() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence")).filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: desk.path(".relm/evidence/" + path), isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  @Test("a file's name is sealed, as it may speak of people, and read by who has the vault")
  func sealedName() throws {
    try desk.write("ten days", to: "Dorothea sick leave.txt")
    try desk.done("attach", "Dorothea sick leave.txt", "-s", Self.web)
    #expect(!(try desk.done("log", "--raw").contains("Dorothea")))
    #expect(try desk.done("show", "1").contains("fileName: Dorothea sick leave.txt"))
    #expect(try desk.done("log", "--raw").contains(#""title":"Document""#))
  }

  @Test("what was attached with its name in clear reads as it did")
  func earlier() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    try desk.done(
      "record", "document.attached", "-s", Self.web, "title=Report",
      #"evidence:={"digest":"\#(digest)","mediaType":"text/plain","name":"report.txt","size":1}"#)
    #expect(try desk.done("show", "1").contains("name: report.txt"))
  }

  @Test("without anybody who attaches it, a file's name is left out")
  func nobody() throws {
    desk.environment["RELM_ACTOR"] = nil
    try desk.write("ten days", to: "Dorothea.txt")
    try desk.done("attach", "Dorothea.txt", "-s", Self.web)
    #expect(!(try desk.done("log", "--raw").contains("fileName")))
  }

  @Test("an attachment that is refused leaves nothing, and what was there before stays")
  func refused() throws {
    try desk.write("ten days", to: "leave.txt")
    let words = ["attach", "leave.txt", "-s", Self.web]
    #expect(try desk.run(Desk.program, words + ["--time", "2999-01-01T00:00:00Z"]).status == 65)
    #expect(try kept() == [])
    #expect(try desk.run(Desk.program, words).status == 0)
    #expect(
      try desk.run(Desk.program, words + ["--id", "other", "--time", "2999-01-01T00:00:00Z"]).status == 65)
    #expect(try kept().count == 1)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test(
    "what somebody has left who died while attaching is gone after the next command, unless it was recorded")
  func abandoned() throws {
    let files = FileManager.default
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    let name = try #require(try kept().first)
    // Half a copy, a whole one that no record names, and one that a record names by now.
    let arriving = desk.path(".relm/evidence/arriving")
    try files.createDirectory(atPath: arriving + "/new-1", withIntermediateDirectories: true)
    try desk.write("ten", to: ".relm/evidence/arriving/new-1/content.copy")
    try desk.write("eleven days", to: "other.txt")
    let sum = try desk.run("sha256sum", ["other.txt"]).text.prefix(64)
    try files.createDirectory(atPath: arriving + "/new-2", withIntermediateDirectories: true)
    try files.createDirectory(
      atPath: desk.path(".relm/evidence/\(sum.prefix(2))"), withIntermediateDirectories: true)
    for path in ["arriving/new-2/\(sum)", "\(sum.prefix(2))/\(sum)"] {
      try desk.copy("other.txt", to: ".relm/evidence/" + path)
    }
    try files.createDirectory(atPath: arriving + "/new-3", withIntermediateDirectories: true)
    try desk.copy(".relm/evidence/" + name, to: ".relm/evidence/arriving/new-3/\(name.suffix(64))")
    try desk.done("state")
    #expect(try kept() == [name])
    #expect(try files.contentsOfDirectory(atPath: arriving) == [])
  }

  @Test("a disposal that was broken off is finished by the next command, also in an older copy of the evidence")
  func disposal() throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    let name = try #require(try kept().first)
    try desk.copy(".relm/evidence", to: "backup")
    try desk.done("dispose", "sha256:" + name.suffix(64), "--ground", "its time is over")
    #expect(try kept() == ["disposed"])
    try FileManager.default.removeItem(atPath: desk.path(".relm/evidence"))
    try desk.copy("backup", to: ".relm/evidence")
    let next = try desk.relm("state")
    #expect(next.remarks.contains("finished the disposal of sha256:\(name.suffix(64))"))
    #expect(try kept() == ["disposed"])
    #expect(try desk.relm("state").remarks == "")
  }

  @Test("what was disposed of does not come back by attaching it again; as something new it does")
  func attachedAgain() throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    let name = try #require(try kept().first)
    try desk.done("dispose", "sha256:" + name.suffix(64), "--ground", "its time is over")
    let again = try desk.relm("attach", "leave.txt", "-s", Self.web)
    #expect(again.status == 65)
    #expect(again.remarks.contains("disposed of, at position 2"))
    #expect(try kept() == ["disposed"])
    try desk.done("attach", "leave.txt", "-s", Self.web, "--id", "new")
    #expect(try kept().contains(name))
    #expect(try desk.relm("state").remarks == "")
  }

  @Test(
    "what is attached already is not attached twice, whoever does so, under whatever name and from wherever")
  func byContent() throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.copy("leave.txt", to: "other.md")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    let ways = [
      ["other.md"], ["leave.txt", "--actor", "bo@example.org"], ["leave.txt", "--title", "Another"],
      ["leave.txt", "--source", "/ci"], ["other.md", "--media-type", "text/x-any"],
    ]
    for words in ways {
      let run = try desk.run(Desk.program, ["attach", "-s", Self.web] + words)
      #expect(run.status == 0 && run.text.hasPrefix("1 duplicate "), "\(words): \(run.text)\(run.remarks)")
      #expect(run.remarks.contains("there already, at position 1"))
    }
    #expect(try desk.size() == 2)
    #expect(try kept().count == 1)
    // Of another release it says something new.
    #expect(try desk.done("attach", "leave.txt", "-s", "release/web/2.0").contains("recorded"))
  }

  @Test("what it is about is named as everywhere, by package and version too")
  func subjects() throws {
    try Data("Notes".utf8).write(to: desk.folder.appending(path: "notes.txt"))
    try desk.done("record", "release.planned", "-s", "web/7.0", "class=normal")
    #expect(try desk.done("attach", "notes.txt", "-s", "web/7.0").contains("release/web/7.0"))
    let again = try desk.relm("attach", "notes.txt", "-s", "release/web/7.0")
    #expect(again.status == 0 && again.remarks.contains("there already"), "\(again.remarks)")
  }

  @Test("--again records the same content under another title, each time")
  func again() throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    for position in 2...3 {
      let run = try desk.relm("attach", "leave.txt", "-s", Self.web, "--title", "Signed", "--again")
      #expect(run.status == 0 && run.text.hasPrefix("\(position) recorded "), "\(run.text)\(run.remarks)")
    }
  }

  @Test("what was attached and then annulled is attached anew")
  func annulled() throws {
    try desk.write("ten days", to: "leave.txt")
    try desk.done("attach", "leave.txt", "-s", Self.web)
    try desk.done("record", "event.annulled", "-s", "ledger", "position=1", "reason=Wrong")
    #expect(try desk.done("attach", "leave.txt", "-s", Self.web).hasPrefix("3 recorded "))
    #expect(try desk.done("attach", "leave.txt", "-s", Self.web).hasPrefix("3 duplicate "))
  }
}
