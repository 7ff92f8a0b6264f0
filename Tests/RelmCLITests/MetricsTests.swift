import Foundation
import Testing

@Suite("relm metrics")
struct MetricsTests {
  private let desk: Desk
  private static let span = ["--since", "2026-01-05T00:00:00Z", "--until", "2026-01-26T00:00:00Z"]

  /// Three weeks, of which the second is empty.
  init() throws {
    desk = try Desk.withLedger()
    try desk.done(
      "record", "release.planned", "--subject", "release/web/1.0", "class=normal",
      #"commits:=[{"id":"a1","committedAt":"2026-01-05T06:00:00Z"},{"id":"a2","committedAt":"2026-01-06T06:00:00Z"}]"#,
      "--time", "2026-01-05T07:00:00Z")
    try deploy("1.0", "d-1", "2026-01-06T18:00:00Z", "succeeded")
    try desk.done(
      "record", "release.planned", "--subject", "release/web/1.1", "class=normal", "--time",
      "2026-01-07T07:00:00Z")
    try deploy("1.1", "d-2", "2026-01-07T10:00:00Z", "failed")
    try desk.done(
      "record", "release.planned", "--subject", "release/web/1.2", "class=emergency", "fixes=INC-1", "--time",
      "2026-01-07T10:30:00Z")
    try deploy("1.2", "d-3", "2026-01-07T12:30:00Z", "succeeded")
    try desk.done(
      "record", "incident.opened", "--subject", "incident/INC-1", "severity=high", "summary=slow", "--time",
      "2026-01-20T09:00:00Z")
    try deploy("1.3", "d-4", "2026-01-21T09:00:00Z", "succeeded")
  }

  private func deploy(_ version: String, _ id: String, _ time: String, _ outcome: String) throws {
    try desk.done(
      "record", "deployment.finished", "--subject", "release/web/\(version)", "deployment=\(id)",
      "environment=production/eu", "outcome=\(outcome)", "backfilled=true", "--time", time)
  }

  private func metrics(_ arguments: String...) throws -> String {
    let run = try desk.run(Desk.program, ["metrics"] + Self.span + arguments)
    try #require(run.status == 0, "\(run.remarks)")
    #expect(run.remarks.isEmpty)
    return run.text
  }

  /// A page without its second line, which tells the time by a clock that nobody sets.
  private func page(_ text: String) throws -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let told = lines.remove(at: 1)
    #expect(
      told.hasPrefix("as of 2")
        && told.hasSuffix("Z, 9 events; DORA 2025, see --definitions"), "\(told)")
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  @Test("the page has one row a measure, then what is left out, what failed and what nobody has attributed")
  func wholePage() throws {
    #expect(
      try page(metrics()) == """
        all packages in production, 2026-01-05T00:00:00Z to 2026-01-26T00:00:00Z

        MEASURE                          MEDIAN OR RATE  P90         OUT OF
        change lead time                 12 h            1 d 12 h    2 commits
        deployment frequency             0.14 a day                  3 on 3 days
        failed deployment recovery time  2 h 30 min      2 h 30 min  1 of 1 failure
        change fail rate                 25.0 %                      1 of 4
        deployment rework rate           25.0 %                      1 of 4

        not in these figures
          2 first deployments of which no commit time is known
          1 unattributed incident: no cause is named
          1 deployment of a release that nobody planned

        failed
          [4] release/web/1.1 d-2 in production/eu
              by its outcome; recovered after 2 h 30 min

        no cause is named for
          INC-1, began 2026-01-20T09:00:00Z

        """)
  }

  @Test("with --by there is a row for each week or month, an empty one too, and one for all")
  func divided() throws {
    #expect(
      try page(metrics("--by", "week")).split(separator: "\n").prefix(6).joined(separator: "\n") == """
        all packages in production, 2026-01-05T00:00:00Z to 2026-01-26T00:00:00Z
        WEEK FROM   DEPLOYS  A DAY  LEAD    P90     FAILED  RECOVERY  REWORK
        2026-01-05  2        0.29   12.0 h  36.0 h  1/3     2.5 h     1/3
        2026-01-12  0        0.00   -       -       -       -         -
        2026-01-19  1        0.14   -       -       0/1     -         0/1
        all         3        0.14   12.0 h  36.0 h  1/4     2.5 h     1/4
        """)
    #expect(try metrics("--by", "month").contains("\n2026-01-05  3 "))
  }

  @Test("CSV has whole numbers and a row for each part, or one for all")
  func csv() throws {
    let whole = try metrics("--format", "csv").split(separator: "\r\n")
    #expect(whole.count == 2)
    let names = whole[0].split(separator: ",")
    let values = whole[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(names.count == values.count)
    #expect(names.prefix(5) == ["from", "until", "deployments", "cancelled", "successful"])
    let line = zip(names, values).map { "\($0) \($1)" }.dropFirst(2).joined(separator: ", ")
    #expect(
      line == """
        deployments 4, cancelled 0, successful 3, days 3, seconds 1814400, commits 2, leadmedianseconds 43200, \
        leadp90seconds 129600, firstdeployments 3, withoutcommittimes 2, negativeleads 0, failed 1, \
        failedbyoutcome 1, failedbyrollback 0, failedbyincident 0, suspected 0, unattributedincidents 1, \
        undecidedcauses 0, recovered 1, recoverymedianseconds 9000, recoveryp90seconds 9000, unrecovered 0, \
        unmeasured 0, remedial 1, withoutplan 1
        """)
    let weeks = try metrics("--format", "csv", "--by", "week").split(separator: "\r\n")
    #expect(weeks.count == 4)
    #expect(
      weeks[2] == "2026-01-12T00:00:00Z,2026-01-19T00:00:00Z,0,0,0,0,604800,0,,,0,0,0,0,0,0,0,0,0,0,0,,,0,0,0,0"
    )
  }

  @Test("JSON is the whole report in whole numbers, and NDJSON a part a line")
  func json() throws {
    let text = try metrics("--format", "json", "--by", "week", "--package", "web")
    let report = try Desk.object(text)
    #expect(report["wording"] as? String == "DORA 2025")
    #expect(report["package"] as? String == "web" && report["by"] as? String == "week")
    #expect((report["asOf"] as? [String: Any])?["events"] as? Int == 9)
    #expect((report["periods"] as? [Any])?.count == 3 && (report["failures"] as? [Any])?.count == 1)
    #expect(!text.contains(where: { $0 == "." }) || text.firstMatch(of: /[0-9]\.[0-9]+[,}]/) == nil)
    let lines = try metrics("--format", "ndjson", "--by", "week").split(separator: "\n")
    #expect(lines.count == 3)
    #expect(try Desk.object(String(lines[1]))["deployments"] as? Int == 0)
  }

  @Test("as of a position only what was recorded by then is measured, and it is said as of when")
  func past() throws {
    let run = try desk.run(Desk.program, ["metrics", "--at", "4", "--format", "json"] + Self.span)
    #expect(run.status == 0 && run.remarks.hasPrefix(#"{"remark":"as of position 4, recorded "#))
    let report = try Desk.object(run.text)
    #expect((report["asOf"] as? [String: Any])?["events"] as? Int == 5)
    let total = try #require(report["total"] as? [String: Any])
    #expect(total["deployments"] as? Int == 2)
    // What mended it had not been recorded yet.
    #expect((total["recovery"] as? [String: Any])?["unrecovered"] as? Int == 1)
    let early = try desk.relm(
      "metrics", "--happened-by", "2026-01-06", "--since", "2026-01-01", "--format", "csv")
    #expect(early.text.contains("2026-01-01T00:00:00Z,2026-01-06T00:00:00Z,0,"))
  }

  @Test("an unknown package or environment is answered with the nearest, and exit 66")
  func unknown() throws {
    let package = try desk.relm("metrics", "--package", "wed")
    #expect(package.status == 66 && package.text.isEmpty)
    #expect(package.remarks == "relm: nothing is recorded about the package 'wed'; did you mean 'web'?\n")
    let far = try desk.relm("metrics", "--package", "payments")
    #expect(far.status == 66)
    #expect(
      far.remarks == "relm: nothing is recorded about the package 'payments'; 'relm state' lists the releases\n"
    )
    let environment = try desk.relm("metrics", "--environment", "production/ue")
    #expect(environment.status == 66 && environment.remarks.contains("did you mean 'production/eu'?"))
    #expect(try metrics("--environment", "environment/production/eu").contains(" in production/eu, "))
  }

  @Test("a span that ends before it begins, a moment that is none and a division that is none are usage errors")
  func usage() throws {
    let backwards = try desk.relm(
      "metrics", "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z")
    #expect(backwards.status == 64)
    #expect(
      backwards.remarks
        == "relm: --since 2026-02-01T00:00:00Z must be before --until 2026-01-01T00:00:00Z\n")
    #expect(try desk.relm("metrics", "--since", "yesterday").status == 64)
    #expect(try desk.relm("metrics", "--by", "day").status == 64)
    #expect(try desk.relm("metrics", "--by", "week", "--since", "0001-01-01T00:00:00Z").status == 64)
  }

  @Test("without a span the last ninety days are measured")
  func usualSpan() throws {
    let report = try Desk.object(try desk.done("metrics", "--format", "json"))
    let total = try #require(report["total"] as? [String: Any])
    #expect((total["frequency"] as? [String: Any])?["seconds"] as? Int == 90 * 86_400)
    #expect(report["until"] as? String == (report["asOf"] as? [String: Any])?["time"] as? String)
  }

  @Test(
    "the definitions name their source and year, every measure and no groups of performers, and need no ledger")
  func definitions() throws {
    let run = try Desk().run(Desk.program, ["metrics", "--definitions"])
    #expect(run.status == 0)
    #expect(run.text.contains("dora.dev") && run.text.contains("2025"))
    for measure in [
      "change lead time", "deployment frequency", "failed deployment recovery time", "change fail rate",
      "deployment rework rate",
    ] {
      #expect(run.lines.contains(measure))
    }
    for tier in ["elite", "high perform", "low perform", "medium perform"] {
      #expect(!run.text.lowercased().contains(tier))
    }
    #expect(run.lines.allSatisfy { $0.count <= 80 })
  }

  private static let hasScript: Bool = {
    do { return try Desk().run("script", ["--version"]).status == 0 } catch { return false }
  }()

  @Test(
    "a terminal of 80 columns gets lines of bars where its locale is UTF-8, and a file never",
    .enabled(if: hasScript, "skipped: there is no script(1) here"))
  func sparklines() throws {
    func onTerminal(_ locale: String) throws -> [String] {
      desk.environment["LC_ALL"] = locale
      desk.environment["TERM"] = "xterm"
      desk.environment["SHELL"] = "/bin/sh"
      desk.environment["NO_COLOR"] = "1"
      let words = (["metrics", "--by", "week"] + Self.span).joined(separator: " ")
      let run = try desk.run(
        "script", ["-q", "-e", "-c", "stty cols 80; '\(Desk.program)' \(words)", "/dev/null"])
      return run.text.split(whereSeparator: \.isNewline).map(String.init)
    }
    let lines = try onTerminal("C.UTF-8")
    #expect(lines.contains("deploys   █▁▅  0 to 2"))
    #expect(lines.contains("lead      █    0 to 12 h"))
    #expect(lines.contains("failed    █ ▁  0 to 33.3 %"))
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(try onTerminal("C").allSatisfy { !$0.contains("█") })
    desk.environment["LC_ALL"] = "C.UTF-8"
    #expect(try !metrics("--by", "week").contains("█"))
  }
}
