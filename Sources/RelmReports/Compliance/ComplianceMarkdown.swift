package import RelmDomain
internal import RelmProof

/// The compliance report in Markdown: all of it, however long.
package struct ComplianceMarkdown {
  private let lists: ComplianceLists

  package init(_ report: ComplianceReport, for reader: Reader) {
    lists = ComplianceLists(report, for: reader)
  }

  /// - Throws: what the reader throws.
  package func text() throws -> String {
    var lines = ["# \(Markdown.text(lists.title))", ""]
    if let draft = lists.draft { lines += ["**\(Markdown.text(draft))**", ""] }
    lines += ["\(Markdown.text(lists.scope)).", ""]
    lines += lists.about.map(line)
    lines += ["", "Numbers in brackets are positions in the ledger’s log."]
    var isAnnex = false
    for section in try lists.sections() {
      if section.isAnnex, !isAnnex {
        isAnnex = true
        lines += ["", "# Annex"]
      }
      lines += ["", "## \(section.title)"]
      if !section.remarks.isEmpty {
        lines += [""] + section.remarks.flatMap { [$0, ""] }.dropLast().map(typed)
      }
      switch section.content {
      case .figures(let figures, let tally):
        lines += [""] + figures.map(figure)
        if let tally { lines += [""] + table(tally) }
      case .tables(let tables):
        for each in tables {
          if tables.count > 1 { lines += ["", "### \(Markdown.text(each.caption))"] }
          lines += [""] + table(each)
        }
      case .deployments(let attempts):
        for attempt in attempts {
          lines += [""] + (try lists.isInFull ? deployment(attempt) : brief(attempt))
        }
      }
    }
    lines += ["", "## How to check it", ""] + lists.checks.map { "- \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A sentence of which what stands between backticks stays as it is.
  private func typed(_ sentence: String) -> String {
    sentence.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, words in
      place % 2 == 0 ? Markdown.text(String(words)) : "`\(words)`"
    }.joined()
  }

  private func brief(_ attempt: ComplianceReport.Attempt) throws -> [String] {
    let brief = try lists.brief(attempt)
    var lines = ["### \(place(attempt.position)) \(Markdown.text(attempt.title))", "", cell(brief.facts)]
    if !brief.remarks.isEmpty { lines += [""] + brief.remarks.map { "- \(cell($0))" } }
    if !brief.rest.isEmpty { lines += ["", cell(brief.rest)] }
    return lines
  }

  private func deployment(_ attempt: ComplianceReport.Attempt) throws -> [String] {
    var lines = ["### \(place(attempt.position)) \(Markdown.text(attempt.title))", ""]
    lines += try lists.about(attempt).map(line)
    if let findings = try lists.findings(attempt) { lines += [""] + table(findings) }
    if let evidence = try lists.evidence(attempt) { lines += ["", "Evidence:", ""] + table(evidence) }
    return lines
  }

  private func line(_ line: ComplianceLists.Line) -> String { "- \(line.name): \(cell(line.parts))" }

  private func figure(_ figure: ComplianceLists.Figure) -> String {
    let value = figure.tone == .bad ? "**\(figure.value)**" : figure.value
    return "- \(figure.name): \(value)" + (figure.note.map { " (\($0))" } ?? "")
  }

  private func table(_ table: ComplianceTable) -> [String] {
    Markdown.table(table.columns.map(\.title), table.rows.map { $0.cells.map(cell) })
  }

  private func place(_ position: Position) -> String { Markdown.positions(["\(position)"]) }

  private func cell(_ parts: [ComplianceTable.Part]) -> String {
    parts.reduce(into: "") { text, part in
      switch part {
      case .words(let words), .quiet(let words), .hash(let words): text += Markdown.text(words)
      case .toned(let tone, let words): text += toned(tone, words)
      case .outcome(let outcome, let words): text += toned(outcome.tone, words)
      case .tally(let tally): text += tally.words
      case .typed(let words): text += typed(words)
      case .help(let command): text += " " + typed("`\(command)`")
      case .day(let instant): text += Wording.day(instant)
      case .minute(let instant): text += Wording.minute(instant)
      case .second(let instant): text += Wording.second(instant)
      case .places(let positions, of: _): text += Markdown.positions(positions.map { "\($0)" })
      case .own(let position): text += "\(position)"
      case .link(.deployment(let position), _): text += place(position)
      case .link(_, let words), .section(_, let words): text += Markdown.text(words)
      case .bar(let count, let most): text += ComplianceTable.bar(count, most: most)
      case .lineEnd: text += text.isEmpty ? "" : "; "
      }
    }
  }

  /// What is bad is bold.
  private func toned(_ tone: TimelineReport.Tone, _ words: String) -> String {
    tone == .bad ? "**\(Markdown.text(words))**" : Markdown.text(words)
  }
}
