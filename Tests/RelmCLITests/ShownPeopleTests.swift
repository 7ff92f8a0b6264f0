import Foundation
import Testing

@Suite("Rows for people and for programs")
struct ShownPeopleTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("append", input: Desk.activity("e-1"))
    try desk.done(
      "record", "activity.recorded", "-s", Self.web, "activity=Bo, \"quoted\"", "--actor", "bo@example.org")
  }

  private func log(_ words: String...) throws -> String {
    try desk.done(["log", "--type", "activity.recorded"] + words)
  }

  @Test("--names and --pseudonyms hold in every format", arguments: ["table", "csv", "json", "ndjson"])
  func everyFormat(format: String) throws {
    let named = try log("--names", "--format", format)
    #expect(named.contains("bo@example.org") && !named.contains("person:"), "\(named)")
    let masked = try log("--pseudonyms", "--format", format)
    #expect(!masked.contains("@example.org") && masked.contains("person:"), "\(masked)")
    if format == "json" { _ = try JSONSerialization.jsonObject(with: Data(named.utf8)) }
    #expect(try desk.relm("log", "--names", "--pseudonyms").status == 64)
  }

  @Test("who asks for no names is told none, in whatever form; JSON has none unless it is asked for them")
  func everyCommand() throws {
    try desk.record(
      "policy.adopted", "policy/p",
      #"document:={"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"approved"},{"rule":"reviewed","within":"P5D"}]}"#
    )
    try desk.record(
      "release.planned", Self.web, "class=normal", "manager=bo@example.org", "requestedBy=bo@example.org")
    try desk.record("approval.given", Self.web, "scope=deployment")
    try desk.record("deployment.started", Self.web, "deployment=d", "environment=prod")
    try desk.record("deployment.finished", Self.web, "deployment=d", "environment=prod", "outcome=succeeded")
    try desk.record("authority.granted", "person/bo@example.org", "level=5", "contexts=production")
    let commands = [
      ["person"], ["log"], ["show", "3"], ["state", "people"], ["state", "approvals"], ["state", Self.web],
      ["obligations"], ["replay"], ["diff", "0", "now"],
      ["gate", Self.web, "--to", "prod", "--dry-run", "--explain"],
      ["report", "compliance"], ["timeline", Self.web], ["sample", "--size", "1", "--seed", "s"],
      ["policy", "list"], ["calendar"], ["watch", "--from", "0", "--once"],
    ]
    for command in commands {
      let forms: [[String]] =
        switch command[0] {
        case "timeline", "sample": [[], ["--format", "markdown"]]
        case "report": [[], ["--format", "csv"], ["--format", "markdown"], ["--format", "html"]]
        case "watch": [[], ["--format", "csv"]]
        default: [[], ["--format", "csv"]]
        }
      for form in forms {
        let run = try desk.run(Desk.program, command + form + ["--pseudonyms"])
        #expect([0, 1].contains(run.status), "\(command): \(run.remarks)")
        #expect(!run.text.contains("@example.org"), "\(command) \(form): \(run.text)")
      }
      let json = command[0] == "watch" ? "ndjson" : "json"
      let plain = try desk.run(Desk.program, command + ["--format", json])
      #expect(!plain.text.contains("@example.org") && !plain.text.isEmpty, "\(command): \(plain.text)")
      let named = try desk.run(Desk.program, command + ["--format", json, "--names"])
      #expect(!named.text.contains("person:"), "\(command): \(named.text)")
      #expect(plain.text.contains("person") == named.text.contains("@example.org"), "\(command)")
    }
    let draft = try desk.done("review", "draft", Self.web, "--pseudonyms")
    #expect(!draft.contains("@example.org"))
  }

  @Test("CSV has every common attribute and the data, called as in JSON")
  func csv() throws {
    let csv = try log("--format", "csv").split(separator: "\r\n").map(String.init)
    let columns = csv[0].split(separator: ",").map(String.init)
    let line = try #require(try log("--format", "ndjson").split(separator: "\n").last)
    let row = try Desk.object(String(line))
    let event = try #require(row["event"] as? [String: Any])
    #expect(Set(event.keys).subtracting(["specversion"]).isSubset(of: columns), "\(event.keys)")
    #expect(columns.contains("position") && columns.contains("annulledBy"))
    #expect(csv[2].contains(#""{""activity"":""Bo, \""quoted\""""}""#), "\(csv[2])")
  }

  @Test("receipts have the same members in JSON, NDJSON and CSV")
  func receipts() throws {
    func receipt(_ format: String) throws -> String {
      try desk.done("record", "activity.recorded", "-s", Self.web, "activity=x", "--format", format)
    }
    let columns = try receipt("csv").split(separator: "\r\n")[0].split(separator: ",").map(String.init)
    // What is to be said of an event stands with it in JSON alone, where there is something; else it is on standard error.
    for format in ["json", "ndjson"] {
      #expect(try Set(Desk.object(receipt(format)).keys).subtracting(["remarks"]) == Set(columns))
    }
  }

  @Test("the log is narrowed to an account, and to what counts")
  func narrowed() throws {
    #expect(try log("--actor", "bo@example.org", "--format", "ndjson").split(separator: "\n").count == 1)
    #expect(try desk.relm("log", "--actor", "nobody@example.org").status == 66)
    try desk.done("record", "event.annulled", "-s", "ledger", "position=1", "reason=Twice")
    #expect(try log("--no-annulled", "--format", "ndjson").split(separator: "\n").count == 1)
    #expect(try log("--format", "ndjson").split(separator: "\n").count == 2)
  }

  @Test("releases are narrowed to a stage")
  func stage() throws {
    try desk.record("release.planned", "release/api/1.0", "class=normal")
    #expect(try desk.done("state", "--stage", "planned", "--format", "csv").contains("api,1.0,planned"))
    #expect(!(try desk.done("state", "--stage", "deployed", "--format", "csv").contains("api")))
    #expect(try desk.relm("state", "--stage", "nonsense").status == 64)
    #expect(try desk.relm("state", "running", "--stage", "planned").status == 64)
  }
}
