import RelmDomain
import RelmRules
import Testing

@Suite("The catalogue of controls")
struct ControlCatalogueTests {
  private let catalogue = ControlCatalogue()

  /// What the program promises to have, in the order of the framework.
  private static let promised: [(framework: String, clauses: [String])] = [
    ("soc-2", ["CC8.1"]),
    ("iso-27001", ["A.5.3", "A.8.9", "A.8.17", "A.8.29", "A.8.31", "A.8.32"]),
    ("iso-20000-1", ["8.5.1", "8.5.2", "8.5.3"]),
    ("pci-dss", ["6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.5", "6.5.6"]),
    (
      "nist-800-53",
      [
        "CM-3(1)", "CM-3(2)", "CM-4(1)", "CM-4(2)", "CM-5(1)", "CM-6", "SA-10", "SA-11", "AC-5", "AU-8",
        "AU-9(3)",
        "AU-10",
      ]
    ),
    ("nist-ssdf", ["PS.2.1", "PS.3.1", "PS.3.2"]),
    ("slsa", ["Build L1", "Build L2", "Build L3", "Source L1", "Source L2", "Source L3", "Source L4"]),
    (
      "dora",
      ["Art. 9(4)(e)"] + ["a", "b", "c", "d", "e", "f", "g", "h"].map { "RTS Art. 17(1)(\($0))" }
        + ["RTS Art. 17(2)"]
    ),
    ("21-cfr-11", ["11.10(e)", "11.10(f)", "11.10(g)", "11.50", "11.70"]),
    (
      "sox-itgc",
      (1...7).map { "Change-\($0)" } + (1...4).map { "Access-\($0)" }
    ),
    (
      "sfia-relm",
      [
        "Overall", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3", "5.4", "6.1", "6.2",
        "6.3",
      ]
    ),
  ]

  @Test("it has every framework and every clause that is promised, and no other")
  func complete() throws {
    #expect(Set(catalogue.frameworks.map(\.id)) == Set(Self.promised.map(\.framework)))
    for (id, clauses) in Self.promised {
      #expect(try catalogue.framework(named: id).clauses.map(\.id) == clauses, "\(id)")
    }
    #expect(ControlCatalogue.builtInIDs == catalogue.frameworks.map(\.id))
    #expect(catalogue.frameworks.map(\.id) == catalogue.frameworks.map(\.id).sorted())
  }

  @Test("no framework says anything that cannot be meant")
  func problems() {
    for framework in ControlCatalogue.builtIn() { #expect(framework.problems() == [], "\(framework.id)") }
  }

  @Test("every rule and every fact of the ledger is evidence for some clause")
  func everythingIsUsed() {
    let clauses = catalogue.frameworks.flatMap(\.clauses)
    #expect(Set(RuleName.allCases).subtracting(clauses.flatMap(\.rules)) == [])
    #expect(Set(ControlFramework.LedgerProperty.allCases).subtracting(clauses.flatMap(\.evidence)) == [])
  }

  @Test("what the ledger does not show alone is said, in sentences, and no two clauses are described alike")
  func sentences() {
    var seen: Set<String> = []
    for framework in catalogue.frameworks {
      for clause in framework.clauses {
        #expect(seen.insert(clause.description).inserted, "\(framework.id) \(clause.id)")
        #expect(clause.title.last != "." && clause.title.count <= 70, "\(framework.id) \(clause.id)")
        for sentence in [clause.description, clause.why].compactMap({ $0 }) {
          #expect(sentence.last == "." && !sentence.contains("\n"), "\(framework.id) \(clause.id)")
        }
      }
    }
    for property in ControlFramework.LedgerProperty.allCases { #expect(property.meaning.last != ".") }
  }

  @Test("a framework and a clause are found by name, in small letters too, and else the nearest is told")
  func names() throws {
    #expect(try catalogue.framework(named: "SOC-2").id == "soc-2")
    let framework = try catalogue.framework(named: "nist-800-53")
    #expect(try framework.clause(named: "cm-3(1)").id == "CM-3(1)")
    #expect(throws: UnknownControl("iso27001", kind: .framework, among: ControlCatalogue.builtInIDs)) {
      try catalogue.framework(named: "iso27001")
    }
    #expect(
      UnknownControl("iso27001", kind: .framework, among: ControlCatalogue.builtInIDs).description
        == "there is no framework 'iso27001'; did you mean 'iso-27001'?")
    do throws(UnknownControl) {
      _ = try framework.clause(named: "CM-3(9)")
      Issue.record("a clause was found that is not there")
    } catch {
      #expect(error.description == "nist-800-53 has no clause 'CM-3(9)'; did you mean 'CM-3(1)'?")
      #expect(error.nearest == "CM-3(1)")
    }
    do throws(UnknownControl) {
      _ = try catalogue.framework(named: "slsa").clause(named: "X")
      Issue.record("a clause was found that is not there")
    } catch {
      #expect(
        error.description
          == "slsa has no clause 'X'; there are Build L1, Build L2, Build L3, Source L1, Source L2, Source L3, Source L4"
      )
    }
  }

  @Test("a house's clauses stand behind those that a framework has, and its own framework beside the others")
  func own() throws {
    let soc = try catalogue.framework(named: "soc-2")
    let clause = ControlFramework.Clause(
      id: "CC7.5", title: "Recovery", description: "One recovers.", coverage: .evidenced,
      rules: [.rollbackPlanned])
    let house = ControlFramework(id: "house", title: "Ours", edition: "1", clauses: [clause])
    let added = ControlFramework(id: soc.id, title: soc.title, edition: soc.edition, clauses: [clause])
    let whole = ControlCatalogue(adding: [added, house])
    #expect(try whole.framework(named: "soc-2").clauses.map(\.id) == ["CC8.1", "CC7.5"])
    #expect(try whole.framework(named: "soc-2").source == soc.source)
    #expect(try whole.framework(named: "house") == house)
    #expect(whole.frameworks.count == catalogue.frameworks.count + 1)
  }
}
