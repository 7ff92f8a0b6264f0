package import RelmDomain
internal import RelmProof

/// What the compliance report says, in sentences and tables, in the order in which an auditor asks: the population first,
/// then what the rules came to. Every form shows these and nothing else.
package struct ComplianceLists {
  let report: ComplianceReport
  let reader: Reader
  /// The most deployments that are shown one by one; nil for all of them.
  let most: Int?

  /// - Parameters:
  ///   - report: what is told.
  ///   - reader: who reads it.
  ///   - most: the most deployments that are shown one by one; where there are more, the report says so.
  package init(_ report: ComplianceReport, for reader: Reader, most: Int? = nil) {
    self.report = report
    self.reader = reader
    self.most = most
  }

  /// A part of the report under a heading.
  package struct Section: Sendable {
    package let id: String
    package let title: String
    /// Sentences before its tables. Words between backticks are to be typed.
    package var remarks: [String] = []
    package var content: Content

    package enum Content: Sendable {
      case tables([ComplianceTable])
      /// Each of these deployments by itself.
      case deployments(ArraySlice<ComplianceReport.Attempt>)
    }
  }

  /// A named line: "As of", and what is to be said of it.
  package struct Line: Sendable {
    package let name: String
    package let parts: [ComplianceTable.Part]

    package init(_ name: String, _ parts: [ComplianceTable.Part]) {
      self.name = name
      self.parts = parts
    }
  }

  /// Every section, in order. One of which there is nothing says so.
  ///
  /// - Throws: what the reader throws.
  package func sections() throws -> [Section] {
    [
      population, try exceptions(), outcomes, try overrides(), lateEvidence, try conflicts(),
      try governance(), try authority(), reconciliation, ungoverned, try unreleasable(), try annulled(),
      beforePeriod, unaccepted, beforeLedger, clauses,
    ]
  }

  /// The deployments that are shown one by one.
  package var shown: ArraySlice<ComplianceReport.Attempt> {
    report.population.prefix(most ?? report.population.count)
  }

  // MARK: Head

  package var title: String { "Compliance report of \(report.origin)" }

  /// Which deployments belong, in a sentence.
  package var scope: String {
    let scope = report.scope
    var words = "Deployments"
    var begun = " begun"
    if let package = scope.package {
      words += " of \(package)" + (scope.version.map { "/\($0)" } ?? "")
    }
    if let environment = scope.environment { words += " to \(environment)" }
    if words != "Deployments" { begun = ", begun" }
    switch (scope.from, scope.until) {
    case (nil, nil): break
    case (let from?, nil): words += "\(begun) at \(Wording.minute(from)) or later"
    case (nil, let until?): words += "\(begun) before \(Wording.minute(until))"
    case (let from?, let until?):
      words += "\(begun) from \(Wording.minute(from)) on and before \(Wording.minute(until))"
    }
    return words == "Deployments" ? "All deployments" : words
  }

  /// A warning where it was not judged by the policies that were in force.
  package var draft: String? {
    report.scope.draft.map {
      "What if: this was judged by the draft of the policy \($0), not by the policies that were in force. "
        + "It does not say what was asked at the time."
    }
  }

  /// What it is about and up to where it is told.
  package var about: [Line] {
    let asOf = report.asOf
    var lines = [Line("Ledger", [.words(report.origin)])]
    if let zone = report.scope.zone, report.scope.from != nil || report.scope.until != nil {
      lines.append(
        Line("Time zone", [.words("the ends of the period were given in \(zone); all times here are in UTC")]))
    }
    if !report.scope.frameworks.isEmpty {
      lines.append(Line("Frameworks", [.words(report.scope.frameworks.joined(separator: ", "))]))
    }
    let events = asOf.events == 1 ? "the log’s first event" : "the log’s first \(asOf.events) events"
    lines.append(Line("Told from", [.words("\(events), the last of them recorded "), .second(asOf.recorded)]))
    if let latest = asOf.happenedBy {
      lines.append(Line("Counting only", [.words("what had happened by "), .second(latest)]))
    }
    lines.append(
      Line("As of", [.second(asOf.time), .words(": what is due or overdue, and how long exceptions last")]))
    if let root = asOf.root { lines.append(Line("Root hash", [.hash(root)])) }
    return lines
  }

  /// How a reader who trusts nobody checks it, in sentences.
  package var checks: [String] {
    let count = ComplianceWords.count(report.asOf.events, "event")
    let root =
      report.asOf.root == nil
      ? "" : " A checkpoint of \(count) has to name the root hash that stands above."
    return [
      "The log: `relm verify` reads every record again and computes the tree anew; `relm verify --against FILE` compares "
        + "it with a checkpoint that was kept elsewhere (`relm checkpoint` writes one).\(root)",
      "An event: `relm show POSITION` shows it, and `relm prove POSITION` proves that it is in the log. A record hash is "
        + "the leaf hash of RFC 6962: SHA-256 over a zero byte and the stored bytes.",
      "The report: from the same events, as of the same time, its JSON is the same on any machine, byte for byte.",
    ]
  }

  // MARK: What was counted

  /// One figure: what, how much, how it is to be read, and a word or two on it.
  package struct Figure: Sendable {
    package let name: String
    package let value: String
    package var tone = TimelineReport.Tone.plain
    package var note: String?
    /// The section that has more on it.
    package var section: String?
  }

  package var figures: [Figure] {
    let totals = report.totals
    let findings = totals.findings
    let exceptions = RuleOutcome.allCases.filter(\.isException)
    let broken = findings.violated + findings.overdue
    return [
      Figure(
        name: "Deployments", value: "\(totals.attempts)",
        note: "of \(ComplianceWords.count(totals.releases, "release"))",
        section: "population"),
      Figure(
        name: "Judged", value: "\(totals.governed)", note: "by the policies in force", section: "outcomes"),
      Figure(
        name: "Without exception", value: "\(totals.clean) of \(totals.governed)",
        tone: totals.governed > 0 && totals.clean == totals.governed ? .good : .plain,
        note: "no rule violated, overdue, overridden or waived", section: "outcomes"),
      counted(
        "Exceptions", exceptions.reduce(0) { $0 + findings.count($1) }, tone: broken > 0 ? .bad : .warning,
        note: exceptions.filter { findings.count($0) > 0 }.map { "\(findings.count($0)) \($0.words)" }
          .joined(separator: ", "), section: "exceptions"),
      counted(
        "Ungoverned", totals.ungoverned, tone: .bad, note: "to production, without a policy",
        section: "ungoverned"),
      counted(
        "Not to be released", totals.unreleasable ?? 0, tone: .bad,
        note: "to production, though withdrawn, superseded, closed or refused, or retired there",
        section: "unreleasable"),
      counted(
        "Annulled", totals.annulled ?? 0, tone: totals.annulledByInsiders > 0 ? .bad : .warning,
        note: "\(totals.annulledByOthers ?? 0) by somebody with level 6 who had no hand in them",
        section: "annulled"
      ),
      counted(
        "Not accepted", totals.unaccepted ?? 0, tone: .bad,
        note: "they claim to be older than the ledger, and came later than a day after it",
        section: "unaccepted"),
      counted(
        "Before the ledger", totals.beforeLedger, tone: .warning, note: "not judged", section: "before"),
      Figure(
        name: "Nothing asked", value: totals.unasked == 0 ? "none" : "\(totals.unasked)",
        note: totals.unasked == 0 ? nil : "to development, without a policy"),
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
  }

  private func counted(
    _ name: String, _ count: Int, tone: TimelineReport.Tone, note: String, section: String
  ) -> Figure {
    guard count > 0 else { return Figure(name: name, value: "none", tone: .good, section: section) }
    return Figure(name: name, value: "\(count)", tone: tone, note: note, section: section)
  }

  /// How often the rules came to what, over all deployments; nil where nothing was judged.
  package var tally: ComplianceTable? {
    let findings = report.totals.findings
    guard findings.total > 0 else { return nil }
    let most = RuleOutcome.allCases.map(findings.count).max() ?? 0
    var table = ComplianceTable(
      "What the rules came to, over all deployments", [.whole("Outcome"), .number("Rules"), "Share"])
    for outcome in RuleOutcome.allCases {
      table.append(
        nil, [.outcome(outcome, outcome.words)], [.words("\(findings.count(outcome))")],
        [.bar(findings.count(outcome), most: most)])
    }
    return table
  }

  // MARK: Pieces

  /// A section of one table.
  ///
  /// - Parameters:
  ///   - id: what it is called in a page.
  ///   - title: its heading.
  ///   - table: what it shows.
  ///   - cut: what is said where not all of it is shown.
  ///   - none: what is said where there is nothing.
  func section(_ id: String, _ title: String, _ table: ComplianceTable, cut: String? = nil, none: String)
    -> Section
  {
    guard !table.rows.isEmpty else {
      return Section(id: id, title: title, remarks: [none], content: .tables([]))
    }
    return Section(id: id, title: title, remarks: [cut].compactMap { $0 }, content: .tables([table]))
  }

  /// A name, or a dash.
  func name(_ person: PersonID?) throws -> ComplianceTable.Part { .words(try person.map(reader.name) ?? "–") }

  /// A moment and the event that says so.
  static func moment(_ moment: Moment) -> [ComplianceTable.Part] {
    [.minute(moment.at), .words(" "), .places([moment.position])]
  }
}
