package import RelmDomain
package import RelmProof

/// What a review asks about, in sentences, each with the positions that it rests on.
package struct TimelineLists {
  /// A sentence, and what it rests on.
  package struct Item: Sendable {
    package let words: String
    package let positions: [Position]
    package let tone: TimelineReport.Tone
  }

  package struct Section: Sendable {
    package let title: String
    package let items: [Item]
  }

  private let report: TimelineReport
  private let reader: Reader

  package init(_ report: TimelineReport, for reader: Reader) {
    self.report = report
    self.reader = reader
  }

  /// Every list, in the order in which a reviewer asks; empty ones too, but of times that contradict the log.
  ///
  /// - Throws: what the reader throws.
  package func sections() throws -> [Section] {
    let contradictions = Section(title: "Times that contradict the log", items: skews)
    return [
      Section(title: "Incidents", items: incidents), Section(title: "Overrides", items: overrides),
      Section(title: "Skipped steps", items: skipped), Section(title: "Late records", items: late),
    ] + (contradictions.items.isEmpty ? [] : [contradictions]) + [
      Section(title: "Advice given", items: try advice()), Section(title: "Findings", items: try findings()),
      Section(title: "Actions", items: try actions()), Section(title: "Annulled events", items: annulled),
    ]
  }

  package var incidents: [Item] {
    report.incidents.map { link in
      let relation =
        switch link.relation {
        case .caused: "caused by this release"
        case .suspected: "suspected to be caused by this release"
        case .fixed: "fixed by this release"
        }
      var words = "\(link.incident), \(relation)"
      if let severity = link.severity { words += ", \(severity.rawValue)" }
      if let summary = link.summary { words += ": \(summary)" }
      words += link.seconds.map { "; it lasted \(Wording.duration($0))" } ?? "; not resolved"
      let positions = [link.opened?.position, link.position, link.resolved?.position].compactMap { $0 }
      return Item(
        words: words, positions: Array(Set(positions)).sorted(), tone: link.relation == .fixed ? .good : .bad)
    }
  }

  package var overrides: [Item] {
    report.overrides.map { use in
      var words = "\(use.rules.map(\.rawValue).joined(separator: ", ")) in \(use.environment): \(use.reason)"
      words += use.used == nil ? "; not used" : "; used"
      words += use.ratified == nil ? ", NOT RATIFIED" : ", ratified"
      words += use.reviewed == nil ? ", NOT REVIEWED" : ", reviewed"
      let positions = [use.position] + [use.used, use.ratified, use.reviewed].compactMap { $0?.position }
      return Item(
        words: words, positions: positions, tone: use.ratified == nil || use.reviewed == nil ? .bad : .warning)
    }
  }

  package var skipped: [Item] {
    report.skipped.map { step in
      Item(
        words: "\(step.step) of \(step.procedure): \(step.reason)", positions: [step.position], tone: .warning)
    }
  }

  package var late: [Item] {
    report.entries.compactMap { entry in
      guard let seconds = entry.lateSeconds, entry.annulledBy == nil, entry.subject == nil else { return nil }
      return Item(
        words:
          "\(entry.type) of \(Wording.minute(entry.happened)), recorded \(Wording.duration(seconds)) later",
        positions: [entry.position], tone: .warning)
    }
  }

  package var skews: [Item] {
    report.skews.map { skew in
      let types = Dictionary(report.entries.map { ($0.position, $0.type) }) { first, _ in first }
      let (step, other) = (types[skew.event] ?? "a step", types[skew.follows] ?? "another")
      return Item(
        words: "\(step) is dated \(Wording.duration(skew.seconds)) before \(other), which it follows",
        positions: [skew.follows, skew.event].sorted(), tone: .warning)
    }
  }

  package func advice() throws -> [Item] {
    try report.advice.map { advice in
      var words = advice.topic.map { "On \($0)" } ?? "In \(advice.support)"
      for name in ["question", "advice"] {
        let pointer = "/data/\(name)"
        guard let entry = report.entries.first(where: { $0.position == advice.moment.position }),
          entry.personal.contains(pointer)
        else { continue }
        words += "; \(name): \(try reader.open(advice.moment.position, pointer) ?? "(cannot be read any more)")"
      }
      return Item(words: words, positions: [advice.moment.position], tone: .plain)
    }
  }

  package func findings() throws -> [Item] {
    try report.findings.map { finding in
      let severity = finding.severity.map { ", \($0.rawValue)" } ?? ""
      return Item(
        words: "\(finding.finding), \(finding.kind)\(severity): \(try reader.sentence(finding.statement))",
        positions: [finding.position] + finding.positions, tone: .warning)
    }
  }

  package func actions() throws -> [Item] {
    try report.actions.map { action in
      let state = action.done != nil ? "done" : action.isOverdue ? "OVERDUE" : "open"
      return Item(
        words: "\(action.action): \(action.task); \(try reader.name(action.owner)), due "
          + "\(Wording.minute(action.due).prefix(10)), \(state)",
        positions: [action.position] + [action.done?.position].compactMap { $0 },
        tone: action.done != nil ? .good : action.isOverdue ? .bad : .plain)
    }
  }

  package var annulled: [Item] {
    report.annulled.map { event in
      var words = "\(report.entries.first { $0.position == event.position }?.what ?? "event"): \(event.reason)"
      if let other = event.replacedBy { words += "; \(other) stands in its place" }
      return Item(words: words, positions: [event.position, event.by], tone: .warning)
    }
  }
}
