import Foundation
import RelmDomain
import Testing

/// A release that was withdrawn, a retired environment, an attempt that ended: what is over stays over.
@Suite("What is over")
struct OverTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("environment.registered", "environment/prod", "context=production")
    try desk.record("release.planned", "release/web/1.0", "class=normal")
    try desk.record(
      "package.published", "release/web/1.0", "digest=sha256:" + String(repeating: "0a", count: 32))
  }

  private func relm(_ words: String...) throws -> Desk.Run { try desk.run(Desk.program, words) }

  private func deploy(_ deployment: String, _ release: String = "web/1.0", to environment: String = "prod")
    throws
    -> Desk.Run
  {
    try relm(
      "record", "deployment.started", "-s", "release/\(release)", "deployment=\(deployment)",
      "environment=\(environment)")
  }

  /// One moment for all that a test tells, however slow it is.
  private static let now = Date()

  private static func ago(_ minutes: Int) -> String {
    now.addingTimeInterval(-60 * Double(minutes)).ISO8601Format()
  }

  @Test("deploying what was withdrawn is recorded, and said at once, in JSON as well")
  func withdrawn() throws {
    #expect(try deploy("d-1").remarks.isEmpty)
    try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    let run = try deploy("d-2")
    #expect(run.status == 0)
    #expect(
      run.remarks == """
        relm: web/1.0 is not to be deployed to prod: it was withdrawn at position 5; it is recorded, and in production \
        reports have it as an exception

        """)
    let json = try relm(
      "record", "deployment.started", "-s", "release/web/1.0", "deployment=d-3", "environment=prod", "--format",
      "json")
    let remarks = try #require(try Desk.object(json.text)["remarks"] as? [String])
    #expect(remarks.count == 1 && remarks[0].contains("withdrawn at position 5"))
  }

  @Test("an environment says of what runs there that it was withdrawn, for people and in JSON")
  func environmentPage() throws {
    _ = try deploy("d-1")
    try desk.record(
      "deployment.finished", "release/web/1.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
    #expect(try !relm("state", "environment/prod").text.contains("though"))
    let position = try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    #expect(
      try relm("state", "environment/prod").text.contains(
        "though    web 1.0 runs, though withdrawn at position \(position); since"))
    #expect(
      try relm("state", "environment/prod", "--format", "json").text.contains(
        #""though":"withdrawn at position \#(position)""#))
  }

  @Test("what changed between two moments says of what runs that it should not any more")
  func changed() throws {
    _ = try deploy("d-1")
    let end = try desk.record(
      "deployment.finished", "release/web/1.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
    let position = try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    for about in [[], ["environment/prod"]] {
      let run = try desk.run(Desk.program, ["diff", "\(end)", "now"] + about)
      #expect(run.text.contains("though  – → withdrawn at position \(position)"), "\(run.text)\(run.remarks)")
    }
    let earlier = try relm("diff", "\(end - 1)", "\(end)")
    #expect(!earlier.text.contains("though"))
  }

  @Test("the auditor's sample says of a deployment that its release was over, as the compliance report does")
  func sampled() throws {
    try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    _ = try deploy("d-1")
    let text = try relm("sample", "--size", "1", "--seed", "a").text
    #expect(text.contains("NOT TO BE RELEASED violated: it was withdrawn"), "\(text)")
  }

  @Test(
    "a retired environment, a requirement that does not run there, and a release that nobody built are said too"
  )
  func others() throws {
    try desk.record("environment.registered", "environment/old", "context=production")
    try desk.record("environment.retired", "environment/old", "reason=gone")
    #expect(try deploy("d-1", to: "old").remarks.contains("old was retired at position 5"))
    try desk.record("release.planned", "release/web/2.0", "class=normal", "requires=release/db/3")
    let run = try deploy("d-1", "web/2.0")
    #expect(run.remarks.contains("relm: web/2.0 requires db/3 in prod, and nothing of that runs there\n"))
    #expect(run.remarks.contains("relm: nothing says that web/2.0 was ever built\n"))
  }

  @Test("what is wrong in the same way with many events of an input is said once, with how many there are")
  func many() throws {
    try desk.record("release.withdrawn", "release/web/1.0", "reason=r")
    let lines = (0..<25).map {
      #"{"specversion":"1.0","id":"\#($0)","source":"/ci","type":"relm.deployment.started","subject":"release/web/1.0","data":{"deployment":"d-\#($0)","environment":"prod"}}"#
    }
    let run = try desk.run(Desk.program, ["append"], input: lines.joined(separator: "\n"))
    #expect(run.status == 0 && run.remarks.split(separator: "\n").count == 1)
    #expect(
      run.remarks.hasPrefix("relm: position 5 and 24 more: web/1.0 is not to be deployed"), "\(run.remarks)")
  }

  @Test("that a deployment goes on though it was withdrawn meanwhile is said when its end is recorded")
  func overtaken() throws {
    #expect(try deploy("d-1").remarks.isEmpty)
    try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    let run = try relm(
      "record", "deployment.finished", "-s", "release/web/1.0", "deployment=d-1", "environment=prod",
      "outcome=succeeded")
    #expect(run.status == 0)
    #expect(
      run.remarks == """
        relm: deployment d-1 began before, and it was withdrawn at position 5 while it was under way; it is recorded, and \
        in production reports have it as an exception that it went on: to take it back, roll it back or remove it

        """)
    let report = try relm("report", "compliance", "--release", "web/1.0")
    #expect(
      report.status == 1 && report.text.contains("it went on at position 6, and by then it was withdrawn"))
  }

  @Test("a rollback to what was withdrawn says so, though it names nothing")
  func rolledBack() throws {
    for (deployment, release) in [("d-1", "web/1.0"), ("d-2", "web/2.0")] {
      _ = try deploy(deployment, release)
      _ = try relm(
        "record", "deployment.finished", "-s", "release/\(release)", "deployment=\(deployment)",
        "environment=prod", "outcome=succeeded")
    }
    try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    let run = try relm(
      "record", "deployment.rolledback", "-s", "release/web/2.0", "deployment=d-2", "environment=prod")
    #expect(
      run.remarks.contains(
        "web/1.0, which runs again by this, is not to be deployed to prod: it was withdrawn at position 8;"))
    let report = try relm("report", "compliance", "--release", "web/1.0", "--format", "json")
    #expect(report.status == 1 && report.text.contains(#""restored":true"#), "\(report.text)")
  }

  @Test("a release that nobody has planned takes no other's place unsaid, and with strict names not at all")
  func successor() throws {
    let words = ["record", "release.superseded", "-s", "release/web/1.0", "by=release/web/1.01"]
    let strict = try desk.run(Desk.program, words + ["--strict-names"])
    #expect(strict.status == 65 && strict.remarks.contains("which is to take its place, nobody has planned"))
    let run = try desk.run(Desk.program, words)
    #expect(
      run.status == 0
        && run.remarks.contains("release/web/1.01, which is to take its place, nobody has planned"))
  }

  @Test("the gate of what is over says no with the reason, and records that")
  func gate() throws {
    try desk.adopt("planned")
    try desk.record("release.superseded", "release/web/1.0", "by=release/web/2.0")
    let run = try relm("gate", "web/1.0", "--to", "prod")
    #expect(run.status == 1)
    #expect(
      run.text == """
        gate closed: release/web/1.0 to prod, recorded at 6
          it was superseded by release/web/2.0 at position 5

        """)
    #expect(try desk.size() == 7)
  }

  @Test("production of what was withdrawn is an exception in every form of the report, though no policy asks")
  func report() throws {
    try desk.adopt("planned", "not-frozen")
    try desk.record("release.withdrawn", "release/web/1.0", "reason=data loss")
    #expect(try deploy("d-1").status == 0)
    for format in ["text", "json", "ndjson", "csv", "markdown", "html", "oscal"] {
      let run = try relm("report", "compliance", "--format", format)
      #expect(run.status == 1, "\(format)")
      #expect(run.text.contains("it was withdrawn at position 5"), "\(format)")
      #expect(
        run.remarks.contains("1 to production that was withdrawn, superseded, closed or refused"), "\(format)")
    }
    let told = try ComplianceReport(
      canonical: [UInt8](relm("report", "compliance", "--format", "json").output.dropLast()))
    #expect(told.totals.unreleasable == 1 && told.totals.clean == 0)
  }

  @Test("what runs is told with its withdrawal, or with what takes its place")
  func running() throws {
    #expect(try deploy("d-1").status == 0)
    try desk.record(
      "deployment.finished", "release/web/1.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
    #expect(try !relm("state", "running").text.contains("withdrawn"))
    try desk.record("release.withdrawn", "release/web/1.0", "reason=r")
    #expect(try relm("state", "running").text.contains("withdrawn at position 6"))
    let row = try Desk.object(String(try relm("state", "running", "--format", "ndjson").text.dropLast()))
    #expect(row["though"] as? String == "withdrawn at position 6")
    #expect(try relm("state", "release/web/1.0").text.contains("still runs there"))
  }

  @Test(
    "an end that is dated before its beginning is said at once, and is an end; the timeline shows the finding")
  func skew() throws {
    let subject = "release/web/1.0"
    try desk.record(
      "deployment.started", subject, "deployment=d-1", "environment=prod", "--time", Self.ago(30))
    let run = try relm(
      "record", "deployment.finished", "-s", subject, "deployment=d-1", "environment=prod", "outcome=succeeded",
      "--time",
      Self.ago(33))
    #expect(
      run.remarks.hasPrefix(
        "relm: this is dated 180 seconds before what stands at position 4, which it follows;"))
    #expect(try relm("state", subject).text.hasPrefix("release/web/1.0: deployed\n"))
    #expect(try relm("state", "running").text.contains("d-1"))
    let page = try relm("timeline", "web/1.0").text
    #expect(
      page.contains("deployment.finished is dated 3 min before deployment.started, which it follows"), "\(page)"
    )
    let report = try relm("report", "compliance").text
    #expect(report.contains("is dated 3 min before the one at"), "\(report)")
  }

  @Test("whoever annuls a beginning alone is told what still stands of it, and the command that annuls that")
  func annulled() throws {
    #expect(try deploy("d-1").status == 0)
    try desk.record(
      "deployment.finished", "release/web/1.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
    let run = try relm("record", "event.annulled", "-s", "ledger", "position=4", "reason=another host")
    #expect(
      run.remarks == """
        relm: of deployment d-1 position 5 still counts as a deployment of its own; to annul that too: relm record \
        event.annulled --subject ledger position=5 reason=…

        """)
    #expect(
      try relm("record", "event.annulled", "-s", "ledger", "position=5", "reason=another host").remarks.isEmpty)
  }
}
