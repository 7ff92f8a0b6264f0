import Foundation
import Testing

@Suite("A release that only a rollback put somewhere")
struct RestoredReleaseTests {
  @Test("is known to state, timeline, report and log, and no more once the rollback is annulled")
  func known() throws {
    let desk = try Desk.withLedger()
    try desk.record("release.planned", "release/web/1.1", "class=normal")
    for (type, more) in [("started", []), ("finished", ["outcome=succeeded"])] {
      try desk.done(
        ["record", "deployment.\(type)", "-s", "release/web/1.1", "deployment=d", "environment=prod"] + more)
    }
    for words in [
      ["state", "release/web/1.0"], ["timeline", "web/1.0"], ["report", "compliance", "--release", "web/1.0"],
    ] {
      #expect(try desk.run(Desk.program, words).status == 66, "\(words)")
    }
    let position = try desk.record(
      "deployment.rolledback", "release/web/1.1", "deployment=d", "environment=prod", "restores=1.0")
    for name in ["release/web/1.0", "web/1.0"] {
      let state = try desk.done("state", name)
      #expect(state.contains("release/web/1.0: deployed") && state.contains("prod"), "\(state)")
    }
    let row = try Desk.object(desk.done("state", "release/web/1.0", "--format", "json"))
    #expect(row["stage"] as? String == "deployed" && row["events"] as? Int == 0, "\(row)")
    #expect(try desk.done("timeline", "web/1.0").contains("ROLLED BACK to 1.0"))
    #expect(try desk.relm("log", "web/1.0").status == 0)
    let report = try desk.relm("report", "compliance", "--release", "web/1.0", "--format", "csv")
    #expect(report.status == 1 && report.text.contains("\(position),release/web/1.0,prod,d,"), "\(report.text)")

    try desk.record(
      "authority.granted", "person/bo@example.org", "level=5", "contexts=production", "contexts=development")
    try desk.record(
      "event.annulled", "ledger", "position=\(position)", "reason=Another host", "--actor", "bo@example.org")
    for words in [["state", "release/web/1.0"], ["state", "web/1.0"], ["timeline", "web/1.0"]] {
      #expect(try desk.run(Desk.program, words).status == 66, "\(words)")
    }
  }
}
