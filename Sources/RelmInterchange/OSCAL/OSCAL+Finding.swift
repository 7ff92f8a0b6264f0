internal import RelmDomain

extension OSCAL {
  /// What a control came to.
  ///
  /// OSCAL knows satisfied and not, so what is not plainly shown is not satisfied; the reason tells the two apart. `fail`:
  /// a rule is violated or overdue. `other`: rules are waived, overridden or pending, no policy asked for them, or nothing
  /// was judged; also where all holds and the ledger can show a part of the clause only. `pass`: all holds, and that is all.
  struct ControlFinding {
    private let control: Control
    private let uuid: UUIDText
    private let observations: [UUIDText]
    private let risks: [UUIDText]
    private let ids: Identifiers

    /// Those of every control that the ledger can say something about.
    static func all(of report: ComplianceReport, _ ids: Identifiers, risks: [Risk]) -> [ControlFinding] {
      // What a clause came to in production is one thing, and in development another.
      let kind = report.scope.context == .development ? ["development"] : []
      return Control.all(of: report).filter { $0.coverage != .outside }.map { control in
        let rules = Set(control.rules)
        let attempts = report.population.filter { $0.findings.contains { rules.contains($0.rule) } }
        return ControlFinding(
          control: control, uuid: ids.uuid("finding", [control.framework ?? "rule", control.clause] + kind),
          observations: attempts.map { ids.observation(of: $0.position) },
          risks: risks.filter { risk in risk.rule.map(rules.contains) ?? false }.map(\.uuid), ids: ids)
      }
    }

    private var standing: (isSatisfied: Bool, reason: String) {
      let tally = control.tally
      guard tally.violated + tally.overdue == 0 else { return (false, "fail") }
      let isShown = tally.satisfied + tally.satisfiedLate > 0
      let isAside = tally.waived + tally.overridden + tally.pending > 0
      guard isShown, !isAside, control.unasked.isEmpty else { return (false, "other") }
      return (true, control.coverage == .evidenced ? "pass" : "other")
    }

    private var counts: String {
      let counts = RuleOutcome.allCases.filter { control.tally[$0] > 0 }.map { outcome in
        "\(control.tally[outcome]) \(PlainWords.of(outcome.rawValue))"
      }
      return counts.isEmpty ? "nothing was judged" : counts.joined(separator: ", ")
    }

    private var remarks: String? {
      var words: [String] = []
      if let why = control.why { words.append(why) }
      if !control.unasked.isEmpty {
        let rules = control.unasked.map(\.rawValue).joined(separator: ", ")
        words.append("No policy asked for \(rules).")
      }
      return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private var properties: [Property] {
      var properties = [Property("coverage", control.coverage.rawValue), Property("clause", control.clause)]
      if let framework = control.framework { properties.append(Property("framework", framework)) }
      properties += control.rules.map { Property("rule", $0.rawValue) }
      properties += control.unasked.map { Property("unasked", $0.rawValue) }
      return properties + OSCAL.properties(of: control.tally)
    }

    func write(to writer: inout CanonicalWriter) {
      let standing = standing
      writer.object { writer in
        writer.member("description", Text.line("\(control.title): \(counts)"))
        OSCAL.writeOrigins(ids, to: &writer)
        writer.list("props", properties) { $1.write(to: &$0) }
        OSCAL.writeRelated(observations: observations, to: &writer)
        writer.list("related-risks", risks) { writer, risk in
          writer.object { $0.member("risk-uuid", risk) }
        }
        writer.object("target") { writer in
          writer.object("status") { writer in
            writer.member("reason", standing.reason)
            writer.member("remarks", remarks.map(Text.line))
            writer.member("state", standing.isSatisfied ? "satisfied" : "not-satisfied")
          }
          writer.member("target-id", control.objective)
          writer.member("title", Text.line(control.title))
          writer.member("type", "objective-id")
        }
        writer.member("title", Text.line(control.label))
        writer.member("uuid", uuid)
      }
    }
  }
}
