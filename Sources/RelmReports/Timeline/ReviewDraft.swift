package import RelmDomain
internal import RelmProof

/// The document of a post-release review, drafted from the ledger for a person to finish: what was planned, what
/// happened, where they differ, the figures, and what is open. Every statement cites its positions.
package struct ReviewDraft {
  private let report: TimelineReport
  /// What the policies in force came to for the release's deployments.
  let judged: ComplianceReport
  private let reader: Reader

  package init(_ report: TimelineReport, judged: ComplianceReport, for reader: Reader) {
    self.report = report
    self.judged = judged
    self.reader = reader
  }

  package func text() throws -> String {
    var lines = [
      "# Post-release review of \(Markdown.text(report.release))", "",
      "*Drafted from the ledger as of its first "
        + "\(report.asOf.events == 1 ? "event" : "\(report.asOf.events) events") (the last recorded "
        + "\(Wording.minute(report.asOf.recorded))). Numbers in brackets are positions in the log. What stands in "
        + "italics is for a person to write.*", "",
    ]
    lines += try planned() + [""]
    lines += try happened() + [""]
    lines += try deviations() + [""]
    lines += try compliance() + [""]
    lines += figures() + [""]
    lines += try reviewSoFar() + [""]
    lines += try questions() + [""]
    lines += [
      "## Conclusion", "", "*What went well, what did not, and what is to be done otherwise next time.*",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  func places(_ positions: [Position]) -> String { Markdown.positions(positions.map { "\($0.value)" }) }
  func words(_ text: String) throws -> String { Markdown.text(try reader.sentence(text)) }

  /// The entries of some phases that count, told one a line.
  private func entries(_ isWanted: (TimelineReport.Entry) -> Bool) throws -> [String] {
    try report.entries.filter { $0.annulledBy == nil && isWanted($0) }.map { entry in
      let by = try entry.by.map { ", \(Markdown.text(try reader.name($0)))" } ?? ""
      return "- \(Wording.minute(entry.happened)): \(try words(entry.what))\(by) \(places([entry.position]))"
    }
  }

  private func planned() throws -> [String] {
    var lines = ["## What was planned", ""]
    if let purpose = report.purpose { lines += ["Purpose: \(try words(purpose))", ""] }
    let told = try entries { $0.phase == .plan && $0.subject == nil }
    return lines + (told.isEmpty ? ["Nothing was planned in the ledger."] : told)
  }

  private func happened() throws -> [String] {
    var lines = [
      "## What happened", "",
      "From \(Wording.minute(report.first.at)) to \(Wording.minute(report.last.at)), "
        + "\(Wording.duration(report.seconds)) in all.",
    ]
    for span in report.phases where span.phase != .plan {
      let wait = span.waitSeconds >= 3600 ? ", after a wait of \(Wording.duration(span.waitSeconds))" : ""
      lines += ["", "### \(span.title): \(Wording.duration(span.seconds))\(wait)", ""]
      lines += try entries { span.holds($0) && $0.subject == nil }
    }
    let around = try entries { $0.phase == nil || $0.subject != nil }
    if !around.isEmpty { lines += ["", "### Around it", ""] + around }
    return lines
  }

  private func deviations() throws -> [String] {
    let lists = TimelineLists(report, for: reader)
    var items = lists.incidents + lists.overrides + lists.skipped + lists.late + lists.skews + lists.annulled
    for entry in report.entries
    where entry.tone == .bad && entry.annulledBy == nil && entry.subject == nil {
      items.append(
        TimelineLists.Item(words: try reader.sentence(entry.what), positions: [entry.position], tone: .bad))
    }
    var lines = ["## Deviations", ""]
    lines += items.map { "- \(Markdown.text($0.words)) \(places($0.positions))" }
    if !report.missing.isEmpty {
      lines.append(
        "- Nothing is recorded of: \(report.missing.map { $0.title.lowercased() }.joined(separator: ", "))")
    }
    return lines.count == 2 ? lines + ["None that the ledger shows."] : lines
  }

  private func figures() -> [String] {
    let rows = report.figures.filter(\.isTelling).map { figure in
      [
        figure.measure.title, figure.words(figure.value),
        figure.earlier == 0 ? "–" : "\(figure.words(figure.median)) (of \(figure.earlier))",
        places(figure.positions),
      ]
    }
    return ["## Figures", ""]
      + Markdown.table(["Figure", "This release", "Median of earlier ones", "Positions"], rows)
  }

  private func reviewSoFar() throws -> [String] {
    let lists = TimelineLists(report, for: reader)
    let (findings, actions) = (try lists.findings(), try lists.actions())
    guard !findings.isEmpty || !actions.isEmpty else {
      return ["## Findings and actions", "", "*None recorded yet: relm review finding, relm review action.*"]
    }
    return ["## Findings and actions", ""]
      + (findings + actions).map { "- \(Markdown.text($0.words)) \(places($0.positions))" }
  }

  /// What the ledger cannot answer, and somebody should.
  private func questions() throws -> [String] {
    var asked: [String] = []
    for use in report.overrides where use.ratified == nil {
      asked.append("Who ratifies the override \(places([use.position]))?")
    }
    for use in report.overrides where use.reviewed == nil {
      asked.append("Was the override \(places([use.position])) right? A review has to name it when it closes.")
    }
    for link in report.incidents where link.relation == .suspected {
      asked.append(
        "Did this release cause \(Markdown.text(link.incident))? It is only suspected. \(places([link.position]))"
      )
    }
    for link in report.incidents where link.resolved == nil && link.relation != .fixed {
      asked.append("Is \(Markdown.text(link.incident)) resolved? \(places([link.position]))")
    }
    for step in report.skipped {
      asked.append("Was it right to skip \(Markdown.text(step.step))? \(places([step.position]))")
    }
    for action in report.actions where action.done == nil {
      let due = action.isOverdue ? "It is overdue." : "It is due \(Wording.minute(action.due).prefix(10))."
      asked.append("What became of action \(Markdown.text(action.action))? \(due) \(places([action.position]))")
    }
    for wait in report.waits.prefix(3) {
      asked.append(
        "Why did nothing happen for \(Wording.duration(wait.seconds)) between \(places([wait.after, wait.before]))?"
      )
    }
    for phase in report.missing {
      asked.append("Why is nothing recorded of the phase \(phase.title.lowercased())?")
    }
    for span in report.phases {
      for attempt in span.attempts
      where attempt.begun != nil && attempt.ended == nil && attempt.rolledBack == nil {
        asked.append(
          "How did \(attempt.kind) \(Markdown.text(attempt.id)) end? \(places([attempt.begun?.position].compactMap { $0 }))"
        )
      }
    }
    for figure in report.figures {
      guard figure.unit == .seconds, let value = figure.value, let median = figure.median, figure.earlier >= 3,
        value > 2 * max(median, 3600)
      else { continue }
      asked.append(
        "Why did it take so much longer than usual (\(figure.measure.title.lowercased()): \(figure.words(value)), "
          + "median \(figure.words(median)))? \(places(figure.positions))")
    }
    return ["## Open questions", ""]
      + (asked.isEmpty ? ["None that the ledger raises."] : asked.map { "- \($0)" })
  }
}
