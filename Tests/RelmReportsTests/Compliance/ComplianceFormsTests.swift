import RelmDomain
import RelmReports
import Testing

@Suite("The compliance report in Markdown")
struct ComplianceMarkdownTests {
  private func text(_ report: ComplianceReport, for reader: Reader = SampleCompliance.reader) throws -> String {
    try ComplianceMarkdown(report, for: reader).text()
  }

  @Test("a quarter in which every outcome occurs becomes the text that is kept here")
  func golden() throws { try Golden.expect(text(SampleCompliance.quarter), is: "compliance.md") }

  @Test(
    "what holds and what does not comes first, production before development, and every deployment in an annex behind"
  )
  func order() throws {
    let headings = try text(SampleCompliance.quarter).split(separator: "\n").filter {
      $0.hasPrefix("## ") || $0.hasPrefix("# ")
    }
    #expect(
      headings.dropFirst() == [
        "## Production: at a glance", "## Production: exceptions by rule",
        "## Production: exceptions by release",
        "## Development: at a glance", "## Not to be released", "## Ungoverned", "## Annulled deployments",
        "## Overrides", "## Duty conflicts", "## Late evidence", "## Governance changes",
        "## Authority register",
        "## Reconciliation", "## Coverage by clause", "## Before the ledger: not judged", "## Nothing to tell",
        "# Annex", "## Population", "## Exceptions one by one", "## Outcomes", "## How to check it",
      ])
  }

  @Test("each kind of exception is told with how often, how old and what to do, the gravest first")
  func kinds() throws {
    let text = try text(SampleCompliance.quarter)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    let byRule = rows.filter {
      $0.contains(" Now: ") || $0.contains("Next time") || $0.contains("Adopt a policy")
    }
    #expect(byRule.contains { $0.contains("handed-over") && $0.contains("relm record handover.accepted") })
    #expect(byRule.first?.contains("no policy in force") == true)
    #expect(
      byRule.contains { $0.contains("tested | **violated** | 1 | 1 | 2026-11-18 | 6 d 6 h") }, "\(byRule)")
  }

  @Test("every deployment appears, however many there are")
  func population() throws {
    let report = SampleCompliance.crowded(2_100)
    let lines = try text(report).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("### ") } == 2_100)
    #expect(lines.contains { $0.hasPrefix("### \\[21990\\] ") })
    #expect(!lines.contains { $0.hasPrefix("## Exceptions one by one") })
  }

  @Test("words of people stay words, and every row has the cells of its table")
  func hostile() throws {
    let attack = HostileCompliance.attack
    let text = try text(HostileCompliance.report, for: Reader(name: { _ in attack }, open: { _, _ in nil }))
    #expect(!text.replacing("\\<", with: "").contains("<"))
    #expect(!text.replacing("\\*\\*b\\*\\*", with: "").contains("**b**"))
    var cells = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        cells = 0
        continue
      }
      let count = line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false).count
      #expect(cells == 0 || count == cells)
      cells = count
    }
  }

  @Test("a report of nothing says so of everything")
  func nothing() throws {
    let text = try text(SampleCompliance.empty)
    #expect(!text.contains("|"))
    #expect(text.contains("No deployment belongs to the scope."))
  }
}

@Suite("The compliance report as rows")
struct ComplianceRowsTests {
  private let rows = ComplianceRows(for: SampleCompliance.reader)

  @Test("every finding has a row, and a deployment without findings has one too")
  func complete() throws {
    for attempt in SampleCompliance.quarter.population {
      let rows = try rows.rows(of: attempt)
      #expect(rows.count == max(1, attempt.findings.count))
      for row in rows {
        #expect(row.count == ComplianceRows.columns.count)
        #expect(row[0] == "\(attempt.position)")
      }
    }
  }

  @Test("a row has the finding with what set it aside, under the names of its columns")
  func fields() throws {
    let waived = try rows.rows(of: SampleCompliance.waivedAndOverdue)[3]
    let named = Dictionary(uniqueKeysWithValues: zip(ComplianceRows.columns, waived))
    #expect(named["rule"] == "approved")
    #expect(named["outcome"] == "waived")
    #expect(named["positions"] == "49 52")
    #expect(named["waiver"] == "52")
    #expect(named["waivedBy"] == "Omar O’Sample")
    #expect(named["waivedUntil"] == "2026-12-01T00:00:00.000000Z")
    #expect(named["control"] == "A second pair of eyes looks at the change within a day & says so")
    #expect(named["reason"] == "deployment: 1 of 2 approvals count, the one of Mary Example")
    #expect(named["begun"] == "2026-11-14T20:20:00.000000Z")
    #expect(named["policyVersion"] == "3")

    let overridden = try rows.rows(of: SampleCompliance.brokenAndOverridden)[2]
    let others = Dictionary(uniqueKeysWithValues: zip(ComplianceRows.columns, overridden))
    #expect(others["override"] == "75")
    #expect(others["waiver"] == "")
    #expect(others["deploymentOutcome"] == "failed")
  }

  @Test("a deployment that was not judged says why, and nothing of a rule")
  func unjudged() throws {
    let row = try rows.rows(of: SampleCompliance.beforeLedger)[0]
    #expect(row[7] == "beforeLedger")
    #expect(row[8...].dropLast().allSatisfy { $0.isEmpty })
    #expect(row.last == "production")
  }
}
