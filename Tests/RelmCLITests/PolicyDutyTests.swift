import Foundation
import Testing

@Suite("What policies make due, at the command line")
struct PolicyDutyTests {
  private static let web = "release/web/2.0"
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record(
      "authority.granted", "person/bo@example.org", "level=6", "contexts=development", "contexts=production")
    try desk.record("environment.registered", "environment/prod", "context=production", "owner=ops@example.org")
    try desk.record("release.planned", Self.web, "class=normal", "manager=bo@example.org")
  }

  private func adopt(_ rules: String, id: String = "p", context: String = "production") throws {
    try desk.record(
      "policy.adopted", "policy/\(id)",
      #"document:={"id":"\#(id)","version":"1","title":"t","context":"\#(context)","rules":[\#(rules)]}"#)
  }

  private func deploy(_ more: String...) throws {
    try desk.record("deployment.started", Self.web, "deployment=d", "environment=prod")
    let words = ["record", "deployment.finished", "-s", Self.web, "deployment=d", "environment=prod"]
    let run = try desk.run(Desk.program, words + ["outcome=succeeded"] + more)
    try #require(run.status == 0, "\(run.remarks)")
  }

  private func rows(_ words: String...) throws -> [[String]] {
    let run = try desk.run(Desk.program, ["obligations"] + words + ["--format", "csv"])
    return run.text.split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("what a policy asks for after a deployment is due, with a date and whom it falls to, until it is done")
  func due() throws {
    try adopt(
      #"{"rule":"verified","within":"PT1H"},{"rule":"reviewed","within":"P5D"},{"rule":"handed-over","within":"P2D"},{"rule":"supported","minimum":"P1D"},{"rule":"reconciled","within":"PT2H"}"#
    )
    #expect(try rows().isEmpty)
    try deploy()
    let all = try rows()
    #expect(all.map { $0[5] } == ["verification", "observation", "support", "handover", "review"])
    #expect(all.allSatisfy { $0[0].hasPrefix("20") && $0[1] == "open" && $0[4] == Self.web })
    #expect(
      all.map { $0[2] } == [
        "ana@example.org", "ops@example.org", "bo@example.org", "bo@example.org", "bo@example.org",
      ])
    #expect(all[0][3] == "Verify deployment d in prod: the verification is missing")
    #expect(try rows("--of", "ops@example.org").map { $0[5] } == ["observation"])
    #expect(try rows("--kind", "review").count == 1)
    #expect(try rows("release/web").count == 5)
    #expect(try rows("release/other").isEmpty)

    try desk.record(
      "verification.finished", Self.web, "deployment=d", "environment=prod",
      "outcome=succeeded")
    try desk.record(
      "handover.offered", Self.web, "handover=h", "to=operations", "party=ops@example.org")
    try desk.record("review.opened", Self.web, "review=r", "scope=all", "lead=ana@example.org")
    let rest = try rows().filter { !["answer", "reviewClosing"].contains($0[5]) }
    #expect(rest.map { $0[5] } == ["observation", "support", "handover", "review"])
    // It falls to whom somebody has asked, and to who has taken it on.
    #expect(rest.map { $0[2] } == ["ops@example.org", "bo@example.org", "ops@example.org", "ana@example.org"])
    #expect(try desk.done("state", "obligations").contains("Hand over after deployment d in prod"))
  }

  @Test("a report tells of what is still to be done by which command it is")
  func mended() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"},{"rule":"reviewed","within":"P5D"},{"rule":"designed"}"#)
    try deploy()
    let verify =
      "relm record verification.finished --subject \(Self.web) deployment=d environment=prod outcome=succeeded"
    func report(_ format: String) throws -> String {
      try desk.run(Desk.program, ["report", "compliance", "--format", format]).text
    }
    let json = try Desk.object(report("json"))
    let attempt = try #require((json["population"] as? [[String: Any]])?.first)
    let findings = try #require(attempt["findings"] as? [[String: Any]])
    let helps = findings.map { $0["helps"] as? [String] ?? [] }
    // The design was missing when it began: nothing mends that.
    #expect(helps == [[verify], ["relm review open web/2.0"], []], "\(helps)")
    for format in ["text", "markdown", "html"] {
      // In text a command stands in the cell of its reason, whose lines lie beside those of other cells.
      let told = try report(format)
      #expect(
        told.contains(format == "text" ? "review open web/2.0" : "relm review open web/2.0"),
        "\(format): \(told)")
    }
    #expect(try report("html").contains(".brief .gist,.help{display:none}"))
  }

  @Test("what several policies ask for alike is one duty, by the earliest date, and names them all")
  func once() throws {
    try adopt(#"{"rule":"verified","within":"PT5H"},{"rule":"reviewed","within":"P5D"}"#, id: "house")
    try adopt(#"{"rule":"verified","within":"PT1H"},{"rule":"reviewed","within":"P9D"}"#, id: "bank")
    try adopt(#"{"rule":"verified","within":"PT3H"}"#, id: "club")
    try deploy()
    let rows = try rows()
    #expect(rows.map { $0[5] } == ["verification", "review"])
    let table = try desk.done("obligations")
    #expect(table.contains("bank, club, house") && table.contains("house, bank"), "\(table)")
    let listed = try desk.done("obligations", "--format", "ndjson").split(separator: "\n")
    let duties = try listed.map { try Desk.object(String($0)) }
    #expect(duties.map { $0["policy"] as? String } == ["bank", "house"])
    let asked = duties.map { ($0["policies"] as? [[String: Any]] ?? []).map { $0["policy"] as? String } }
    #expect(asked == [["bank", "club", "house"], ["house", "bank"]])
    let first = duties[0]["policies"] as? [[String: Any]]
    #expect(first?.first?["due"] as? String == duties[0]["due"] as? String)
    #expect(try desk.done("state", "obligations").contains("bank, club, house"))
  }

  @Test(
    "what is owed after a deployment that was annulled by who had a hand in it is one thing, which says how it ends"
  )
  func annulled() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"},{"rule":"reviewed","within":"P5D"}"#)
    try desk.record(
      "authority.granted", "person/eve@example.org", "level=6", "contexts=development", "contexts=production")
    let start = try desk.record("deployment.started", Self.web, "deployment=d", "environment=prod")
    let annulment = try desk.record("event.annulled", "ledger", "position=\(start)", "reason=It never happened")
    #expect(try rows().count == 1)
    let told = try desk.done("obligations", "--format", "csv")
    desk.environment["RELM_ACTOR"] = "eve@example.org"
    for position in [annulment, start] {
      #expect(told.contains("relm record event.annulled --subject ledger position=\(position) reason=…"))
      try desk.record("event.annulled", "ledger", "position=\(position)", "reason=So it is")
    }
    #expect(try rows().isEmpty)
  }

  @Test("the list ends where it is told to, and what has no date is in none that ends")
  func ends() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"},{"rule":"reviewed","within":"P5D"},{"rule":"reconciled"}"#)
    try deploy()
    func kinds(_ words: String...) throws -> [String] {
      let run = try desk.run(Desk.program, ["obligations", "--format", "csv"] + words)
      try #require(run.status == 0, "\(run.remarks)")
      return run.text.split(separator: "\r\n").dropFirst().compactMap {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(2).last.map(String.init)
      }
    }
    #expect(try kinds() == ["verification", "review", "observation"])
    #expect(try kinds("--within", "2h") == ["verification"])
    #expect(try kinds("--within", "P1D") == ["verification"])
    #expect(try kinds("--within", "7d") == ["verification", "review"])
    #expect(try kinds("--due-by", "2099-01-01") == ["verification", "review"])
    #expect(try kinds("--due-by", "2099-01-01", "--within", "1d") == ["verification"])
    #expect(try kinds("--due-by", "2020-01-01").isEmpty)
    // What is due on a day is due by that day.
    let day = try #require(try rows("--kind", "review").first?[0].prefix(10))
    #expect(try kinds("--due-by", String(day)) == ["verification", "review"])
    #expect(try desk.relm("obligations", "--within", "soon").status == 64)
    #expect(try desk.relm("obligations", "--within", "7").status == 64)
  }

  @Test("what is overdue by a policy is overdue, and exits 1")
  func overdue() throws {
    try adopt(#"{"rule":"verified","within":"PT0S"}"#)
    try deploy()
    let late = try desk.relm("obligations", "--overdue")
    #expect(late.status == 1 && late.text.contains("OVERDUE"), "\(late.text)")
  }

  @Test("a deployment that is under way owes what comes after it, by no date yet")
  func underWay() throws {
    try adopt(#"{"rule":"verified","within":"PT1H"}"#)
    try desk.record("deployment.started", Self.web, "deployment=d", "environment=prod")
    #expect(
      try rows().map { $0[0] + $0[1] + $0[3] } == [
        "openVerify deployment d in prod: the deployment has not ended"
      ])
  }

  @Test(
    "an override that is used is to be ratified and reviewed, by those of a level; one that has run out is not")
  func overrides() throws {
    try adopt(#"{"rule":"designed"}"#)
    func declare(_ seconds: Int) throws {
      let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: Double(seconds)))
      try desk.record(
        "override.declared", Self.web, "rules=designed", "environment=prod", "reason=r", "until=\(until)")
    }
    try declare(3_600)
    #expect(
      try rows().map { $0[5] + " " + $0[2] } == ["overrideRatification level 5", "overrideReview level 5"])
    try deploy()
    #expect(try rows().count == 2)
    let json = try desk.done("obligations", "--format", "ndjson").split(separator: "\n")
    #expect(try Desk.object(String(json[0]))["level"] as? Int == 5)
  }

  @Test("the reviews of procedures and capabilities are due with their date, from their owner")
  func reviews() throws {
    try desk.record(
      "capability.registered", "capability/farm", "kind=tool", "title=Farm", "owner=bo@example.org",
      "validUntil=2099-01-01T00:00:00Z")
    try desk.record(
      "procedure.published", "procedure/deploy",
      #"document:={"id":"deploy","version":"1","title":"t","owner":"bo@example.org","reviewBy":"2098-01-01T00:00:00Z","steps":[{"step":"s","title":"t"}]}"#
    )
    #expect(
      try rows().map { $0[5] + " " + $0[2] + " " + $0[0].prefix(4) } == [
        "procedureReview bo@example.org 2098", "capabilityAssessment bo@example.org 2099",
      ])
  }
}
