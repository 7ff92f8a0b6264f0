import Testing

@testable import RelmDomain

@Suite("What a policy cannot mean")
struct PolicyProblemTests {
  private typealias Requirement = PolicyDocument.Requirement

  private func policy(
    _ rules: [PolicyDocument.Requirement], id: String = "p", nonWaivable: [RuleName] = [], from: String? = nil,
    reviewBy: String? = nil
  ) -> PolicyDocument {
    PolicyDocument(
      id: id, version: "1", title: "t", context: .production, nonWaivable: nonWaivable, rules: rules,
      effectiveFrom: from.flatMap(Timestamp.init), reviewBy: reviewBy.flatMap(Timestamp.init))
  }

  private func pointers(_ document: PolicyDocument) -> [String] { document.problems.map(\.pointer) }

  @Test("the table of parameters says the same as the schema's words")
  func schema() throws {
    let rules = try #require(PolicyDocument.schema.first { $0.name == "rules" })
    let named = rules.fields.filter { $0.name != "rule" }
    #expect(Set(named.map(\.name)) == Set(RuleParameter.allCases.map(\.rawValue)))
    for field in named {
      let parameter = try #require(RuleParameter(rawValue: field.name))
      let words = try #require(field.meaning.split(separator: ":").last)
      let said = Set(words.split(whereSeparator: { " ,.".contains($0) }).map(String.init))
      let taking = Set(RuleName.allCases.filter { $0.parameters.contains(parameter) }.map(\.rawValue))
      #expect(said == taking, "\(field.name)")
    }
    for rule in RuleName.allCases {
      #expect(Set(rule.parameters).isSuperset(of: rule.requiredParameters))
    }
  }

  @Test("every parameter is refused of every rule that does not take it, and of no other")
  func parameters() throws {
    let span = try #require(TimeSpan("P1D"))
    let full = Requirement(
      rule: .planned, quorum: 1, level: 5, separate: [.author], scopes: [.deployment], suites: ["s"],
      assessments: [.licence], maximumResidual: 5, moments: [.before], partners: [.it], audiences: ["users"],
      leadTime: span, procedures: ["p"], predicateTypes: ["u:v"], communities: [.users], within: span,
      minimum: span, capabilities: ["c"], by: PolicyDocument.EvidenceSource(kinds: [.human]))
    for rule in RuleName.allCases {
      var requirement = full
      requirement.rule = rule
      let refused = RuleParameter.allCases.filter { !rule.parameters.contains($0) }.map {
        "/rules/0/\($0.rawValue)"
      }
      #expect(pointers(policy([requirement])) == refused)
      let needs = rule.requiredParameters.map { _ in "/rules/0" }
      #expect(pointers(policy([Requirement(rule: rule)])) == needs)
    }
  }

  @Test("a rule stands once, unless it is about something else each time")
  func twice() {
    #expect(pointers(policy([Requirement(rule: .planned), Requirement(rule: .planned)])) == ["/rules/1/rule"])
    let plan = Requirement(rule: .approved, quorum: 1, scopes: [.plan])
    let deployment = Requirement(rule: .approved, quorum: 2, separate: [.author], scopes: [.deployment])
    #expect(pointers(policy([plan, deployment])).isEmpty)
    let stricter = Requirement(rule: .approved, quorum: 3, level: 6, scopes: [.plan])
    #expect(pointers(policy([plan, deployment, stricter])) == ["/rules/2/rule"])
    let (day, hour) = (TimeSpan("P1D"), TimeSpan("PT1H"))
    #expect(
      pointers(policy([Requirement(rule: .verified, within: day), Requirement(rule: .verified, within: hour)]))
        == ["/rules/1/rule"])
    // Who brings the evidence is how it is asked, not what about.
    let anybody = Requirement(rule: .tested)
    let somebody = Requirement(rule: .tested, by: PolicyDocument.EvidenceSource(kinds: [.human]))
    #expect(pointers(policy([anybody, somebody])) == ["/rules/1/rule"])
    let suites = [["a", "b"], ["c"], ["b", "a"]].map { Requirement(rule: .tested, suites: $0) }
    #expect(pointers(policy(suites)) == ["/rules/2/rule"])
  }

  @Test("who may bring the evidence is somebody, and each is named once")
  func sources() {
    func pointers(_ source: PolicyDocument.EvidenceSource) -> [String] {
      self.pointers(policy([Requirement(rule: .tested, by: source)]))
    }
    #expect(pointers(PolicyDocument.EvidenceSource()) == ["/rules/0/by"])
    #expect(pointers(PolicyDocument.EvidenceSource(independentOf: [.author])).isEmpty)
    #expect(
      pointers(PolicyDocument.EvidenceSource(kinds: [.human, .human], capabilities: ["a", "b", "a"]))
        == ["/rules/0/by/kinds/1", "/rules/0/by/capabilities/2"])
  }

  @Test("numbers, lists, times and ids are within what can be meant")
  func values() {
    #expect(pointers(policy([Requirement(rule: .approved, quorum: 0)])) == ["/rules/0/quorum"])
    for wrong in [0, 26] {
      #expect(
        pointers(policy([Requirement(rule: .riskAssessed, maximumResidual: wrong)])) == [
          "/rules/0/maximumResidual"
        ])
    }
    for right in [1, 25] {
      #expect(pointers(policy([Requirement(rule: .riskAssessed, maximumResidual: right)])).isEmpty)
    }
    #expect(
      pointers(policy([Requirement(rule: .tested, suites: ["a", "b", "a"])], nonWaivable: [.tested, .tested]))
        == ["/nonWaivable/1", "/rules/0/suites/2"])
    let rule = [Requirement(rule: .planned)]
    let day = "2027-01-01T00:00:00Z"
    #expect(pointers(policy(rule, from: day, reviewBy: day)) == ["/reviewBy"])
    #expect(pointers(policy(rule, from: day, reviewBy: "2027-01-01T00:00:01Z")).isEmpty)
    #expect(pointers(policy(rule, id: "a//b")) == ["/id"])
    #expect(pointers(policy(rule, id: "a/b %")).isEmpty)
  }
}
