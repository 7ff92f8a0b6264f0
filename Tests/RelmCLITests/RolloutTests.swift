import Foundation
import Testing

@Suite("A rollout that is under way, at the command line")
struct RolloutTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try tell("started", "1.0", "d-1")
    try tell("finished", "1.0", "d-1", "outcome=succeeded")
    try tell("started", "1.1", "d-2")
  }

  private func tell(_ step: String, _ version: String, _ deployment: String, _ more: String...) throws {
    let words = [
      "record", "deployment.\(step)", "-s", "release/api/\(version)", "deployment=\(deployment)",
      "environment=production/eu",
    ]
    let run = try desk.run(Desk.program, words + more)
    try #require(run.status == 0, "\(run.remarks)")
  }

  private func running() throws -> [[String]] {
    try desk.done("state", "running", "--format", "csv").split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("the share of a canary, down to a hundredth of a percent, is told beside what else runs there")
  func share() throws {
    try tell("progressed", "1.1", "d-2", "share=0.01", "decision=continue")
    #expect(try running().map { $0[2] + " " + $0[5] } == ["1.0 ", "1.1 0.01 %"])
    #expect(
      try desk.done("state", "release/api/1.1").contains("production/eu, d-2: started, at 0.01 % since 2"))
    let page = try desk.done("state", "environment/production/eu")
    #expect(page.contains("1.0; 1.1 at 0.01 %"))
    #expect(page.contains("rollout   api 1.1 at 0.01 %, by deployment d-2, since  2"))
    let rows = try desk.done("state", "running", "--format", "ndjson").split(separator: "\n")
    #expect(rows.count == 1)
    let rollouts = try Desk.object(String(rows[0]))["rollouts"] as? [[String: Any]]
    #expect(rollouts?.first?["share"] as? Double == 0.01)
    #expect(rollouts?.first?["version"] as? String == "1.1")
  }

  @Test("a rollout of what was withdrawn says so, beside what runs as it should")
  func withdrawn() throws {
    try tell("progressed", "1.1", "d-2", "share:=5", "decision=continue")
    try desk.done("record", "release.withdrawn", "-s", "release/api/1.1", "reason=r")
    let position = try desk.size() - 1
    #expect(try running().map { $0[2] + " " + $0[6] } == ["1.0 ", "1.1 withdrawn at position \(position)"])
    let page = try desk.done("state", "environment/production/eu")
    #expect(page.contains("api 1.1 runs, though withdrawn at position \(position)"))
    let rows = try desk.done("state", "running", "--format", "ndjson").split(separator: "\n")
    #expect(
      try Desk.object(String(rows[0]))["though"] as? String
        == "1.1, which is being rolled out, withdrawn at position \(position)")
  }

  @Test("a rollout that is aborted or has ended shows no more, and the release is not deploying")
  func aborted() throws {
    try tell("progressed", "1.1", "d-2", "share:=5", "decision=continue")
    try tell("progressed", "1.1", "d-2", "share:=5", "decision=abort")
    let page = try desk.done("state", "release/api/1.1")
    #expect(page.hasPrefix("release/api/1.1: failed") && page.contains("d-2: aborted"))
    #expect(!page.contains("deploying") && !page.contains("started"))
    #expect(try running().map { $0[2] } == ["1.0"])
    // Whatever rolls it out may try again.
    try tell("progressed", "1.1", "d-2", "share:=20", "decision=hold")
    #expect(try running().map { $0[5] } == ["", "20 % on hold"])
    try tell("finished", "1.1", "d-2", "outcome=cancelled")
    try tell("progressed", "1.1", "d-2", "share:=30", "decision=continue")
    #expect(try running().map { $0[2] } == ["1.0"])
  }

  @Test("two rollouts of a release to one environment are both told")
  func two() throws {
    try tell("progressed", "1.1", "d-2", "share:=5", "decision=continue")
    try tell("started", "1.1", "d-3")
    try tell("progressed", "1.1", "d-3", "share:=1", "decision=continue")
    let page = try desk.done("state", "release/api/1.1")
    #expect(page.contains("d-3: started, at 1 %") && page.contains("d-2: started, at 5 %"))
    #expect(try running().map { $0[4] } == ["d-1", "d-2", "d-3"])
  }

  @Test("a share is a number from 0 to 100")
  func refused() throws {
    for share in ["share=110", "share=-1", "share=0x10", "share=half"] {
      let run = try desk.relm(
        "record", "deployment.progressed", "-s", "release/api/1.1", "deployment=d-2",
        "environment=production/eu", "decision=continue", share)
      #expect(run.status == 64 || run.status == 65, "\(share): \(run.remarks)")
    }
  }

  @Test("two versions that are seen beside each other are each compared with what is declared")
  func seen() throws {
    try tell("progressed", "1.1", "d-2", "share:=5", "decision=continue")
    try desk.record(
      "environment.observed", "environment/production/eu", "observer=agent", "coverage=complete",
      #"running:=[{"name":"api","version":"1.0"},{"name":"api","version":"1.1"},{"name":"api","version":"0.9"}]"#
    )
    let rows = try desk.done("state", "environment/production/eu", "--format", "csv").split(separator: "\r\n")
    #expect(
      rows.dropFirst().map { $0.split(separator: ",").last ?? "" } == [
        "as declared", "as declared", "OTHER VERSION",
      ])
    let report = try desk.relm("report", "compliance", "--format", "json")
    let lines = try Desk.object(report.text)["reconciliation"] as? [[String: Any]]
    #expect(lines?.map { $0["version"] as? String } == ["0.9"])
  }

  @Test("what was seen before the last deployment is no difference to what runs now")
  func seenBefore() throws {
    try desk.record(
      "environment.observed", "environment/production/eu", "observer=agent", "coverage=complete",
      #"running:=[{"name":"api","version":"1.0"}]"#)
    try tell("finished", "1.1", "d-2", "outcome=succeeded")
    let rows = try desk.done("state", "environment/production/eu", "--format", "csv").split(separator: "\r\n")
    #expect(rows.dropFirst() == ["api,1.1,,,not observed since"])
    let lines = try Desk.object(try desk.relm("report", "compliance", "--format", "json").text)[
      "reconciliation"]
    #expect((lines as? [[String: Any]])?.map { $0["kind"] as? String } == ["unobserved"])
  }

  @Test("a build whose end is told twice is one build")
  func builds() throws {
    for build in ["b-1", "b-1", "b-2"] {
      try desk.done(
        "record", "build.finished", "-s", "release/api/1.0", "build=\(build)", "outcome=succeeded",
        "backfilled:=true")
    }
    #expect(try desk.done("state", "release/api/1.0").contains("b-2 succeeded (2 builds, 0 failed)"))
  }

  @Test("every window of a release for one environment is in the calendar, with what is in its way")
  func windows() throws {
    func window(_ from: String, _ until: String) -> String {
      #"{"environment":"prod","from":"2099-05-\#(from)T00:00:00Z","until":"2099-05-\#(until)T00:00:00Z"}"#
    }
    try desk.record(
      "freeze.declared", "environment/prod", "freeze=f", "from=2099-05-15T00:00:00Z",
      "until=2099-06-01T00:00:00Z", "reason=Year end")
    for release in ["web/1", "api/2"] {
      try desk.record("release.planned", "release/\(release)", "class=normal")
    }
    try desk.record(
      "schedule.agreed", "release/web/1", "windows:=[\(window("20", "21")),\(window("10", "12"))]")
    try desk.record(
      "schedule.agreed", "release/api/2", "windows:=[\(window("10", "11")),\(window("11", "13"))]")
    let rows = try desk.done("calendar", "--format", "csv").split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let web = rows.filter { $0[3] == "release/web/1" }
    #expect(web.map { $0[5] } == ["collides with api/2", "lies in freeze f"])
    #expect(
      rows.filter { $0[3] == "release/api/2" }.map { $0[5] }
        == Array(repeating: "collides with web/1", count: 2))
    #expect(try desk.relm("calendar", "--check").status == 1)
    let page = try desk.done("state", "release/web/1")
    #expect(page.split(separator: "\n").filter { $0.contains("window") }.count == 2)
    let schedule = try Desk.object(desk.done("state", "release/web/1", "--format", "json"))["schedule"]
    #expect((schedule as? [Any])?.count == 2)
  }
}
