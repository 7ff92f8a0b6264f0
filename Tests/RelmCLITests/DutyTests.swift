import Foundation
import Testing

@Suite("relm obligations, calendar, person, seal, key and dispose")
struct DutyTests {
  private static let web = "release/web/2.0"
  private static let api = "release/api/1.0"
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try record(
      "authority.granted", "person/bo@example.org", "level=6", "contexts=development", "contexts=production")
    try record(
      "release.planned", Self.web, "class=normal", "requestedBy=cyd@example.org", "requires=\(Self.api)")
  }

  private func record(_ type: String, _ subject: String, _ fields: String...) throws {
    let run = try desk.run(Desk.program, ["record", type, "--subject", subject] + fields)
    try #require(run.status == 0, "\(type): \(run.remarks)")
  }

  private func rows(_ words: String...) throws -> [[String]] {
    let run = try desk.run(Desk.program, words + ["--format", "csv"])
    return run.text.split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("obligations lists what is due first, from whom and since when, and what is overdue exits 1")
  func obligations() throws {
    try record(
      "review.opened", Self.web, "review=r", "scope=all", "due=2026-01-01T00:00:00Z", "lead=bo@example.org")
    try record(
      "review.action.raised", Self.web, "review=r", "action=a", "task=Rehearse the rollback",
      "owner=cyd@example.org", "due=2099-01-01T00:00:00Z")
    let all = try rows("obligations")
    #expect(all.map { $0[1] } == ["OVERDUE", "open"])
    #expect(all.map { $0[2] } == ["bo@example.org", "cyd@example.org"])
    #expect(try rows("obligations", "--of", "cyd@example.org").map { $0[3] } == ["Rehearse the rollback"])
    #expect(try rows("obligations", "cyd@example.org").map { $0[3] } == ["Rehearse the rollback"])
    #expect(try rows("obligations", "--pseudonyms").allSatisfy { $0[2].hasPrefix("person:") })
    #expect(try rows("obligations", "release/web").count == 2)
    #expect(try rows("obligations", Self.api).isEmpty)
    #expect(try rows("obligations", "--kind", "reviewAction").count == 1)
    #expect(try desk.relm("obligations", "--overdue").status == 1)
    #expect(try desk.relm("obligations", "--overdue", "--due-by", "2025-01-01T00:00:00Z").status == 0)
    #expect(try rows("obligations", "--overdue", "--due-by", "2100-01-01T00:00:00Z").count == 2)
    try record("review.action.completed", Self.web, "review=r", "action=a", "result=done")
    #expect(try rows("obligations").count == 1)
    #expect(try rows("obligations", "--all").map { $0[1] } == ["OVERDUE", "done"])
    #expect(
      try desk.relm("obligations", "--kind", "reviewActoin").remarks.contains("did you mean 'reviewAction'?"))
    #expect(try desk.relm("obligations", "--of", "nobody@example.org").status == 66)
  }

  @Test("windows for many environments collide with those of each, and lie in the freezes of any")
  func scopes() throws {
    let desk = try Desk.withLedger()
    for (package, environment) in [
      ("api", "production/*"), ("web", "production/eu"), ("app", "*"), ("lab", "staging"), ("all", "staging/*"),
    ] {
      try desk.record("release.planned", "release/\(package)/1.0", "class=normal")
      try desk.record(
        "schedule.agreed", "release/\(package)/1.0", "windows.environment=\(environment)",
        "windows.from=2998-01-01",
        "windows.until=2999-01-01")
    }
    try desk.record(
      "freeze.declared", "environment/production/us", "freeze=f", "from=2998-06-01", "until=2998-07-01",
      "reason=r")
    let entries = try JSONSerialization.jsonObject(with: Data(desk.done("calendar", "--format", "json").utf8))
    var troubles: [String: Set<String>] = [:]
    for entry in try #require(entries as? [[String: Any]]) {
      guard let what = entry["what"] as? String, what.hasPrefix("release/") else { continue }
      troubles[what] = Set((entry["trouble"] as? String)?.components(separatedBy: "; ") ?? [])
    }
    #expect(
      troubles["release/api/1.0"] == ["collides with web/1.0", "collides with app/1.0", "lies in freeze f"],
      "\(troubles)")
    #expect(troubles["release/web/1.0"] == ["collides with api/1.0", "collides with app/1.0"], "\(troubles)")
    #expect(troubles["release/lab/1.0"] == ["collides with app/1.0"], "\(troubles)")
    #expect(troubles["release/all/1.0"] == ["collides with app/1.0"], "\(troubles)")
  }

  @Test("the calendar tells which windows collide, lie in a freeze, or come before what they require")
  func calendar() throws {
    func window(_ from: String, _ until: String) -> String {
      #"windows:=[{"environment":"prod","from":"2099-05-\#(from)T00:00:00Z","until":"2099-05-\#(until)T00:00:00Z"}]"#
    }
    try record("environment.registered", "environment/prod", "context=production")
    try record("schedule.agreed", Self.web, window("10", "12"))
    #expect(try rows("calendar").map { $0[5] } == ["\"requires api/1.0"])
    try record("release.planned", Self.api, "class=normal")
    try record("schedule.proposed", Self.api, "schedule=s", window("11", "13"))
    #expect(try desk.relm("calendar", "--check").status == 1)
    #expect(try rows("calendar").first?[5].contains("collides with api/1.0") == true)
    try record("schedule.agreed", Self.api, window("01", "02"))
    #expect(try rows("calendar").map { $0[5] } == ["", ""])
    #expect(try desk.relm("calendar", "--check").status == 0)
    try record(
      "freeze.declared", "environment/prod", "freeze=f", "from=2099-05-11T00:00:00Z",
      "until=2099-06-01T00:00:00Z",
      "reason=Year end", "packages=web")
    #expect(try rows("calendar").map { $0[5] } == ["", "lies in freeze f", ""])
    try record("freeze.lifted", "environment/prod", "freeze=f", "reason=over")
    #expect(try rows("calendar").count == 2)
    #expect(try desk.relm("calendar", "staging").status == 66)
    // What is required and runs there needs no window.
    try record("release.withdrawn", Self.api, "reason=not now")
    #expect(try rows("calendar").first?[5].contains("requires") == true)
    try record("deployment.started", Self.api, "deployment=d", "environment=prod")
    try record("deployment.finished", Self.api, "deployment=d", "environment=prod", "outcome=succeeded")
    #expect(try rows("calendar").map { $0[5] } == [""])
  }

  @Test("person lists authority, links accounts and gives names; what is linked shows it")
  func people() throws {
    try desk.done("person", "name", "bo@example.org", "Bo Berg")
    #expect(try rows("person", "list", "bo@example.org").first?[0] == "Bo Berg")
    #expect(
      try rows("person").contains { $0[0] == "Bo Berg" && $0[3].hasPrefix("level 6 development+production") })
    try desk.done("person", "link", "bo@example.org", "bo@old.example.org")
    try desk.done("person", "link", "--service", "ci@example.org", "--owner", "bo@example.org")
    let kinds = try Dictionary(uniqueKeysWithValues: rows("person").map { ($0[1], $0[2]) })
    #expect(kinds["bo@old.example.org"] == "account of Bo Berg")
    #expect(try desk.done("person").contains("service account, owner Bo Berg"))
    #expect(try desk.relm("person", "link").status == 64)
    #expect(try desk.relm("person", "link", "--service", "x@example.org").status == 64)
    let refused = try desk.relm(
      "record", "release.withdrawn", "-s", "release/none/1", "reason=x", "--actor", "ci@example.org")
    #expect(refused.status == 66)
    let act = try desk.relm(
      "record", "hold.placed", "-s", "ledger", "hold=h", "ground=g", "everything=true", "--actor",
      "ci@example.org")
    #expect(act.status == 77)
    #expect(act.remarks.contains("service account") && act.remarks.contains("Bo Berg"))
  }

  @Test("who is erased is gone from the vault, not from the log, unless a hold keeps them")
  func erasure() throws {
    try record("release.planned", Self.api, "class=normal", "note=Cyd is away", "--actor", "cyd@example.org")
    try record("hold.placed", "ledger", "hold=h", "ground=case", "persons=cyd@example.org")
    let held = try desk.relm("person", "erase", "cyd@example.org", "--ground", "request")
    #expect(held.status == 65)
    #expect(held.remarks.contains("legal hold h"))
    try record("hold.released", "ledger", "hold=h", "reason=over")
    try desk.done("person", "erase", "cyd@example.org", "--ground", "request")
    let log = try desk.done("log", Self.api)
    #expect(!log.contains("cyd@example.org") && log.contains("person:"))
    #expect(try desk.done("show", "3").contains("(erased)"))
    #expect(try desk.relm("verify").status == 0)
    #expect(try desk.relm("person", "erase", "cyd@example.org", "--ground", "request").status == 66)
  }

  @Test("an attachment is disposed of once its ground is recorded; its digest stays in the log")
  func disposal() throws {
    try desk.write("old report", to: "report.txt")
    let attached = try desk.relm("attach", "report.txt", "--subject", Self.web)
    let digest = try #require(attached.remarks.split(separator: " ").last).trimmingCharacters(in: .newlines)
    #expect(try desk.relm("dispose", "md5:0", "--ground", "x").status == 64)
    #expect(try desk.relm("dispose", digest, "--ground", "x", "--actor", "eve@example.org").status == 77)
    #expect(try desk.relm("verify").status == 0)
    try desk.done("dispose", digest, "--ground", "Keeping time is over")
    // Again: broken off between the record and the deletion, it goes on.
    try desk.done("dispose", digest, "--ground", "Keeping time is over")
    #expect(try desk.done("log", "--type", "evidence.disposed").split(separator: "\n").count == 2)
    #expect(
      !FileManager.default.fileExists(
        atPath: desk.path(".relm/evidence/\(digest.dropFirst(7).prefix(2))/\(digest.dropFirst(7))")))
    let verified = try desk.relm("verify")
    #expect(verified.status == 0, "\(verified.text)\(verified.remarks)")
    #expect(!verified.text.contains("missing"))
  }

  @Test("a seal holds the tree and all streams, and old checkpoints stay good when the key is replaced")
  func sealAndKey() throws {
    let before = try desk.done("checkpoint")
    try desk.write(before, to: "before.txt")
    try desk.done("seal", "--reason", "End of the year")
    #expect(try desk.done("state", "ledger").contains(" 1 "))
    #expect(try desk.relm("seal", "--actor", "eve@example.org").status == 77)
    let old = try desk.done("key")
    let new = try desk.done("key", "rotate", "--reason", "New machine").split(separator: "\n").last.map(
      String.init)
    #expect(try desk.done("key") == old + (new ?? "") + "\n")
    try desk.write(try desk.done("checkpoint"), to: "after.txt")
    for name in ["before.txt", "after.txt"] {
      #expect(try desk.relm("verify", "--against", name).status == 0, "\(name)")
    }
    #expect(try desk.relm("record", "ledger.sealed", "-s", "ledger").status == 65)
    #expect(try desk.relm("prove", "1").status == 0)
  }

  @Test("an annulled event and its correction are both in the log, and each names the other")
  func correction() throws {
    try record("deployment.started", Self.web, "deployment=d", "environment=prod")
    try record("deployment.finished", Self.web, "deployment=d", "environment=prod", "outcome=failed")
    let early = try desk.relm(
      "record", "deployment.finished", "-s", Self.web, "deployment=d", "environment=prod", "outcome=succeeded",
      "--corrects", "4")
    #expect(early.status == 65)
    #expect(early.remarks.contains("still counts"))
    try desk.done(
      "record", "event.annulled", "-s", "ledger", "position=4", "reason=It was another host",
      "replacedBy=fix-1",
      "--actor", "bo@example.org"
    )
    try desk.done(
      "record", "deployment.finished", "-s", Self.web, "deployment=d", "environment=prod", "outcome=succeeded",
      "--corrects", "4", "--id", "fix-1")
    #expect(try desk.done("state", Self.web).contains("runs there"))
    #expect(try desk.done("log", Self.web).contains("deployment.finished (annulled)"))
    #expect(try desk.done("show", "4").contains("ANNULLED     at position 5: It was another host"))
    let first = try Desk.object(desk.done("show", "4", "--format", "json"))
    let id = (first["event"] as? [String: Any])?["id"] as? String
    #expect(try desk.done("show", "6").contains("caused by    \(id ?? "?")"))
    #expect(first["annulledBy"] as? Int == 5)
  }

  @Test("an environment shows what was declared, observed and drifted beside each other")
  func environment() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    let other = "sha256:" + String(repeating: "0b", count: 32)
    try record("environment.registered", "environment/prod", "context=production", "owner=bo@example.org")
    try record("deployment.started", Self.web, "deployment=d", "environment=prod", "digests=\(digest)")
    try record(
      "deployment.finished", Self.web, "deployment=d", "environment=prod", "outcome=succeeded",
      "digests=\(digest)")
    #expect(try rows("state", "environment/prod").map { $0[4] } == ["never observed"])
    func observe(_ items: String) throws {
      try record(
        "environment.observed", "environment/prod", "observer=agent", "coverage=complete", "running:=\(items)")
    }
    try observe(#"[{"name":"web","digest":"\#(digest)"}]"#)
    #expect(try rows("state", "environment/prod").map { $0[4] } == ["as declared"])
    try observe(#"[{"name":"web","digest":"\#(other)"},{"name":"nginx","version":"1.27"}]"#)
    #expect(try rows("state", "environment/prod").map { $0[0] } == ["nginx", "web"])
    try record(
      "drift.detected", "environment/prod", "drift=x", "item=web", "found.name=web", "owner=bo@example.org")
    let page = try desk.done("state", "environment/prod")
    #expect(page.contains("drift     x, web: OPEN, bo@example.org"))
    #expect(page.contains("RUNNING, NOT DECLARED") && page.contains("OTHER DIGEST"))
    #expect(try rows("obligations").map { $0[5] } == ["drift"])
  }
}
