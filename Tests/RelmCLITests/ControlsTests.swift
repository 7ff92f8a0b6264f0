import Foundation
import Testing

@Suite("relm controls")
struct ControlsTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  /// Runs a command and compares all of it.
  private func controls(
    _ words: String..., input: String? = nil, output: String = "", remarks: String = "", status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try desk.run(Desk.program, ["controls"] + words, input: input)
    #expect(run.text == output, sourceLocation: sourceLocation)
    #expect(run.remarks == remarks, sourceLocation: sourceLocation)
    #expect(run.status == status, sourceLocation: sourceLocation)
  }

  private static let house = """
    id: house
    title: Our own
    edition: 3
    clauses:
      - id: R-1
        title: Two people look
        description: Nobody puts a change of their own into production alone.
        coverage: partly
        why: Who can sign in to production is shown elsewhere.
        rules: [approved, gated]
        evidence: [enforced-authority]
      - id: R-2
        title: Times
        description: Records bear times.
        coverage: evidenced
        evidence: [two-clocks]

    """

  // MARK: Listing

  @Test("the frameworks are listed with how much of them is covered, without a ledger")
  func list() throws {
    let text = try desk.done("controls", "list")
    let lines = text.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[0].hasPrefix("FRAMEWORK    TITLE "))
    #expect(lines[0].hasSuffix("  CLAUSES  EVIDENCED  PARTLY  OUTSIDE"))
    let csv = try desk.done("controls", "list", "--format", "csv")
    #expect(csv.contains("\"PCI DSS, payment card data security\",4.0.1,6,0,4,2\r\n"))
    #expect(
      try desk.done("controls", "list", "--format", "ndjson").contains(
        #"{"framework":"pci-dss","title":"PCI DSS, payment card data security","edition":"4.0.1","clauses":6,"evidenced":0,"partly":4,"outside":2}"#
          + "\n"))
    #expect(!desk.exists(".relm"))
  }

  @Test("a framework's clauses are listed, as rows and whole")
  func clauses() throws {
    try controls(
      "list", "house", "--controls", "-", input: Self.house,
      output: """
        FRAMEWORK  CLAUSE  COVERAGE   TITLE            RULES            EVIDENCE
        house      R-1     partly     Two people look  approved, gated  enforced-authority
        house      R-2     evidenced  Times                             two-clocks

        """)
    try controls(
      "list", "house", "--controls", "-", "--format", "ndjson", input: Self.house,
      output: #"""
        {"clause":{"coverage":"partly","description":"Nobody puts a change of their own into production alone.","evidence":["enforced-authority"],"id":"R-1","rules":["approved","gated"],"title":"Two people look","why":"Who can sign in to production is shown elsewhere."},"framework":"house"}
        {"clause":{"coverage":"evidenced","description":"Records bear times.","evidence":["two-clocks"],"id":"R-2","title":"Times"},"framework":"house"}

        """#)
    try controls(
      "list", "house", "--controls", "-", "--format", "csv", input: Self.house,
      output:
        "framework,clause,coverage,title,rules,evidence\r\nhouse,R-1,partly,Two people look,\"approved, gated\",enforced-authority\r\n"
        + "house,R-2,evidenced,Times,,two-clocks\r\n")
  }

  @Test("what a rule or a fact of the ledger is evidence for is listed over all frameworks, or in one")
  func evidence() throws {
    try desk.write(Self.house, to: "house.yaml")
    let all = try desk.done(
      "controls", "list", "--rule", "gated", "--controls", "house.yaml", "--format", "csv")
    #expect(all.contains("\r\nhouse,R-1,") && all.contains("\r\nsoc-2,CC8.1,") && !all.contains(",R-2,"))
    let clocks = try desk.done("controls", "list", "--evidence", "two-clocks", "--format", "csv")
    #expect(
      clocks.contains("\r\nnist-800-53,AU-8,evidenced,") && clocks.contains("\r\niso-27001,A.8.17,partly,"))
    #expect(!clocks.contains("CC8.1"))
    try controls(
      "list", "house", "--rule", "tested", "--controls", "house.yaml",
      remarks: "no clause is evidenced by that\n")
  }

  // MARK: Showing

  @Test("a clause is shown with what it asks, how much of it is covered, why, and by what")
  func clause() throws {
    try desk.write(Self.house, to: "house.yaml")
    try controls(
      "show", "house", "r-1", "--controls", "house.yaml",
      output: """
        framework   house, Our own, 3
        clause      R-1
        title       Two people look
        asks        Nobody puts a change of their own into production alone.
        coverage    partly
        why         Who can sign in to production is shown elsewhere.
        rules       approved, gated
        evidence    enforced-authority: An act, such as an approval, a waiver or a
                    freeze, is taken only from who has the authority for it then, and is
                    no favour to oneself

        """)
    try controls(
      "show", "house", "R-2", "--controls", "house.yaml", "--format", "json",
      output:
        #"{"coverage":"evidenced","description":"Records bear times.","evidence":["two-clocks"],"id":"R-2","title":"Times"}"#
        + "\n")
    let text = try desk.done("controls", "show", "nist-800-53", "AU-9(3)")
    for word in ["merkle-tree", "signed-checkpoints", "coverage    partly\n"] { #expect(text.contains(word)) }
    #expect(!text.contains("\nrules "))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("a framework is shown with its clauses, and as JSON it is a file that may be taken again")
  func framework() throws {
    try desk.write(Self.house, to: "house.yaml")
    try controls(
      "show", "house", "--controls", "house.yaml",
      output: """
        framework   house
        title       Our own
        edition     3
        coverage    1 evidenced, 1 partly, 0 outside

        CLAUSE  COVERAGE   TITLE
        R-1     partly     Two people look
        R-2     evidenced  Times

        """)
    let json = try desk.done("controls", "show", "house", "--controls", "house.yaml", "--format", "json")
    try controls("show", "house", "--controls", "-", "--format", "json", input: json, output: json)
    let slsa = try desk.done("controls", "show", "slsa", "--format", "json")
    try desk.write(slsa.replacing(#""id":"slsa""#, with: #""id":"own-slsa""#), to: "own.json")
    #expect(
      try desk.done("controls", "show", "own-slsa", "--controls", "own.json", "--format", "json")
        == slsa.replacing(#""id":"slsa""#, with: #""id":"own-slsa""#))
  }

  // MARK: A house's own

  @Test("several files add up, each to what stands before it")
  func several() throws {
    try desk.write(Self.house, to: "house.yaml")
    let more = """
      id: house
      title: Our own
      edition: 3
      clauses: [{id: R-3, title: More, description: More., coverage: outside, why: Elsewhere.}]
      """
    try desk.write(more, to: "more.yaml")
    let text = try desk.done(
      "controls", "list", "house", "--controls", "house.yaml", "--controls", "more.yaml", "--format", "csv")
    #expect(
      text.split(separator: "\r\n").map { $0.split(separator: ",")[1] } == ["clause", "R-1", "R-2", "R-3"])
    let twice = try desk.relm("controls", "list", "--controls", "house.yaml", "--controls", "house.yaml")
    #expect(twice.status == 65)
    #expect(
      twice.remarks.hasPrefix(
        "house.yaml:5:9: /clauses/0/id: house has a clause “R-1” already, and a file only adds to it."))
  }

  @Test("what is wrong with a file is told by line and column, and nothing is listed")
  func faults() throws {
    try desk.write(
      Self.house.replacing("approved, gated", with: "aproved").replacing("two-clocks", with: "two-clock"),
      to: "house.yaml")
    let run = try desk.relm("controls", "list", "--controls", "house.yaml")
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    let lines = run.remarks.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("house.yaml:10:13: /clauses/0/rules/0: “aproved” is none of "))
    #expect(lines[0].hasSuffix("did you mean “approved”?"))
    #expect(lines[1].hasPrefix("house.yaml:16:16: /clauses/1/evidence/0: “two-clock” is none of "))
    #expect(lines[1].hasSuffix("did you mean “two-clocks”?"))
    #expect(try desk.relm("controls", "list", "--controls", "missing.yaml").status == 66)
  }

  @Test("who names what is not there is told the nearest, and the status is 64")
  func unknown() throws {
    try controls(
      "show", "iso27001", remarks: "relm: there is no framework 'iso27001'; did you mean 'iso-27001'?\n",
      status: 64)
    try controls(
      "show", "soc-2", "CC8.2", remarks: "relm: soc-2 has no clause 'CC8.2'; did you mean 'CC8.1'?\n",
      status: 64)
    try controls(
      "list", "--rule", "aproved", remarks: "relm: there is no rule 'aproved'; did you mean 'approved'?\n",
      status: 64)
    try controls(
      "list", "--evidence", "two-clock",
      remarks: "relm: the ledger has no evidence named 'two-clock'; did you mean 'two-clocks'?\n", status: 64)
    let run = try desk.relm("controls", "list", "itil")
    #expect(run.remarks.hasPrefix("relm: there is no framework 'itil'; there are 21-cfr-11, dora, "))
    #expect(run.status == 64)
    #expect(try desk.relm("controls").status == 64)
    #expect(try desk.relm("controls", "lst").remarks.contains("did you mean 'list'?"))
    #expect(try desk.relm("controls", "show").status == 64)
  }
}
