import Testing

@Suite("A change of scope, at the command line")
struct ScopeChangeTests {
  private static let web = "release/web/1.0"
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record(
      "release.planned", Self.web, "class=normal", "commits.id=aaa", "commits.id=bbb", "services=pay",
      "services=web",
      "fixes=inc-1")
  }

  private func change(_ fields: String...) throws -> String {
    let run = try desk.run(
      Desk.program, ["record", "release.scope.changed", "-s", Self.web, "reason=More"] + fields)
    try #require(run.status == 0, "\(run.remarks)")
    return run.remarks
  }

  @Test("what a new list leaves out of the plan is told, with the command that adds instead")
  func dropped() throws {
    let told = try change("commits.id=ccc", "services=web", "services=shop")
    #expect(told.contains("it leaves out the commits aaa, bbb; it leaves out the service pay"), "\(told)")
    let command = try #require(told.firstMatch(of: /relm (record release\.scope\.changed .*) reason=…/)?.1)
    let words = command.split(separator: " ").map(String.init)
    let again = try desk.run(Desk.program, words + ["reason=All"])
    #expect(again.status == 0 && !again.remarks.contains("leaves out"), "\(again.remarks)")
    let row = try Desk.object(try desk.done("state", Self.web, "--format", "json"))
    let plan = try #require(row["plan"] as? [String: Any])
    #expect(plan["commits"] as? Int == 3)
    #expect(Set(plan["services"] as? [String] ?? []) == ["pay", "web", "shop"])
  }

  @Test("a change that leaves nothing out says nothing of it, and what it does not name stays")
  func added() throws {
    #expect(!(try change("commits.id=bbb", "commits.id=aaa", "commits.id=ccc")).contains("leaves out"))
    #expect(!(try change("purpose=Other")).contains("leaves out"))
    // What was added is dropped like what was planned.
    #expect(try change("commits.id=aaa").contains("it leaves out the commits bbb, ccc"))
  }
}
