import Foundation
import RelmDomain
import RelmTestSupport
import Testing

/// The year through the program itself, whose clock nobody sets: it is recorded afterwards, as the year before
/// the one that the clock shows, and permissions end late enough to be granted now.
@Suite("A year of a service, at the command line")
struct YearTests {
  private let year = String(Calendar(identifier: .gregorian).component(.year, from: Date()) - 1)

  /// The data's members as `relm record` takes them.
  private func fields(of data: String) throws -> [String] {
    try Desk.object(data).sorted { $0.key < $1.key }.map { key, value in
      let json = try JSONSerialization.data(
        withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
      return "\(key):=\(String(decoding: json, as: UTF8.self))"
    }
  }

  /// Records the whole story, an event a call.
  private func tell(at desk: Desk) throws {
    var positions: [String: UInt64] = [:]
    for event in Year.events {
      let told = event.told(in: year, permissionsEnd: "2999-12-31T00:00:00Z")
      let resolved = try #require(told.resolved(positions))
      let actor = resolved.actor.map { ["--actor", $0] } ?? []
      let run = try desk.run(
        Desk.program,
        ["record", resolved.type, "--subject", resolved.subject, "--time", resolved.time, "--id", resolved.id]
          + ["--format", "json"] + actor + fields(of: resolved.data))
      try #require(run.status == 0, "\(event.id): \(run.remarks)")
      positions[event.id] = try #require(try Desk.object(run.text)["position"] as? NSNumber).uint64Value
    }
  }

  /// Runs the commands that write what no other may.
  private func ownVerbs(at desk: Desk) throws {
    try desk.write("the minutes of a meeting", to: "minutes.txt")
    try desk.done("attach", "minutes.txt", "--subject", "release/payments-api/2.1.1")
    let file = try #require(
      FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence")).first { path in
        path.split(separator: "/").last.map { $0.count >= 60 } ?? false
      })
    let digest = "sha256:" + file.filter { $0 != "/" }.suffix(64)
    for (type, words) in Year.ownVerbs where !words.isEmpty && words != ["init"] {
      let run = try desk.run(Desk.program, words.map { $0 == "DIGEST" ? digest : $0 })
      // A gate that is closed is recorded as well.
      #expect(run.status == 0 || type == "gate.decided" && run.status == 1, "\(words): \(run.remarks)")
    }
  }

  @Test("a year goes in command by command, verifies, and shows what has become of every release and override")
  func told() throws {
    let desk = try Desk.withLedger()
    try tell(at: desk)
    try ownVerbs(at: desk)
    #expect(try desk.relm("verify", "--evidence", "optional").status == 0)

    // What was accepted is what its schema says, in the eyes of a validator that shares nothing with relm.
    try desk.write(try desk.done("log", "--raw"), to: "year.ndjson")
    let validation = try desk.run(
      "python3",
      [
        Desk.checkout.appending(path: "tools/lib/schema_agreement.py").path, "--events",
        desk.path("year.ndjson"),
      ])
    #expect(validation.status == 0, "\(validation.text)\(validation.remarks)")

    let log = try desk.done("log", "--format", "ndjson").split(separator: "\n")
    let types = try Set(
      log.map { line in
        let event = try #require(try Desk.object(String(line))["event"] as? [String: Any])
        return try #require(event["type"] as? String)
      })
    let missing = EventType.allCases.map(\.rawValue).filter { !types.contains($0) }
    // The ledger alone says that its clock is wrong, and here it is not.
    #expect(missing == ["relm.ledger.clock.suspect"])

    let stages = [
      "1.0.0": "closed", "1.1.0": "closed", "1.2.0": "closed", "1.2.1": "supported", "2.0.0": "closed",
      "2.1.0": "superseded", "2.1.1": "reviewed", "2.2.0": "withdrawn", "3.0.0": "planned",
    ]
    for (version, stage) in stages {
      let row = try Desk.object(try desk.done("state", "release/payments-api/\(version)", "--format", "json"))
      #expect(row["stage"] as? String == stage, "\(version)")
    }
    let running = try desk.done("state", "running", "--format", "ndjson").split(separator: "\n")
      .map { try Desk.object(String($0)) }
    let europe = try #require(running.first { $0["environment"] as? String == "production/eu" })
    #expect((europe["running"] as? [String: Any])?["version"] as? String == "2.1.1")
    #expect(running.contains { $0["environment"] as? String == "staging" && $0["running"] != nil } == false)
    try checkOverrides(at: desk)
    try checkMetrics(at: desk)
  }

  /// Nine deployments of one service, one of which failed, and an outage that nobody has attributed.
  private func checkMetrics(at desk: Desk) throws {
    let lines = try desk.done(
      "metrics", "--since", "\(year)-01-01T00:00:00Z", "--until", "\(year)-12-31T00:00:00Z"
    )
    .split(separator: "\n").map(String.init)
    let expected = """
      MEASURE                          MEDIAN OR RATE  P90        OUT OF
      change lead time                 20 d 15 h       20 d 15 h  1 commit
      deployment frequency             0.02 a day                 7 on 6 days
      failed deployment recovery time  8 h 5 min       8 h 5 min  1 of 1 failure
      change fail rate                 11.1 %                     1 of 9
      deployment rework rate           22.2 %                     2 of 9
      not in these figures
        4 first deployments of which no commit time is known
        1 unattributed incident: no cause is named
      """
    #expect(lines.dropFirst(2).prefix(9).joined(separator: "\n") == expected)
    #expect(lines.contains("      by its outcome, rolled back, INC-9; recovered after 8 h 5 min"))
    #expect(lines.last == "  INC-7, began \(year)-06-10T01:58:00Z")
    let us = try Desk.object(
      try desk.done(
        "metrics", "--since", "\(year)-01-01T00:00:00Z", "--environment", "production/us", "--format", "json"))
    #expect((us["total"] as? [String: Any])?["deployments"] as? Int == 1)
  }

  /// Of the two overrides of one night the second was used, and is ratified by somebody else.
  private func checkOverrides(at desk: Desk) throws {
    let approvals = try desk.done("state", "approvals", "--format", "ndjson").split(separator: "\n")
      .map { try Desk.object(String($0)) }
    let overrides = approvals.filter { $0["kind"] as? String == "override" }
      .sorted { position($0) < position($1) }
    try #require(overrides.count == 2)
    #expect(overrides[0]["ratified"] == nil && overrides[0]["used"] == nil)
    #expect(overrides[1]["ratified"] != nil && overrides[1]["used"] != nil)
    let (declarer, ratifier) = (overrides[1]["by"] as? String, overrides[1]["ratifiedBy"] as? String)
    #expect(declarer != nil && ratifier != nil && declarer != ratifier)
  }

  private func position(_ row: [String: Any]) -> Int {
    ((row["moment"] as? [String: Any])?["position"] as? NSNumber)?.intValue ?? -1
  }
}
