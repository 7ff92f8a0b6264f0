internal import RelmDomain

extension OSCAL {
  /// What is assessed: a clause of a framework, or where no framework is asked for a rule.
  struct Control {
    /// The framework that it is a clause of; nil for a rule.
    let framework: String?
    /// As the framework counts; a rule's name.
    let clause: String
    let title: String
    let rules: [RuleName]
    /// The rules of it that no policy asked of any deployment.
    let unasked: [RuleName]
    let coverage: ComplianceReport.Coverage
    /// What the ledger cannot show of it.
    let why: String?
    let tally: ComplianceReport.Tally

    /// Its id as a control. Clauses of NIST SP 800-53 are named as NIST's own OSCAL catalogue names them, `cm-3.1`; what
    /// has no catalogue gets its framework's name in front.
    var id: String {
      guard let framework else { return Text.token(clause) }
      guard framework != "nist-800-53" else { return Text.token(clause).lowercased() }
      return Text.token("\(framework)_\(clause)")
    }

    /// The id of what is to be shown of it.
    var objective: String { id + "_obj" }

    /// All of a report: its clauses, else the rules that were asked, in the order of the list of rules.
    static func all(of report: ComplianceReport) -> [Control] {
      guard report.clauses.isEmpty else { return report.clauses.map(Control.init) }
      var outcomes: [RuleName: [RuleOutcome]] = [:]
      for finding in report.population.flatMap(\.findings) {
        outcomes[finding.rule, default: []].append(finding.outcome)
      }
      return RuleName.allCases.compactMap { rule in
        outcomes[rule].map { Control(rule, ComplianceReport.Tally($0)) }
      }
    }

    private init(_ clause: ComplianceReport.Clause) {
      framework = clause.framework
      self.clause = clause.clause
      title = clause.title
      rules = clause.rules
      unasked = clause.unasked
      coverage = clause.coverage
      why = clause.why
      tally = clause.findings
    }

    private init(_ rule: RuleName, _ tally: ComplianceReport.Tally) {
      framework = nil
      clause = rule.rawValue
      title = "What the policies ask of every deployment under the rule \(rule.rawValue)"
      rules = [rule]
      unasked = []
      coverage = .evidenced
      why = nil
      self.tally = tally
    }

    var label: String { [framework, clause].compactMap(\.self).joined(separator: " ") }
  }

  /// Writes what each control is to show, so that the findings' targets are in the document.
  static func writeObjectives(of report: ComplianceReport, to writer: inout CanonicalWriter) {
    // A clause that is told of production and of development is one objective.
    var known: Set<String> = []
    let controls = Control.all(of: report).filter { $0.coverage != .outside && known.insert($0.label).inserted }
    guard !controls.isEmpty else { return }
    writer.object("local-definitions") { writer in
      writer.list("objectives-and-methods", controls) { writer, control in
        writer.object { writer in
          writer.member("control-id", control.id)
          writer.member("description", Text.line("\(control.label): \(control.title)"))
          writer.list("parts", [control]) { writer, control in
            writer.object { writer in
              writer.member("id", control.objective)
              writer.member("name", "assessment-objective")
              writer.member("prose", Text.line(control.title))
            }
          }
          writer.list("props", control.rules.map { Property("rule", $0.rawValue) }) { $1.write(to: &$0) }
        }
      }
    }
  }

  /// Writes the members of `reviewed-controls`: a selection for each framework; all of them where none is asked for.
  static func writeSelections(of report: ComplianceReport, to writer: inout CanonicalWriter) {
    let controls = Control.all(of: report)
    let frameworks = Set(controls.compactMap(\.framework)).sorted()
    let selected: [(framework: String?, controls: [Control])] =
      frameworks.isEmpty
      ? [(nil, [])] : frameworks.map { name in (name, controls.filter { $0.framework == name }) }
    writer.list(
      "control-objective-selections", [controls.filter { $0.coverage != .outside }].filter { !$0.isEmpty }
    ) {
      writer, objectives in
      writer.object { writer in
        writer.list("include-objectives", objectives) { writer, control in
          writer.object { $0.member("objective-id", control.objective) }
        }
      }
    }
    writer.list("control-selections", selected) { writer, selection in
      writer.object { writer in
        writeSelection(selection.framework, selection.controls, to: &writer)
      }
    }
  }

  private static func writeSelection(
    _ framework: String?, _ controls: [Control], to writer: inout CanonicalWriter
  ) {
    let inside = controls.filter { $0.coverage != .outside }
    let outside = controls.filter { $0.coverage == .outside }
    func list(_ name: String, _ controls: [Control]) {
      writer.list(name, controls) { writer, control in writer.object { $0.member("control-id", control.id) } }
    }
    let words = framework.map { name in
      "Clauses of \(name)" + (outside.isEmpty ? "" : "; what the ledger cannot show is excluded")
    }
    writer.member("description", Text.line(words ?? "The rules of the policies in force"))
    list("exclude-controls", outside)
    if inside.isEmpty { writer.object("include-all") { _ in } }
    list("include-controls", inside)
  }
}
