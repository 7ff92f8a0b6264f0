import Foundation
import Testing

/// No number, no time and no length of time, however extreme, ends a program with a trap or is called damage.
@Suite("Extremes")
struct ExtremeTests {
  static let numbers = [
    "-1", "9007199254740991", "9223372036854775807", "18446744073709551615", "1e400",
  ]
  static let moments = [
    "0", "2000-01-01", "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
  ]
  /// Commands that read; REL stands for a release.
  private static let reading: [[String]] = [
    ["state"], ["state", "release/web/1.0"], ["state", "running"], ["state", "environment/production/eu"],
    ["obligations"],
    ["calendar"], ["log"], ["show", "0"], ["timeline", "web/1.0"], ["timeline", "web/1.0", "--format", "html"],
    ["metrics"], ["metrics", "--by", "month"], ["report", "compliance"], ["replay", "release/web/1.0"],
    ["person"],
    ["gate", "release/web/1.0", "--to", "production/eu", "--dry-run"], ["review", "draft", "web/1.0"],
    ["sample", "--size", "2", "--seed", "x"],
  ]

  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    for (version, time) in [
      ("1.0", "2026-11-01T10:00:00Z"), ("0", "0000-01-01T00:00:00+23:59"), ("1970", "1969-12-31T23:59:60Z"),
    ] {
      try desk.done(
        "record", "deployment.started", "--subject", "release/web/\(version)", "deployment=d\(version)",
        "environment=production/eu", "--time", time)
      try desk.done(
        "record", "deployment.finished", "--subject", "release/web/\(version)", "deployment=d\(version)",
        "environment=production/eu", "outcome=succeeded")
    }
    try desk.done(
      "record", "freeze.declared", "--subject", "environment/production/eu", "freeze=ever",
      "from=2026-01-01T00:00:00Z",
      "until=9999-12-31T23:59:59-23:59", "reason=x")
  }

  /// Runs a command, which may say yes, no, or what is wrong with what was asked.
  private func expectAnswer(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let run = try desk.run(Desk.program, words)
    #expect(
      [0, 1, 64, 65, 66, 77].contains(run.status), "\(words): \(run.status) \(run.remarks)",
      sourceLocation: sourceLocation)
  }

  @Test(
    "every command that reads answers as of every moment, also before the first event",
    arguments: ExtremeTests.moments)
  func asOf(moment: String) throws {
    for command in Self.reading {
      try expectAnswer(command + ["--at", moment])
      if moment != "0" { try expectAnswer(command + ["--happened-by", moment]) }
    }
  }

  @Test("show 0 as of before the first event says that there was none, with 66")
  func beforeTheFirst() throws {
    let run = try desk.relm("show", "0", "--at", "2000-01-01")
    #expect(run.status == 66 && run.remarks.contains("there was none yet"))
  }

  @Test("numbers without measure are refused or bounded", arguments: ExtremeTests.numbers)
  func extremeNumbers(number: String) throws {
    for command in [
      ["log", "--limit", number], ["log", "--from", number], ["log", "--to", number], ["show", number],
      ["prove", number],
      ["sample", "--size", number, "--seed", "x"], ["replay", "--from", number], ["replay", "--to", number],
      ["diff", number, "now"], ["diff", "0", number], ["state", "--at", number],
      ["record", "event.annulled", "--subject", "ledger", "position:=" + number, "reason=x"],
      [
        "record", "activity.recorded", "--subject", "release/web/1.0", "activity=x", "--expect-version", number,
      ],
      ["record", "authority.revoked", "--subject", "person/ana@example.org", "grant:=" + number, "reason=x"],
    ] { try expectAnswer(command) }
  }

  @Test("spans from the first year to the last are reported, and drawn")
  func wideSpans() throws {
    for command in [["log"], ["metrics"], ["metrics", "--by", "month"], ["report", "compliance"]] {
      try expectAnswer(command + ["--since", "0000-01-01", "--until", "9999-12-31"])
      try expectAnswer(command + ["--since", "9999-12-30", "--until", "9999-12-31T23:59:59-23:59"])
    }
    try expectAnswer(["timeline", "web/0", "--format", "html"])
  }

  @Test(
    "the longest length of time of a policy is counted with",
    arguments: ["P999999DT999999H999999M999999S", "P99999W", "P9999999D"])
  func longLengths(length: String) throws {
    try desk.write(
      """
      id: long
      version: "1"
      title: Long
      context: production
      rules:
        - rule: handed-over
          within: \(length)
        - rule: verified
          within: \(length)
        - rule: recorded-promptly
          within: \(length)
      """, to: "long.yaml")
    for command in [
      ["policy", "check", "long.yaml"], ["what-if", "--policy", "long.yaml"], ["policy", "adopt", "long.yaml"],
      ["report", "compliance"], ["gate", "release/web/1.0", "--to", "production/eu", "--dry-run"],
    ] { try expectAnswer(command) }
  }
}
