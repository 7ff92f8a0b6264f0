import RelmDomain
import RelmLedger
import RelmJudging
import RelmProof
import Testing

@Suite("What is due in the ledger of a year")
struct ObligationTests {
  @Test(
    "whenever it is asked, the duties are those that the compliance report calls pending or overdue",
    arguments: ["2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-11-23T00:00:00Z", "2027-01-01T00:00:00Z"])
  func agree(time: String) throws {
    let year = try YearLedger(adopting: "regulated")
    year.machine.now = try #require(Instant("2027-01-01T00:00:00Z"))
    let ledger = try year.ledger.asOf(.time(try #require(Instant(time))))
    let report = try ledger.compliance(ComplianceQuestion())
    let duties = try ledger.obligations()
    let open = report.population.flatMap { attempt in
      attempt.findings.filter { $0.outcome == .pending || $0.outcome == .overdue }.map { finding in
        "\(attempt.position.value)/\(finding.policy)/\(finding.policyVersion)/\(finding.place)"
          + (finding.outcome == .overdue ? " overdue" : "")
      }
    }
    let asOf = ledger.surroundings.now()
    // Several policies may ask for the same.
    let owed = duties.flatMap(\.policies)
    #expect(Set(owed.map { $0.id + ($0.due.map { $0 < asOf } ?? false ? " overdue" : "") }) == Set(open))
    for duty in duties where duty.rule != nil {
      #expect(duty.id == duty.policies.first?.id && duty.due == duty.policies.compactMap(\.due).min())
    }
    #expect(report.totals.findings.pending + report.totals.findings.overdue == owed.count)
  }

  @Test(
    "an override is to be ratified and reviewed as long as the report says that it is open, and by its date")
  func overrides() throws {
    let year = try YearLedger(adopting: "regulated")
    for time in ["2026-06-01T00:00:00Z", "2026-11-23T00:00:00Z", "2027-01-01T00:00:00Z"] {
      year.machine.now = max(year.machine.now, try #require(Instant(time)))
      let ledger = try year.ledger.asOf(.time(try #require(Instant(time))))
      let asOf = ledger.surroundings.now()
      let duties = try ledger.obligations { $0.kind == .overrideRatification || $0.kind == .overrideReview }
      for use in try ledger.compliance(ComplianceQuestion()).overrides {
        let open = duties.filter { $0.id == "\(use.position.value)" && $0.done == nil }
        switch use.state {
        case .open:
          #expect(!open.isEmpty && !open.contains { $0.isOverdue(at: asOf) }, "\(time), \(use.position)")
        case .overdue: #expect(!open.isEmpty && open.allSatisfy { $0.isOverdue(at: asOf) }, "\(time)")
        case .closed: #expect(open.isEmpty, "\(time), \(use.position)")
        case .unused: #expect(!open.contains { $0.isOverdue(at: asOf) }, "\(time), \(use.position)")
        }
        #expect(open.allSatisfy { $0.due == use.due || use.state == .unused })
      }
    }
  }

  @Test("what is due of one release is what is due of it among all")
  func ofOneRelease() throws {
    let year = try YearLedger(adopting: "regulated")
    year.machine.now = try #require(Instant("2027-01-01T00:00:00Z"))
    let all = try year.ledger.obligations { $0.done == nil }
    let releases = Set(all.map(\.subject).filter { $0.hasPrefix("release/") })
    #expect(!releases.isEmpty)
    for release in releases {
      let own = try year.ledger.obligations(under: release) { $0.done == nil }
      #expect(
        Set(own.map { "\($0.kind) \($0.id)" })
          == Set(all.filter { $0.subject == release }.map { "\($0.kind) \($0.id)" }))
    }
    let begun = try year.ledger.obligations(under: "release") { $0.done == nil }
    #expect(begun.count == all.filter { $0.subject.hasPrefix("release/") }.count)
  }
}
