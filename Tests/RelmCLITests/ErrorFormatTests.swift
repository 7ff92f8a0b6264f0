import Foundation
import Testing

@Suite("Errors for programs")
struct ErrorFormatTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("release.planned", Self.web, "class=normal")
  }

  private func errors(_ run: Desk.Run) throws -> [[String: Any]] {
    try run.remarks.split(separator: "\n").map { try Desk.object(String($0)) }
  }

  @Test("with --format json an error is JSON on standard error, with code, message and what was typed")
  func json() throws {
    let run = try desk.relm(
      "record", "approval.given", "-s", Self.web, "scope=deployment", "--actor", "bo@example.org", "--format",
      "json")
    #expect(run.status == 77)
    let error = try #require(try errors(run).first)
    #expect(error["code"] as? Int == 77 && error["option"] as? String == "--actor")
    #expect(error["pointer"] as? String == "/authid")
    #expect((error["message"] as? String)?.isEmpty == false && (error["advice"] as? String)?.isEmpty == false)
    let people = try desk.relm(
      "record", "approval.given", "-s", Self.web, "scope=deployment", "--actor", "bo@example.org")
    #expect(
      people.remarks.hasPrefix("relm: --actor: ") && !people.remarks.contains("/authid"), "\(people.remarks)")
  }

  @Test("a remark is JSON there as well, and so is what is said of the course of long work")
  func remarks() throws {
    let lines = (0..<3).map { Desk.activity("e-\($0)", subject: "release/new/\($0)") }.joined(separator: "\n")
    for words in [["append", "--chunked", "--format", "ndjson"], ["append", "--chunked", "--format", "csv"]] {
      let run = try desk.run(Desk.program, words, input: lines)
      let isJSON = words.last == "ndjson"
      #expect(
        run.status == 0
          && run.remarks.contains(
            isJSON ? #"{"remark":"3 recorded, 0 duplicates"}"# : "0 recorded, 3 duplicates")
      )
      if isJSON { #expect(try errors(run).allSatisfy { $0["remark"] is String }, "\(run.remarks)") }
    }
    try desk.done("views", "rebuild")
    try FileManager.default.removeItem(atPath: desk.path(".relm/views"))
    let folding = try desk.relm("state", "--format", "json")
    #expect(
      try folding.status == 0 && errors(folding).allSatisfy { $0["remark"] is String }, "\(folding.remarks)")
  }

  @Test(
    "so it is with every kind of error, by option and by RELM_FORMAT",
    arguments: [
      (["state", "--format=json", "--nonsense"], 64), (["show", "99", "--format", "json"], 66),
      (["log", "--since", "soon", "--format", "ndjson"], 64), (["append", "nowhere", "--format", "json"], 66),
      (["record", "activity.recorded", "-s", web, "activty=x", "--format", "json"], 64),
      (["record", "activity.recorded", "-s", "release/web", "activity=x", "--format", "json"], 65),
    ])
  func kinds(words: [String], status: Int) throws {
    let run = try desk.run(Desk.program, words)
    #expect(run.status == status)
    let error = try #require(try errors(run).first, "\(run.remarks)")
    #expect(error["code"] as? Int == status && (error["message"] as? String)?.isEmpty == false)
    desk.environment["RELM_FORMAT"] = "json"
    let plain = words.filter { !$0.hasPrefix("--format") && $0 != "json" && $0 != "ndjson" }
    #expect(try errors(try desk.run(Desk.program, plain)).first?["code"] as? Int == status)
  }

  @Test("what is wrong with a policy is an object for each thing, with its line and its field")
  func policy() throws {
    try desk.write("id: a\ntitle: b\nnonsense: c\n", to: "policy.yaml")
    let found = try errors(try desk.relm("policy", "adopt", "policy.yaml", "--format", "json"))
    #expect(found.contains { $0["pointer"] as? String == "/nonsense" && $0["line"] as? Int == 3 })
    #expect(found.count > 1 && found.allSatisfy { $0["code"] as? Int == 65 })
  }

  @Test("an option that is misused is named as one, by the parser's errors too")
  func misused() throws {
    for words in [["log", "--since", "soon"], ["log", "--limit", "many"], ["state", "--nonsense"]] {
      let run = try desk.run(Desk.program, words + ["--format", "json"])
      #expect(try errors(run).first?["option"] as? String == words[1], "\(run.remarks)")
    }
  }

  @Test("each thing that is wrong is an object of its own, with its line and its place")
  func several() throws {
    let bad = Desk.activity("b").replacingOccurrences(of: #""activity":"#, with: #""activty":"#)
    let run = try desk.relm("append", "--format", "json", input: bad + "\n{broken")
    let found = try errors(run)
    #expect(found.compactMap { $0["pointer"] as? String }.contains("/data/activty"))
    #expect(Set(found.compactMap { $0["line"] as? Int }) == [1, 2])
  }

  @Test(
    "what was typed as an option is named by it: --subject, --time, --id, --source",
    arguments: [
      (["--subject", "nonsense"], "--subject"), (["--time", "soon"], "--time"),
      (["--source", "a b"], "--source"),
    ])
  func options(words: [String], option: String) throws {
    let subject = words[0] == "--subject" ? [] : ["-s", Self.web]
    let run = try desk.run(Desk.program, ["record", "activity.recorded", "activity=x"] + subject + words)
    #expect(run.status == 65 && run.remarks.hasPrefix("relm: \(option): "), "\(run.remarks)")
  }
}
