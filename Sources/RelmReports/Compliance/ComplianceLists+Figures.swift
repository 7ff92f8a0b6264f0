package import RelmDomain
internal import RelmProof

/// What was counted.
extension ComplianceLists {
  var glance: Section {
    let holding = holding.map { [$0] } ?? []
    return Section(
      id: own("glance"), title: heading("At a glance"), remarks: holding, content: .figures(figures, tally))
  }

  /// Which rules hold wherever they were asked; nil where none was, or none does.
  private var holding: String? {
    var asked: [RuleName: Bool] = [:]
    for attempt in report.population where attempt.annulled?.independent != true {
      for finding in attempt.findings where finding.outcome != .notApplicable {
        asked[finding.rule] = (asked[finding.rule] ?? true) && !finding.outcome.isException
      }
    }
    let holding = asked.filter(\.value).keys.map(\.rawValue).sorted()
    guard !holding.isEmpty else { return nil }
    if holding.count == asked.count { return "Every rule that was asked holds for every deployment." }
    return "\(holding.count) of \(asked.count) rules hold for every deployment that they were asked of: "
      + holding.joined(separator: ", ") + "."
  }

  /// One figure: what, how much, how it is to be read, and a word or two on it.
  package struct Figure: Sendable {
    package let name: String
    package let value: String
    package var tone = TimelineReport.Tone.plain
    /// What stands between backticks is to be typed.
    package var note: String?
    /// The section that has more on it.
    package var section: String?
    /// Whether its value is a list of words.
    package var isList = false
  }

  /// What was counted; what there is none of stands together in the last one.
  package var figures: [Figure] {
    let totals = report.totals
    let findings = totals.findings
    let exceptions = RuleOutcome.allCases.filter(\.isException)
    let broken = findings.violated + findings.overdue
    let told = [
      Figure(
        name: "Deployments", value: "\(totals.attempts)",
        note: "of \(ComplianceWords.count(totals.releases, "release"))",
        section: totals.attempts > 0 ? "population" : nil),
      Figure(
        name: "Without exception", value: "\(totals.clean) of \(totals.governed)",
        tone: totals.governed > 0 && totals.clean == totals.governed ? .good : .plain,
        note: "judged by the policies in force: no rule violated, overdue, overridden or waived"),
      counted(
        "Exceptions", exceptions.reduce(0) { $0 + findings[$1] }, tone: broken > 0 ? .bad : .warning,
        note: "outcomes of rules: "
          + exceptions.filter { findings[$0] > 0 }.map { "\(findings[$0]) \($0.words)" }.joined(separator: ", "),
        section: own("exceptions")),
      counted(
        "Ungoverned", totals.ungoverned, tone: .bad, note: "to production, without a policy",
        section: "ungoverned"),
      counted(
        "Not to be released", totals.unreleasable ?? 0, tone: .bad,
        note:
          "to production, though withdrawn, superseded, closed or refused, retired there, or on after its end",
        section: "unreleasable"),
      counted(
        "Annulled", totals.annulled ?? 0, tone: totals.annulledByInsiders > 0 ? .bad : .warning,
        note: "\(totals.annulledByOthers ?? 0) by somebody with level 6 who had no hand in it",
        section: "annulled"
      ),
      counted(
        "Not accepted", totals.unaccepted ?? 0, tone: .bad,
        note: "they claim to be older than the ledger, and came later than a day after it",
        section: "unaccepted"),
      counted(
        "Before the ledger", totals.beforeLedger, tone: .warning, note: "not judged", section: "before"),
      counted("Nothing asked", totals.unasked, tone: .plain, note: "to development, without a policy"),
      counted(
        "Recorded late", totals.recordedLate, tone: .warning, note: "an hour or more after they began",
        section: "population"),
      counted(
        "Before the period", totals.beforePeriod ?? 0, tone: totals.beforePeriodLate == nil ? .warning : .bad,
        note: "recorded in it, \(totals.beforePeriodLate ?? 0) of them an hour or more after they began",
        section: "brought"),
      counted(
        "After the period", totals.afterPeriod, tone: .warning, note: "recorded after its end",
        section: "population"),
    ]
    let none = told.filter { $0.value == Self.none }.map { $0.name.lowercased() }
    let left = totals.leftOut.map { count in
      let other: Context = report.scope.context == .development ? .production : .development
      return Figure(
        name: "Not in this report", value: "\(count)",
        note: "to \(other.rawValue): `--context \(other.rawValue)` tells of \(count == 1 ? "it" : "them")")
    }
    return told.filter { $0.value != Self.none } + [left].compactMap { $0 }
      + (none.isEmpty ? [] : [Figure(name: "None", value: none.joined(separator: ", "), isList: true)])
  }

  private static let none = "none"

  private func counted(
    _ name: String, _ count: Int, tone: TimelineReport.Tone, note: String, section: String? = nil
  ) -> Figure {
    guard count > 0 else { return Figure(name: name, value: Self.none) }
    return Figure(name: name, value: "\(count)", tone: tone, note: note, section: section)
  }

  /// How often the rules came to what, over all deployments; nil where nothing was judged.
  private var tally: ComplianceTable? {
    let findings = report.totals.findings
    guard findings.total > 0 else { return nil }
    let most = RuleOutcome.allCases.map { findings[$0] }.max() ?? 0
    var table = ComplianceTable(
      "What the rules came to, over all deployments\(isAlone ? "" : " to \(report.scope.context.rawValue)")",
      [.whole("Outcome"), .number("Rules"), "Share"])
    for outcome in RuleOutcome.allCases {
      table.append(
        nil, [.outcome(outcome, outcome.words)], [.words("\(findings[outcome])")],
        [.bar(findings[outcome], most: most)])
    }
    return table
  }
}
