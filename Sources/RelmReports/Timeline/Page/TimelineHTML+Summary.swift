internal import RelmDomain
internal import RelmProof

/// What a reviewer looks for first.
extension TimelineHTML {
  /// One fact: what, how much, how it is to be read, and a word or two on it.
  private struct Fact {
    let name: String
    let value: String
    var tone = TimelineReport.Tone.plain
    var note: String?
    var target: String?
  }

  func summary() -> HTML {
    let facts = [duration, leadTime, incidents, overrides, late, skipped, actions]
    return tag("section", Attribute("aria-labelledby", "summary")) {
      tag("h2", .id("summary"), words: "At a glance")
      tag("dl", .class("facts")) {
        for fact in facts {
          tag("div", .class("is-\(fact.tone.style)")) {
            tag("dt", words: fact.name)
            tag("dd", fact.tone == .plain ? nil : .class(fact.tone.style)) {
              if fact.tone != .plain { fact.tone.icon.inline }
              if let target = fact.target {
                tag("a", .link(to: target), words: fact.value)
              } else {
                fact.value
              }
            }
            if let note = fact.note { tag("dd", .class("note \(fact.tone.style)"), words: note) }
          }
        }
      }
    }
  }

  private var duration: Fact {
    Fact(
      name: "From first to last", value: Wording.duration(report.seconds),
      note: Self.whole(TimeTicks.date(report.first.at)) + " to " + Self.whole(TimeTicks.date(report.last.at)),
      target: "phases")
  }

  private var leadTime: Fact {
    let figure = report.figures.first { $0.measure == .commitToProduction }
    guard let figure, let value = figure.value else {
      return Fact(name: "Commit to production", value: "not known", note: "no commit or no arrival is recorded")
    }
    var fact = Fact(name: "Commit to production", value: figure.words(value), target: "comparison")
    if let median = figure.median {
      fact.note = "median of \(figure.earlier) earlier: \(Self.whole(figure.words(median)))"
    }
    return fact
  }

  private var incidents: Fact {
    let caused = report.incidents.count { $0.relation == .caused }
    let suspected = report.incidents.count { $0.relation == .suspected }
    let fixed = report.incidents.count - caused - suspected
    var notes: [String] = []
    if caused > 0 { notes.append("\(caused) caused") }
    if suspected > 0 { notes.append("\(suspected) suspected") }
    if fixed > 0 { notes.append("\(fixed) fixed") }
    let open = report.incidents.count { $0.resolved == nil }
    if open > 0 { notes.append("\(open) not resolved") }
    return counted(
      "Incidents", report.incidents.count, tone: caused > 0 ? .bad : suspected + open > 0 ? .warning : .plain,
      note: notes.joined(separator: ", "), target: "incidents")
  }

  private var overrides: Fact {
    let open = report.overrides.count { $0.ratified == nil || $0.reviewed == nil }
    return counted(
      "Overrides", report.overrides.count, tone: open > 0 ? .bad : .warning,
      note: open > 0 ? "\(open) not ratified or not reviewed" : "ratified and reviewed", target: "overrides")
  }

  private var late: Fact {
    let late = report.entries.filter { $0.lateSeconds != nil && $0.annulledBy == nil && $0.subject == nil }
    let worst = late.compactMap(\.lateSeconds).max() ?? 0
    return counted(
      "Late records", late.count, tone: .warning, note: "the worst by \(Self.whole(Wording.duration(worst)))",
      target: "entries")
  }

  private var skipped: Fact {
    counted(
      "Skipped steps", report.skipped.count, tone: .warning, note: "of procedures; with reasons",
      target: "skipped")
  }

  private var actions: Fact {
    let open = report.actions.count { $0.done == nil }
    let overdue = report.actions.count { $0.isOverdue }
    return counted(
      "Open actions", open, tone: overdue > 0 ? .bad : .warning,
      note: overdue > 0 ? "\(overdue) OVERDUE" : "none is overdue", target: "actions")
  }

  /// Words that stay on one line.
  private static func whole(_ words: String) -> String { words.replacing(" ", with: "\u{A0}") }

  private func counted(
    _ name: String, _ count: Int, tone: TimelineReport.Tone, note: String, target: String
  ) -> Fact {
    guard count > 0 else { return Fact(name: name, value: "none", tone: .good) }
    return Fact(name: name, value: "\(count)", tone: tone, note: note.isEmpty ? nil : note, target: target)
  }
}
