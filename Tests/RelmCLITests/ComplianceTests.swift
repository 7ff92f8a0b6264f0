import Foundation
import RelmDomain
import Testing

@Suite("relm report compliance")
struct ComplianceTests {
  private let desk: Desk

  init() throws { desk = try Desk.withDeployments() }

  private func report(_ words: String...) throws -> Desk.Run {
    try desk.run(Desk.program, ["report", "compliance"] + words)
  }

  /// The positions of the deployments that are listed.
  private func listed(_ words: String...) throws -> [Int] {
    let run = try desk.run(Desk.program, ["report", "compliance", "--format", "ndjson"] + words)
    return try run.lines.map { line in
      let attempt = try Desk.object(line)
      return try #require(attempt["position"] as? Int)
    }
  }

  // MARK: Forms

  @Test(
    "JSON is what its schema says, and tells of every deployment how it is governed and what each rule came to")
  func json() throws {
    let run = try report("--format", "json")
    let told = try ComplianceReport(canonical: [UInt8](run.output.dropLast()))
    #expect(
      told.population.map(\.governance) == [.ungoverned, .governed, .governed, .beforeLedger])
    #expect(
      told.population.map { $0.findings.map(\.outcome) } == [
        [], [.satisfied, .satisfied], [.satisfied, .violated], [],
      ])
    #expect(told.totals.attempts == 4 && told.totals.governed == 2 && told.totals.clean == 1)
    #expect(told.totals.ungoverned == 1 && told.totals.unasked == 0 && told.totals.beforeLedger == 1)
    #expect(told.asOf.events == 12)
  }

  @Test("CSV has a row for each rule and NDJSON a line for each deployment, and neither leaves one out")
  func streams() throws {
    let csv = try report("--format", "csv").text.split(separator: "\r\n")
    #expect(csv.first?.hasPrefix("attempt,release,environment,deployment,begun,") == true)
    #expect(
      csv.dropFirst().map { $0.split(separator: ",").first } == ["2", "6", "6", "9", "9", "11"])
    #expect(try listed() == [2, 6, 9, 11])
  }

  @Test("a page for people names what fails, what no policy judged, and what is from before the ledger")
  func pages() throws {
    for format in ["text", "markdown", "html"] {
      let page = try report("--format", format).text
      for words in ["web/2.1", "the design is missing", "api/1.0", "web/1.0", "example.org/releases"] {
        #expect(page.contains(words), "\(format): \(words)")
      }
    }
    #expect(try report("--format", "html").text.hasPrefix("<!DOCTYPE html>\n"))
    #expect(try report("--format", "markdown").text.hasPrefix("# Compliance report of example.org/releases\n"))
    #expect(try report().text.hasPrefix("Compliance report of example.org/releases\n"))
    #expect(try Desk.object(report("--format", "oscal").text)["assessment-results"] != nil)
  }

  @Test("what counted once and is annulled now is told, and so is a decision that rested on it")
  func annulled() throws {
    let digest = "sha256:" + String(repeating: "0b", count: 32)
    try desk.adopt("designed", "gated", version: 2)
    try desk.record("package.published", "release/web/2.0", "digest=\(digest)")
    try desk.done("gate", "web/2.0", "--to", "prod")
    try desk.record(
      "deployment.started", "release/web/2.0", "deployment=d-7", "environment=prod", "digests=\(digest)")
    try desk.record("event.annulled", "ledger", "position=5", "reason=Of another release")
    let told = try ComplianceReport(canonical: [UInt8](report("--format", "json").output.dropLast()))
    let attempt = try #require(told.population.first { $0.deployment == "d-7" })
    #expect(attempt.findings.map(\.outcome) == [.violated, .satisfied])
    #expect(attempt.findings.map(\.once) == [.satisfied, nil])
    let decision = try #require(attempt.findings.last)
    #expect(decision.reason.hasSuffix("rested on what is annulled since: 5"), "\(decision.reason)")
  }

  @Test("a terminal of 80 columns takes every line of it")
  func narrow() throws {
    let console = try Console(desk, ["report", "compliance"])
    #expect(console.end() == 1)
    let lines = console.drawn.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\r\n")
    #expect(lines.count > 40)
    for line in lines where line.count > 80 { Issue.record("\(line.count) columns: \(line)") }
  }

  @Test(
    "the same position gives the same bytes, whatever is recorded later",
    arguments: ["text", "json", "ndjson", "csv", "markdown", "html", "oscal"])
  func asOf(format: String) throws {
    let first = try report("--at", "11", "--format", format)
    try desk.record("release.designed", "release/web/2.1", "strategy=canary", "takeBack=rollBack")
    try desk.record("deployment.started", "release/web/9", "deployment=d-9", "environment=prod")
    let again = try report("--at", "11", "--format", format)
    #expect(!first.output.isEmpty && first.output == again.output)
    #expect(try report("--format", format).output != first.output)
  }

  // MARK: Answers

  @Test("it exits 1 where a rule is violated or no policy judged a deployment to production, and else 0")
  func status() throws {
    let all = try report("--format", "csv")
    #expect(all.status == 1)
    let leftOut = "1 deployment to development is not in it: --context development\n"
    #expect(
      all.remarks == leftOut + "4 deployments: 1 rule violated, 0 overdue; 1 deployment without a policy\n")
    let clean = try report("--release", "web/2.0", "--format", "csv")
    #expect(clean.status == 0 && clean.remarks == leftOut)
    #expect(try report("--release", "api/1.0").status == 1)
    #expect(try report("--environment", "staging").status == 0)
  }

  @Test("production is told of where nobody asks otherwise, and what is left out is counted and named")
  func contexts() throws {
    #expect(try listed("--context", "production") == [2, 6, 9, 11])
    #expect(try listed("--context", "development") == [10])
    #expect(try listed("--context", "all") == [2, 6, 9, 10, 11])
    // Whoever names an environment asks about what that is for.
    #expect(try listed("--environment", "staging") == [10])
    #expect(try listed("--environment", "staging", "--context", "production").isEmpty)
    #expect(
      try report().text.contains("Not in this report  1 (to development: --context development tells of it)"))
    #expect(try report("--context", "every").status == 64)
  }

  @Test("figures of production and of development are never added up, and the exit status is of what was asked")
  func apart() throws {
    let all = try report("--context", "all", "--format", "json")
    let told = try ComplianceReport(canonical: [UInt8](all.output.dropLast()))
    #expect(told.totals.attempts == 4 && told.totals.leftOut == nil)
    #expect(told.developmentTotals?.attempts == 1 && told.developmentTotals?.unasked == 1)
    #expect(all.status == 1 && all.remarks.contains("to production: 4 deployments: 1 rule violated"))
    #expect(!all.remarks.contains("to development"))
    let text = try report("--context", "all").text
    #expect(text.contains("PRODUCTION: AT A GLANCE") && text.contains("DEVELOPMENT: AT A GLANCE"))
    #expect(try report("--context", "development").status == 0)
    #expect(try report("--context", "development", "--format", "json").text.contains(#""leftOut":4"#))
  }

  @Test("evidence that is cited and lies nowhere is named by position and digest")
  func missingEvidence() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    #expect(
      try report("--release", "web/2.0").remarks == """
        1 cited evidence file is not beside this log; verdicts rest on its digest
          5 \(digest)

        """)
  }

  @Test(
    "what nothing is recorded about is not reported on, and the nearest name is proposed",
    arguments: [
      (["--release", "web/2.11"], 66, "did you mean web/2.1?"),
      (["--package", "wob"], 66, "did you mean 'web'?"),
      (["--environment", "prd"], 66, "did you mean 'prod'?"),
      (["--framework", "soc2"], 64, "soc-2"),
      (["--release", "web"], 64, "payments-api/2026.11.3"),
      (["--release", "web/2.0", "--package", "web"], 64, "leave out --package"),
      (["--since", "2020-03-11", "--until", "2020-03-11"], 64, "must be before --until"),
      (["--since", "2020-03-11", "--zone", "Europe/Nowhere"], 64, "Europe/Nowhere"),
      (["--since", "soon"], 64, "--since is 'soon'"),
    ])
  func unknown(words: [String], status: Int, hint: String) throws {
    let run = try desk.run(Desk.program, ["report", "compliance"] + words)
    #expect(Int(run.status) == status)
    #expect(run.remarks.contains(hint), "\(run.remarks)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "a period begins at its first moment and ends before its last, and a day is one of the zone that is named")
  func period() throws {
    #expect(try listed("--until", "2020-03-10T23:30:01Z") == [11])
    #expect(try listed("--until", "2020-03-10T23:30:00Z").isEmpty)
    #expect(try listed("--since", "2020-03-10T23:30:00Z", "--until", "2020-04-01") == [11])
    #expect(try listed("--since", "2020-03-10T23:30:01Z", "--until", "2020-04-01").isEmpty)
    // Half past eleven in UTC is the next day in Berlin.
    #expect(try listed("--since", "2020-03-11", "--until", "2020-03-12").isEmpty)
    #expect(
      try listed("--since", "2020-03-11", "--until", "2020-03-12", "--zone", "Europe/Berlin") == [11])
    #expect(try listed("--since", "2020-03-11") == [2, 6, 9, 11])
  }

  @Test("only deployments of a package, a release or an environment are reported on where one is named")
  func narrowed() throws {
    #expect(try listed("--package", "web") == [6, 9, 11])
    #expect(try listed("--release", "release/web/2.0") == [6])
    #expect(try listed("--environment", "environment/prod", "--package", "api") == [2])
  }

  @Test(
    "a deployment of which the beginning was annulled stays, and what came after it is a deployment that is not lost"
  )
  func annulledBeginning() throws {
    try desk.record("event.annulled", "ledger", "position=6", "reason=It was another host")
    #expect(try listed() == [2, 6, 7, 9, 11])
    #expect(try listed("--release", "web/2.0") == [6, 7])
  }

  // MARK: Files

  @Test("a file holds the whole report, and stays as it was where there is none", arguments: ["html", "csv"])
  func file(format: String) throws {
    let whole = try report("--at", "11", "--format", format).output
    let run = try report("--at", "11", "--format", format, "-o", "report.out")
    #expect(run.status == 1 && run.output.isEmpty && run.remarks.contains("wrote report.out, which may"))
    #expect(try desk.bytes(of: "report.out") == whole)
    #expect(try report("--package", "wob", "--format", format, "-o", "report.out").status == 66)
    #expect(try desk.bytes(of: "report.out") == whole)
    #expect(try report("--format", format, "-o", "no-such-folder/report.out").status == 73)
    #expect(!desk.exists("no-such-folder"))
  }

  @Test("a report must be named")
  func nameless() throws {
    let run = try desk.relm("report")
    #expect(run.status == 64 && run.remarks.contains("relm report --help"))
  }
}
