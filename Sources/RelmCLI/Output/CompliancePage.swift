internal import RelmDomain
internal import RelmProof
internal import RelmReports

/// The compliance report on a terminal: what was counted, exceptions by rule and by release, what an auditor asks besides, and the
/// population. What each rule came to is told where the deployments are few; a page or CSV has it for many.
struct CompliancePage {
  private let report: ComplianceReport
  private let lists: ComplianceLists
  private let layout: TextLayout

  /// - Parameters:
  ///   - report: what is told.
  ///   - reader: who reads it.
  ///   - width: how many columns there are; at least 60 are used.
  init(_ report: ComplianceReport, for reader: Reader, width: Int) {
    self.report = report
    lists = ComplianceLists(report, for: reader)
    layout = TextLayout(width: min(max(width, 60), 200))
  }

  func text() throws -> String {
    var parts = [head]
    parts += try lists.sections().map(lines)
    parts.append(
      [Terminal.bold("HOW TO CHECK IT")]
        + lists.checks.flatMap { hanging($0.replacing("`", with: "'"), indent: 2) })
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var head: [String] {
    var lines = [Terminal.bold(Rows.printable(lists.title))]
    lines += layout.wrapped(Rows.printable(lists.scope), indent: 2)
    if let draft = lists.draft { lines += layout.wrapped(Rows.printable(draft), indent: 2).map(Terminal.red) }
    let names = lists.about.map(\.name.count).max() ?? 0
    for line in lists.about {
      let value = ComplianceTextTable.text(line.parts, isWhole: true)
      lines += named(line.name, value, names)
    }
    return lines
  }

  private func told(_ figures: [ComplianceLists.Figure]) -> [String] {
    let names = figures.map(\.name.count).max() ?? 0
    return figures.flatMap { figure in
      let lines = named(
        figure.name, figure.value + (figure.note.map { " (\($0.replacing("`", with: "")))" } ?? ""), names)
      return figure.tone == .bad ? lines.map(Terminal.red) : lines
    }
  }

  /// A name and what there is to say of it, in two columns.
  private func named(_ name: String, _ value: String, _ names: Int, margin: Int = 2) -> [String] {
    let indent = margin + names + 2
    let begin = String(repeating: " ", count: margin) + name
    return layout.wrapped(value, indent: indent).enumerated().map { number, line in
      number == 0 ? begin + line.dropFirst(begin.count) : line
    }
  }

  /// A text of which all lines but the first stand further in.
  private func hanging(_ text: String, indent: Int) -> [String] {
    TextLayout(width: layout.width - 2).wrapped(text, indent: indent).enumerated().map { number, line in
      number == 0 ? line : "  " + line
    }
  }

  private func lines(of section: ComplianceLists.Section) throws -> [String] {
    var lines = [Terminal.bold(section.title.uppercased())]
    // Every clause of every framework would bury the rest, unless somebody asks for some.
    if section.id == "clauses", report.scope.frameworks.isEmpty, !report.clauses.isEmpty {
      let frameworks = Set(report.clauses.map(\.framework)).count
      let words =
        "\(report.clauses.count) clauses of \(frameworks) frameworks: '--framework soc-2' tells of one here, 'relm controls "
        + "list' lists them, and the report's other forms html, markdown and json hold all."
      return lines + layout.wrapped(words, indent: 2)
    }
    let remarks = section.remarks.flatMap { layout.wrapped($0.replacing("`", with: "'"), indent: 2) }
    switch section.content {
    case .figures(let figures, let tally):
      lines += told(figures) + remarks
      if let tally { lines += [""] + ComplianceTextTable(tally, layout).lines }
    case .tables(let tables):
      lines += remarks
      for table in tables {
        if tables.count > 1 { lines += ["", Terminal.bold(Rows.printable(table.caption))] }
        lines += ComplianceTextTable(table, layout).lines
      }
    case .deployments(let attempts):
      guard lists.isInFull else {
        let words =
          "What each rule came to for \(PlainWords.count(attempts.count, "deployment")) is in the report's other forms: html, markdown, csv "
          + "and json."
        return lines + layout.wrapped(words, indent: 2)
      }
      lines += remarks
      for (place, attempt) in attempts.enumerated() {
        if place > 0 { lines.append("") }
        lines += try told(attempt)
      }
    }
    return lines
  }

  private func told(_ attempt: ComplianceReport.Attempt) throws -> [String] {
    var lines = [Terminal.bold(Rows.printable("[\(attempt.position)] \(attempt.title)"))]
    let about = try lists.about(attempt)
    let names = about.map(\.name.count).max() ?? 0
    for line in about { lines += named(line.name, ComplianceTextTable.text(line.parts), names) }
    if let findings = try lists.findings(attempt) { lines += ComplianceTextTable(findings, layout).lines }
    return lines
  }
}
