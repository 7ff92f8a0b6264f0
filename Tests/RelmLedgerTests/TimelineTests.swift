import RelmDomain
import RelmLedger
import RelmHistory
import RelmJudging
import RelmViews
import RelmProof
import RelmReports
import RelmTestSupport
import RelmVault
import Testing

@Suite("Timelines of the year")
struct TimelineTests {
  private let year: YearLedger

  init() throws { year = try YearLedger() }

  /// Somebody who knows everybody's account, and reads no sealed words.
  private var reader: Reader {
    let vault = year.ledger.vault
    return Reader(name: { try vault.displayName(of: $0) }, open: { _, _ in "…" })
  }

  @Test(
    "the timeline and the review draft of a release say what was looked at",
    arguments: ["1.0.0", "1.1.0", "2.0.0", "2.1.0", "2.2.0"])
  func goldens(version: String) throws {
    let report = try year.timeline(version)
    try Golden.expect(TimelineMarkdown(report, for: reader).text(), "timeline-\(version).md")
    let judged = try year.ledger.compliance(ComplianceQuestion(package: "payments-api", version: version))
    try Golden.expect(ReviewDraft(report, judged: judged, for: reader).text(), "review-\(version).md")
  }

  @Test("a report is read back from its JSON as it was, and every position that it cites is one of its entries")
  func report() throws {
    for version in ["1.0.0", "1.1.0", "1.2.0", "1.2.1", "2.0.0", "2.1.0", "2.1.1", "2.2.0", "3.0.0"] {
      let report = try year.timeline(version)
      #expect(try TimelineReport(canonical: report.bytes) == report)
      let told = Set(report.entries.map(\.position))
      var cited = report.phases.flatMap { [$0.first.position, $0.last.position] }
      cited += report.waits.flatMap { [$0.after, $0.before] }
      cited +=
        report.overrides.map(\.position) + report.findings.map(\.position) + report.actions.map(\.position)
      cited += report.skipped.map(\.position) + report.advice.map(\.moment.position)
      cited += report.annulled.flatMap { [$0.position, $0.by] } + report.incidents.map(\.position)
      cited += report.figures.flatMap(\.positions)
      #expect(Set(cited).isSubset(of: told), "\(version): \(Set(cited).subtracting(told))")
      let order = report.entries.map { Moment(at: $0.happened, position: $0.position) }
      #expect(order == order.sorted(), "\(version)")
    }
  }

  @Test("as of a moment a timeline knows what was recorded by then, and compares with what there was by then")
  func asOf() throws {
    let place = try #require(year.positions["approve-1.2.1"])
    let past = try year.ledger.asOf(.position(Position(place)))
    let report = try #require(try past.timeline("payments-api", "1.2.1"))
    #expect(report.entries.allSatisfy { $0.position.value <= place })
    #expect(report.asOf.events == Int(place) + 1)
    #expect(try past.timeline("payments-api", "3.0.0") == nil)
    let now = try year.timeline("1.2.1")
    #expect(now.entries.count > report.entries.count)
    #expect(report.earlier == now.earlier)
  }

  @Test("what is told a day late is marked by how late, and what does not count any more by what annuls it")
  func marks() throws {
    let report = try year.timeline("1.0.0")
    let late = report.entries.filter { $0.lateSeconds != nil }
    #expect(late.map(\.type) == ["deployment.finished"])
    #expect(late.first?.lateSeconds == 40 * 3600 + 1800 || late.first?.lateSeconds ?? 0 > 86_400)
    let annulled = report.entries.filter { $0.annulledBy != nil }
    #expect(annulled.map(\.type) == ["incident.attributed"])
    #expect(report.incidents.isEmpty, "what was annulled ties no incident to a release")
  }

  @Test(
    "what an environment is for, folded from registrations alone, is what its whole row says, at every position"
  )
  func contexts() throws {
    let names = ["production/eu", "production/us", "staging", "dev", "nowhere"]
    for place in stride(from: UInt64(0), to: try year.ledger.size().value, by: 9) {
      let past = try year.ledger.asOf(.position(Position(place)))
      try past.withViews { rows, _ in
        let history = History(indexes: rows) { try past.event(at: $0) }
        let contexts = try EnvironmentContexts(in: rows, history)
        for name in names {
          let row = try Environments.row(Environments.key(name), in: rows)
          #expect(contexts.isProduction(name) == (row?.currentContext != .development), "\(name) at \(place)")
        }
      }
    }
  }
}
