import RelmDomain
import Testing

@Suite("What a framework of controls cannot mean")
struct ControlProblemTests {
  private typealias Clause = ControlFramework.Clause

  private func clause(
    _ id: String = "1", _ coverage: ControlFramework.Coverage = .evidenced, why: String? = nil,
    rules: [RuleName] = [.approved], evidence: [ControlFramework.LedgerProperty] = []
  ) -> ControlFramework.Clause {
    ControlFramework.Clause(
      id: id, title: "t", description: "d", coverage: coverage, why: why, rules: rules, evidence: evidence)
  }

  private func framework(
    _ clauses: ControlFramework.Clause..., id: String = "house", title: String = "t", edition: String = "1",
    source: String? = nil
  ) -> ControlFramework {
    ControlFramework(id: id, title: title, edition: edition, source: source, clauses: clauses)
  }

  private func pointers(_ framework: ControlFramework, beside known: [ControlFramework] = []) -> [String] {
    framework.problems(beside: known).map(\.pointer)
  }

  @Test("a clause says why exactly where the ledger does not show all of it")
  func why() {
    #expect(pointers(framework(clause())) == [])
    #expect(pointers(framework(clause(why: "w"))) == ["/clauses/0/why"])
    #expect(pointers(framework(clause("1", .partly))) == ["/clauses/0/coverage"])
    #expect(pointers(framework(clause("1", .partly, why: "w"))) == [])
    #expect(pointers(framework(clause("1", .outside, rules: []))) == ["/clauses/0/coverage"])
    #expect(pointers(framework(clause("1", .outside, why: "w", rules: []))) == [])
  }

  @Test("a clause has evidence exactly where it is not outside")
  func evidence() {
    #expect(pointers(framework(clause(rules: []))) == ["/clauses/0/coverage"])
    #expect(pointers(framework(clause(rules: [], evidence: [.twoClocks]))) == [])
    #expect(pointers(framework(clause("1", .partly, why: "w", rules: []))) == ["/clauses/0/coverage"])
    #expect(pointers(framework(clause("1", .outside, why: "w"))) == ["/clauses/0/coverage"])
    #expect(
      pointers(framework(clause("1", .outside, why: "w", rules: [], evidence: [.twoClocks])))
        == ["/clauses/0/coverage"])
  }

  @Test("nothing stands twice")
  func twice() {
    #expect(pointers(framework(clause("1"), clause("2"), clause("1"))) == ["/clauses/2/id"])
    #expect(
      pointers(framework(clause(rules: [.approved, .tested, .approved], evidence: [.twoClocks, .twoClocks])))
        == ["/clauses/0/rules/2", "/clauses/0/evidence/1"])
  }

  @Test(
    "an id can be typed",
    arguments: [
      ("a", true), ("iso-27001", true), ("1.2", true), ("", false), ("-a", false), ("A", false), ("a b", false),
      ("a/b", false), ("ä", false),
    ])
  func ids(_ id: String, _ isGood: Bool) {
    #expect(pointers(framework(clause(), id: id)) == (isGood ? [] : ["/id"]))
  }

  @Test("who adds to a framework names it as it is named, and adds only")
  func adding() {
    let known = [framework(clause("1"), source: "a:b")]
    #expect(pointers(framework(clause("2")), beside: known) == [])
    #expect(pointers(framework(clause("2"), source: "a:b"), beside: known) == [])
    #expect(pointers(framework(clause("1"), clause("2")), beside: known) == ["/clauses/0/id"])
    #expect(
      pointers(framework(clause("2"), title: "u", edition: "2", source: "a:c"), beside: known)
        == ["/title", "/edition", "/source"])
    #expect(pointers(framework(clause("1"), id: "other", title: "u"), beside: known) == [])
  }

  @Test("the schema describes every field of a clause, with the words of its closed lists")
  func schema() throws {
    let clauses = try #require(ControlFramework.schema.first { $0.name == "clauses" })
    #expect(
      clauses.fields.map(\.name) == ["id", "title", "description", "coverage", "why", "rules", "evidence"])
    let choices = Dictionary(uniqueKeysWithValues: clauses.fields.map { ($0.name, $0.choices) })
    #expect(choices["coverage"] == ControlFramework.Coverage.allCases.map(\.rawValue))
    #expect(choices["rules"] == RuleName.allCases.map(\.rawValue))
    #expect(choices["evidence"] == ControlFramework.LedgerProperty.allCases.map(\.rawValue))
  }
}
