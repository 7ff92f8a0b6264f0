import RelmDomain
import RelmInterchange
import Testing

@Suite("A framework of controls as text")
struct ControlsTextTests {
  private static let known = ControlFramework(
    id: "soc-2", title: "SOC 2", edition: "2017",
    clauses: [
      ControlFramework.Clause(
        id: "CC8.1", title: "t", description: "d", coverage: .evidenced, rules: [.approved])
    ])

  private func faults(_ text: String) -> [String] {
    do throws(DocumentFaults) {
      _ = try ControlsText(Array(text.utf8), beside: [Self.known])
      return []
    } catch {
      return error.faults.map { "\($0)" }
    }
  }

  @Test("one in YAML is read as it is meant, words that look like numbers too")
  func good() throws {
    let text = """
      id: house
      title: Ours
      edition: 2026
      clauses:
        - id: 1.10
          title: Two people
          description: Nobody is alone.
          coverage: partly
          why: Sign-in is shown elsewhere.
          rules: [approved]
          evidence: [enforced-authority]
      """
    let framework = try ControlsText(Array(text.utf8), beside: [Self.known]).framework
    #expect(
      framework
        == ControlFramework(
          id: "house", title: "Ours", edition: "2026",
          clauses: [
            ControlFramework.Clause(
              id: "1.10", title: "Two people", description: "Nobody is alone.", coverage: .partly,
              why: "Sign-in is shown elsewhere.", rules: [.approved], evidence: [.enforcedAuthority])
          ]))
  }

  @Test("all that is wrong is told, in the order of the text, with what is near")
  func all() {
    #expect(
      faults(
        """
        id: house
        titel: Ours
        edition: 1
        clauses:
          - id: R-1
            title: a
            description: b
            coverage: evidenced
            rules: [aproved]
            evidence: [two-clock]
          - id: R-2
            title: a
            description: b
            coverage: partly
            rules: [approved]
          - id: R-3
            title: a
            description: b
            coverage: partially
            rules: [approved]
        """)
        == [
          "1:1: /title: title is missing",
          "2:1: /titel: “titel” is not known here; did you mean “title”?",
          "9:13: /clauses/0/rules/0: “aproved” is none of approved, attested, authorised, baselined, built, "
            + "capability-in-place, classified, communicated, components-assessed, designed, gated, handed-over, "
            + "not-frozen, partners-consulted, personnel-competent, planned, procedure-applied, reconciled, "
            + "recorded-promptly, releasable, requirements-met, reviewed, risk-assessed, rollback-planned, scheduled, supported, tested, validated, "
            + "verified; did you mean “approved”?",
          "10:16: /clauses/0/evidence/0: “two-clock” is none of activity-record, append-only-log, "
            + "authority-register, capability-register, delivery-metrics, deployment-population, digest-chain, "
            + "enforced-authority, environment-register, escalation-record, evidence-by-digest, holds-and-disposals, "
            + "merkle-tree, named-actors, obligations, observed-drift, past-states, pinned-decisions, policy-history, "
            + "procedure-register, reconciliation, recorded-exceptions, refused-contradictions, release-calendar, "
            + "service-record, signed-checkpoints, two-clocks; did you mean “two-clocks”?",
          "14:15: /clauses/1/coverage: a clause that is partly says why. Add why: what the ledger cannot show of it",
          "19:15: /clauses/2/coverage: “partially” is none of evidenced, outside, partly",
        ])
  }

  @Test("what only makes no sense is told with its place")
  func problems() {
    let clause = "  - {id: R-1, title: a, description: b, coverage: evidenced, rules: [approved]}\n"
    #expect(
      faults("id: house\ntitle: t\nedition: 1\nclauses:\n\(clause)\(clause)")
        == ["6:10: /clauses/1/id: the clause “R-1” stands twice, first at /clauses/0. Leave one out"])
    #expect(
      faults("id: soc-2\ntitle: SOC 2\nedition: 2022\nclauses:\n\(clause)")
        == [
          "3:10: /edition: soc-2 is known already, with the edition “2017”. Write the same to add clauses to it, or give "
            + "your framework an id of its own"
        ])
    #expect(
      faults("id: soc-2\ntitle: SOC 2\nedition: 2017\nclauses:\n\(clause.replacing("R-1", with: "CC8.1"))")
        == [
          "5:10: /clauses/0/id: soc-2 has a clause “CC8.1” already, and a file only adds to it. Leave it out, or give "
            + "your framework an id of its own"
        ])
    #expect(faults("id: soc-2\ntitle: SOC 2\nedition: 2017\nclauses:\n\(clause)") == [])
    #expect(faults("") == ["1:1: there is nothing in it but space and comments"])
    #expect(
      faults("id: a\nid: b\n") == ["2:1: the key “id” stands twice, first at 1:1"])
  }

  @Test("clauses that are spoilt twenty times over are told up to the limit")
  func limit() {
    let clause = "  - {id: 1, title: a, description: b, coverage: no, rules: [approved]}\n"
    #expect(
      faults("id: house\ntitle: t\nedition: 1\nclauses:\n" + String(repeating: clause, count: 30)).count
        == DocumentFaults.limit)
  }
}
