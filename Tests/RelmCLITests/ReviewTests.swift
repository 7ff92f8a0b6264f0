import Foundation
import Testing

@Suite("relm review")
struct ReviewTests {
  private let desk: Desk
  private static let release = "payments-api/2026.11.3"
  private static let subject = "release/payments-api/2026.11.3"

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("record", "release.planned", "--subject", Self.subject, "class=normal")
  }

  /// Runs a step with an event id and compares all of it.
  private func step(
    _ words: String..., output: String, remarks: String, status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try desk.run(Desk.program, ["review"] + words)
    #expect(run.text == output, sourceLocation: sourceLocation)
    #expect(run.remarks == remarks, sourceLocation: sourceLocation)
    #expect(run.status == status, sourceLocation: sourceLocation)
  }

  private func data(at position: Int) throws -> NSDictionary {
    let shown = try Desk.object(try desk.done("show", "\(position)", "--raw"))
    return try #require(shown["data"] as? NSDictionary)
  }

  private func record(_ type: String, _ fields: String..., subject: String = subject) throws {
    let run = try desk.run(Desk.program, ["record", type, "--subject", subject] + fields)
    try #require(run.status == 0, "\(run.remarks)")
  }

  private func obligations(_ words: String...) throws -> [String] {
    try desk.run(Desk.program, ["obligations", "--format", "csv"] + words).text.split(separator: "\r\n")
      .dropFirst()
      .map(String.init)
  }

  @Test("every step takes the release as other commands do: by name, position, event id or digest")
  func resolved() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    try record(
      "build.finished", "build=b", "outcome=succeeded", "backfilled:=true", "tool.name=make",
      #"artifacts:=[{"name":"api","digest":"\#(digest)"}]"#)
    try desk.done(
      "record", "activity.recorded", "--subject", Self.subject, "activity=x", "--id", "jobs/41/start")
    for (number, name) in ["1", "jobs/41/start", String(digest.prefix(20)), Self.release].enumerated() {
      let review = "r-\(number)"
      for words in [
        ["open", name, "What happened", "--review", review],
        ["finding", name, "It was slow", "--kind", "risk", "--review", review],
        [
          "action", name, "Make it quick", "--review", review, "--owner", "bo@example.org", "--due",
          "2999-01-01",
        ],
        ["complete", name, "a-1", "Done", "--review", review],
        ["close", name, "--review", review, "--outcome", "successful"], ["draft", name],
      ] {
        let run = try desk.run(Desk.program, ["review"] + words)
        #expect(run.status == 0, "\(words): \(run.remarks)")
      }
    }
    for name in ["99", "web", "payments/1.0"] {
      #expect(try desk.relm("review", "open", name, "x").status == 66, "\(name)")
    }
  }

  @Test("a review is told from open to close, with ids that are proposed")
  func story() throws {
    try desk.write("What the pipeline said\n", to: "log.txt")
    try step(
      "open", Self.release, "The deployment on 22 November", "--lead", "ana@example.org", "--participant",
      "bo@example.org:tester", "--participant", "cyd@example.org:on call", "--due", "2026-12-04T00:00:00Z",
      "--id",
      "r1", output: "2 recorded review.opened \(Self.subject) r1\n", remarks: "review review-1\n")
    try step(
      "finding", Self.release, "The rollback took forty minutes", "--kind", "deviation", "--severity", "medium",
      "--position", "1", "--position", "2", "--about", "bo@example.org", "--evidence", "log.txt", "--reference",
      "https://ci.example.org/runs/8812", "--note", "Bo was alone that night", "--id", "r2",
      output: "3 recorded review.finding.recorded \(Self.subject) r2\n", remarks: "finding f-1 of review-1\n")
    try step(
      "finding", Self.subject, "@bo kept the users told", "--kind", "success", "--id", "r3",
      output: "4 recorded review.finding.recorded \(Self.subject) r3\n", remarks: "finding f-2 of review-1\n")
    try step(
      "action", Self.release, "Rehearse the rollback", "--owner", "bo@example.org", "--due", "2027-01-15",
      "--finding", "f-1", "--id", "r4", output: "5 recorded review.action.raised \(Self.subject) r4\n",
      remarks: "action a-1 of review-1\n")
    try step(
      "action", Self.release, "Write it down", "--owner", "cyd@example.org", "--due",
      "2027-02-01T12:00:00+01:00",
      "--id", "r5", output: "6 recorded review.action.raised \(Self.subject) r5\n",
      remarks: "action a-2 of review-1\n")
    #expect(try obligations("--kind", "reviewAction").map { $0.contains("Rehearse") } == [true, false])
    try step(
      "complete", Self.release, "a-1", "Rehearsed twice", "--time", "2026-01-01T00:00:00Z", "--actor",
      "bo@example.org", "--id", "r6", output: "7 recorded review.action.completed \(Self.subject) r6\n",
      remarks: "action a-1 of review-1\n")
    try step(
      "close", Self.release, "--outcome", "partlySuccessful", "--lesson", "Rehearse what is to be quick",
      "--lesson",
      "Tell the users", "--summary", "The change was good, the way back was not", "--id", "r7",
      output: "8 recorded review.closed \(Self.subject) r7\n",
      remarks: "review review-1; still to be done: a-2 (Write it down)\n")
    // An action outlives its review.
    try step(
      "complete", Self.release, "a-2", "Written", "--id", "r8",
      output: "9 recorded review.action.completed \(Self.subject) r8\n", remarks: "action a-2 of review-1\n")
    #expect(try obligations().isEmpty)

    let opened = try data(at: 2)
    let participants = try #require(opened["participants"] as? [[String: String]])
    #expect(participants.map { $0["part"] } == ["tester", "on call"])
    #expect(opened["scope"] as? String == "The deployment on 22 November")
    #expect(opened["due"] as? String == "2026-12-04T00:00:00Z")
    let finding = try data(at: 3)
    #expect(try finding["about"] as? [String] == [#require(participants[0]["person"])])
    #expect(finding["positions"] as? [Int] == [1, 2])
    #expect(finding["references"] as? [String] == ["https://ci.example.org/runs/8812"])
    #expect((finding["note"] as? [String: Any])?["sealed"] != nil)
    let evidence = try #require((finding["evidence"] as? [[String: Any]])?.first)
    #expect((evidence["fileName"] as? [String: Any])?["sealed"] != nil)
    #expect(evidence["size"] as? Int == 23)
    #expect(
      try data(at: 4) == [
        "review": "review-1", "finding": "f-2", "kind": "success", "statement": "@bo kept the users told",
      ])
    #expect(try data(at: 5)["due"] as? String == "2027-01-15T23:59:59Z")
    #expect(try data(at: 5)["finding"] as? String == "f-1")
    #expect(try data(at: 8)["lessons"] as? [String] == ["Rehearse what is to be quick", "Tell the users"])
    let verified = try desk.relm("verify")
    #expect(verified.status == 0, "\(verified.remarks)")
    #expect(verified.text.contains("1 file read again"))
  }

  @Test("the same command with the same id is a duplicate, with the ids that were proposed the first time")
  func again() throws {
    let words: [[String]] = [
      ["open", Self.release, "All", "--id", "r1"],
      ["finding", Self.release, "Good", "--kind", "success", "--id", "r2"],
      ["action", Self.release, "Go on", "--owner", "bo@example.org", "--due", "2027-01-15", "--id", "r3"],
      ["complete", Self.release, "a-1", "Gone on", "--id", "r4"],
      ["close", Self.release, "--outcome", "successful", "--id", "r5"],
    ]
    func tell() throws -> [Desk.Run] {
      try words.map { try desk.run(Desk.program, ["review"] + $0 + ["--format", "ndjson"]) }
    }
    let first = try tell()
    let second = try tell()
    #expect(first.map(\.status) == [0, 0, 0, 0, 0])
    #expect(second.map { $0.text } == first.map { $0.text.replacing("\"recorded\"", with: "\"duplicate\"") })
    #expect(second.map(\.remarks) == first.map(\.remarks))
    #expect(try desk.size() == 7)
  }

  @Test("ids go on where they are: after those given by hand, and never one that an annulled event had")
  func proposing() throws {
    try record("authority.granted", "level=6", "contexts=production", subject: "person/bo@example.org")
    try desk.done("review", "open", Self.release, "All", "--review", "review-1")
    try desk.done("review", "finding", Self.release, "A", "--kind", "risk", "--finding", "f-2")
    #expect(
      try desk.relm("review", "finding", Self.release, "B", "--kind", "risk").remarks
        == "finding f-1 of review-1\n")
    #expect(
      try desk.relm("review", "finding", Self.release, "C", "--kind", "risk").remarks
        == "finding f-3 of review-1\n")
    try step(
      "finding", Self.release, "C", "--kind", "risk", "--finding", "f-3", output: "",
      remarks:
        "relm: review-1 of \(Self.subject) has a finding f-3 already; leave --finding out, and the new one is "
        + "f-4\n", status: 65)
    // Nobody annuls a finding about their own work.
    try record("event.annulled", "position=6", "reason=Not so", "--actor", "bo@example.org", subject: "ledger")
    #expect(
      try desk.relm("review", "finding", Self.release, "D", "--kind", "risk").remarks
        == "finding f-4 of review-1\n")
    let gone = try desk.relm(
      "review", "action", Self.release, "E", "--owner", "bo@example.org", "--due", "2027-01-15", "--finding",
      "f-3")
    #expect(gone.status == 66)
    #expect(
      gone.remarks
        == "relm: review-1 of \(Self.subject) has no finding f-3; it has f-2, f-1, f-4. Record it first, with "
        + "'relm review finding'\n")
    #expect(try desk.relm("review", "open", Self.release, "More").remarks == "review review-2\n")
    #expect(
      try desk.relm("review", "finding", Self.release, "A", "--kind", "risk", "--review", "review-2").remarks
        == "finding f-1 of review-2\n")
  }

  @Test("two who record at once are proposed two ids")
  func race() throws {
    try desk.done("review", "open", Self.release, "All")
    let script = """
      for n in 1 2 3 4 5 6; do
        '\(Desk.program)' review finding \(Self.release) "n $n" --kind risk --actor ana@example.org &
      done
      wait
      """
    let run = try desk.run("bash", ["-c", script])
    #expect(run.lines.count == 6, "\(run.remarks)")
    #expect(
      Set(run.remarks.split(separator: "\n").map(String.init))
        == Set((1...6).map { "finding f-\($0) of review-1" }))
  }

  @Test("--dry-run decides and appends nothing, and keeps no file")
  func dryRun() throws {
    try step(
      "open", Self.release, "All", "--id", "r1", "--dry-run",
      output: "2 would-record review.opened \(Self.subject) r1\n", remarks: "review review-1\n")
    try desk.done("review", "open", Self.release, "All")
    try desk.write("x", to: "x.txt")
    try step(
      "finding", Self.release, "A", "--kind", "cause", "--evidence", "x.txt", "--id", "r2", "--dry-run",
      output: "3 would-record review.finding.recorded \(Self.subject) r2\n",
      remarks: "finding f-1 of review-1\n")
    #expect(try desk.size() == 3)
    // Folders may stay.
    let kept = try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence"))
    #expect(kept.allSatisfy { $0.count < 10 }, "\(kept)")
    try step(
      "close", Self.release, "--outcome", "successful", "--review", "r-9", "--dry-run", output: "",
      remarks:
        "relm: \(Self.subject) has no review r-9; there are review-1 (All). To open one: relm review open "
        + "\(Self.release) 'WHAT IT LOOKS AT'\n", status: 66)
  }

  @Test("what is not there or not clear is refused, with what to do next")
  func errors() throws {
    let open = "To open one: relm review open \(Self.release) 'WHAT IT LOOKS AT'"
    try step(
      "close", Self.release, "--outcome", "successful", output: "",
      remarks: "relm: no review of \(Self.subject) has been opened. \(open)\n", status: 65)
    try step(
      "open", "web/1.0", "All", output: "",
      remarks: "relm: there is no release/web/1.0; 'relm state' lists the releases that there are\n", status: 66
    )
    try desk.done("review", "open", Self.release, "The deployment")
    try desk.done("review", "open", Self.release, "The rollback")
    try step(
      "finding", Self.release, "A", "--kind", "risk", output: "",
      remarks:
        "relm: 2 reviews of \(Self.subject) are open: review-1 (The deployment), review-2 (The rollback). "
        + "Say which with --review ID\n", status: 65)
    try step(
      "finding", Self.release, "A", "--kind", "risk", "--review", "r-9", output: "",
      remarks: "relm: \(Self.subject) has no review r-9; there are review-1 (The deployment), review-2 "
        + "(The rollback). \(open)\n", status: 66)
    for review in ["review-1", "review-2"] {
      try desk.done(
        "review", "action", Self.release, "Rehearse", "--owner", "bo@example.org", "--due", "2027-01-15",
        "--review",
        review)
    }
    try step(
      "complete", Self.release, "a-1", "Done", output: "",
      remarks: "relm: 2 reviews of \(Self.subject) have an open action a-1: review-1, review-2. Say which with "
        + "--review ID\n", status: 65)
    try step(
      "complete", Self.release, "a-7", "Done", output: "",
      remarks:
        "relm: no review of \(Self.subject) has raised an action a-7; open are a-1 of review-1 (Rehearse), "
        + "a-1 of review-2 (Rehearse). 'relm obligations \(Self.subject)' lists what is due\n", status: 66)
    try desk.done("review", "complete", Self.release, "a-1", "Done", "--review", "review-2")
    try desk.done("review", "complete", Self.release, "a-1", "Done")
    try step(
      "complete", Self.release, "a-1", "Done", output: "",
      remarks: "relm: /data/action: action a-1 was completed already, at position 6. Nothing is left to do.\n",
      status: 65)
    try desk.done("review", "close", Self.release, "--outcome", "successful", "--review", "review-1")
    try desk.done("review", "close", Self.release, "--outcome", "successful")
    try step(
      "close", Self.release, "--outcome", "successful", output: "",
      remarks:
        "relm: no review of \(Self.subject) is open: review-2 was closed at position 9. \(open); or name the "
        + "closed one with --review review-2\n", status: 65)
    try step(
      "close", Self.release, "--outcome", "successful", "--review", "review-1", output: "",
      remarks:
        "relm: /data/review: review review-1 was closed already, at position 8. Open another one, under an id "
        + "of its own.\n", status: 65)
    #expect(try desk.size() == 10)
  }

  @Test(
    "what is misspelt exits 64 and says what would be right",
    arguments: [
      (["finding", release, "A", "--kind", "devation"], "--kind is 'devation'; did you mean 'deviation'?"),
      (["finding", release, "A", "--kind", "risk", "--severity", "bad"], "one of critical, high, medium, low"),
      (["finding", release, "A"], "--kind"),
      (["close", release, "--outcome", "sucessful"], "did you mean 'successful'?"),
      (["open", release], "scope"),
      (["open", release, "All", "--participant", "bo@example.org"], "bo@example.org:tester"),
      (["open", release, "All", "--due", "soon"], "2027-01-15"),
      (["action", release, "A", "--owner", "bo@example.org", "--due", "2027-13-01"], "--due"),
      (["opne", release, "All"], "did you mean 'open'?"), ([], "relm review --help"),
    ])
  func misspelt(words: [String], hint: String) throws {
    let run = try desk.run(Desk.program, ["review"] + words)
    #expect(run.status == 64, "\(run.remarks)")
    #expect(run.text.isEmpty)
    #expect(run.remarks.hasPrefix("relm: "))
    #expect(run.remarks.contains(hint), "\(run.remarks)")
    #expect(try desk.size() == 2)
  }

  @Test("overrides are reviewed by position, and closing tells which are left")
  func overrides() throws {
    for incident in ["INC-1", "INC-2"] {
      try record(
        "override.declared", "environment=production/eu", "reason=Down", "incident=\(incident)",
        "until=2099-01-01T00:00:00Z",
        "rules=planned")
    }
    try desk.done("review", "open", Self.release, "All")
    try step(
      "finding", Self.release, "A", "--kind", "risk", "--position", "99", output: "",
      remarks: "relm: there is no position 99; 'relm log \(Self.subject)' shows what there is\n", status: 66)
    try step(
      "close", Self.release, "--outcome", "successful", "--override", "1", output: "",
      remarks: "relm: position 1 is no override of \(Self.subject); its overrides stand at 2, 3\n", status: 66)
    try step(
      "close", Self.release, "--outcome", "successful", "--override", "2", "--id", "r",
      output:
        "5 recorded review.closed \(Self.subject) r\n",
      remarks: "review review-1; overrides not reviewed yet: 3\n")
    #expect(try obligations("--kind", "overrideReview").count == 1)
  }
}
