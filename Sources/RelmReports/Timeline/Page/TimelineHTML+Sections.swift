internal import RelmDomain
internal import RelmProof

/// What a review asks about.
extension TimelineHTML {
  /// Every section of which there is something to tell, in the order of the page.
  func sections() throws -> [Section] {
    let optional: [Section?] = [
      phases(), waits(), try everything(), try skipped(), skews(), try overrides(), try incidents(),
      try advice(), try findings(), try actions(), try annulled(), comparison(),
    ]
    return optional.compactMap { $0 } + [nothing()].compactMap { $0 }
  }

  /// Which lists are empty: to say so is an answer too.
  private func nothing() -> Section? {
    let lists: [(String, Bool)] = [
      ("skipped steps", report.skipped.isEmpty), ("overrides", report.overrides.isEmpty),
      ("incidents", report.incidents.isEmpty), ("advice", report.advice.isEmpty),
      ("findings", report.findings.isEmpty), ("actions", report.actions.isEmpty),
      ("annulled events", report.annulled.isEmpty),
      ("earlier releases to compare with", report.earlier.isEmpty),
    ]
    let names = lists.filter(\.1).map(\.0)
    guard !names.isEmpty else { return nil }
    return Section(
      "nothing", "Nothing recorded",
      content: tag("p", words: "There are no " + names.joined(separator: ", no ") + "."))
  }

  private func skipped() throws -> Section? {
    guard !report.skipped.isEmpty else { return nil }
    let rows = try report.skipped.map { step in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: step.step)
        tag("td", words: step.procedure)
        tag("td", .class("wide"), words: try reader.sentence(step.reason))
        tag("td") { place(step.position) }
      }
    }
    return Section(
      "skipped", "Skipped steps",
      content: Self.table(
        "Steps of procedures that were skipped", ["Step", "Procedure", "Why", "Position"], rows: rows))
  }

  private func skews() -> Section? {
    let items = TimelineLists(report, for: reader).skews
    guard !items.isEmpty else { return nil }
    let rows = zip(report.skews, items).map { skew, item in
      tag("tr") {
        tag("th", Attribute("scope", "row"), .class("wide"), words: item.words)
        tag("td") { place(skew.event) }
        tag("td") { place(skew.follows) }
      }
    }
    return Section(
      "skews", "Times that contradict the log",
      content: Self.table(
        "Steps that are dated before what they follow; what ended is over all the same",
        ["What", "Position", "It follows"], rows: rows))
  }

  private func overrides() throws -> Section? {
    guard !report.overrides.isEmpty else { return nil }
    let rows = try report.overrides.map { use in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: use.rules.map(\.rawValue).joined(separator: ", "))
        tag("td", words: use.environment)
        try tag("td", .class("wide")) {
          HTML(try reader.sentence(use.reason)) + HTML(" ") + place(use.position)
        }
        tag("td") { use.used.map(moment) ?? HTML("not used") }
        tag("td") { use.ratified.map(moment) ?? Self.toned(.bad, "NOT RATIFIED") }
        tag("td") { use.reviewed.map(moment) ?? Self.toned(.bad, "NOT REVIEWED") }
      }
    }
    return Section(
      "overrides", "Overrides",
      content: Self.table(
        "Where rules were set aside", ["Rules", "Where", "Why", "Used", "Ratified", "Reviewed"], rows: rows))
  }

  private func incidents() throws -> Section? {
    guard !report.incidents.isEmpty else { return nil }
    let rows = try report.incidents.map { link in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: link.incident)
        tag("td") { Self.toned(link.relation.tone, link.relation.words) + HTML(" ") + place(link.position) }
        tag("td", words: link.severity?.rawValue ?? "–")
        tag("td", .class("wide"), words: try link.summary.map(reader.sentence) ?? "–")
        tag("td") { link.opened.map(moment) ?? HTML("–") }
        tag("td") { link.resolved.map(moment) ?? Self.toned(.warning, "not resolved") }
        tag("td", .class("number"), words: link.seconds.map(Wording.duration) ?? "–")
      }
    }
    return Section(
      "incidents", "Incidents",
      content: Self.table(
        "Incidents that have to do with this release",
        ["Incident", "This release", "Severity", "What", "Opened", "Resolved", .number("Lasted")], rows: rows))
  }

  private func advice() throws -> Section? {
    guard !report.advice.isEmpty else { return nil }
    let rows = try report.advice.map { advice in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: try advice.topic.map(reader.sentence) ?? "–")
        tag("td", words: advice.support)
        tag("td") { moment(advice.moment) }
        try tag("td", .class("wide")) { try sealedWords(at: advice.moment.position) }
      }
    }
    return Section(
      "advice", "Advice given",
      content: Self.table(
        "Advice to users and operators in early life support", ["On", "Support", "When", "Words"], rows: rows))
  }

  /// The sealed words of an event, as far as they can still be read.
  private func sealedWords(at position: Position) throws -> HTML {
    let pointers = entries[position]?.personal ?? []
    guard !pointers.isEmpty else { return tag("span", .class("quiet"), words: "no words are recorded") }
    return try pointers.map { pointer in
      let name = pointer.split(separator: "/").last.map(String.init) ?? pointer
      let words = try reader.open(position, pointer)
      return tag("div") {
        tag("span", .class("quiet"), words: PlainWords.of(name) + ": ")
        words.map { tag("span", .class("spoken"), words: $0) } ?? tag("em", .class("quiet"), words: "(erased)")
      }
    }.joined
  }

  private func findings() throws -> Section? {
    guard !report.findings.isEmpty else { return nil }
    let rows = try report.findings.map { finding in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: finding.finding)
        tag("td", words: finding.review)
        tag("td", words: PlainWords.of(finding.kind))
        tag("td") {
          finding.severity.map { Self.toned($0 == .critical || $0 == .high ? .bad : .plain, $0.rawValue) }
            ?? HTML("–")
        }
        tag("td", .class("wide"), words: try reader.sentence(finding.statement))
        tag("td") { finding.positions.isEmpty ? HTML("–") : places(finding.positions) }
        tag("td") { place(finding.position) }
      }
    }
    return Section(
      "findings", "Findings",
      content: Self.table(
        "What reviews found", ["Finding", "Review", "Kind", "Severity", "What", "Rests on", "Position"],
        rows: rows))
  }

  private func actions() throws -> Section? {
    guard !report.actions.isEmpty else { return nil }
    let rows = try report.actions.map { action in
      try tag("tr") {
        tag("th", Attribute("scope", "row"), words: action.action)
        tag("td", words: action.review)
        try tag("td", .class("wide")) {
          HTML(try reader.sentence(action.task)) + HTML(" ") + place(action.position)
        }
        tag("td", words: try reader.name(action.owner))
        tag("td", .class("time"), words: Wording.minute(action.due))
        tag("td") {
          if let done = action.done {
            Self.toned(.good, "done ") + HTML(" ") + moment(done)
          } else if action.isOverdue {
            Self.toned(.bad, "OVERDUE")
          } else {
            Self.toned(.warning, "open")
          }
        }
      }
    }
    return Section(
      "actions", "Actions",
      content: Self.table(
        "What reviews want to be done; overdue as of \(Wording.minute(report.asOf.time))",
        ["Action", "Review", "What", "Who", "Due", "State"], rows: rows))
  }

  private func annulled() throws -> Section? {
    guard !report.annulled.isEmpty else { return nil }
    let rows = try report.annulled.map { event in
      try tag("tr") {
        tag("th", Attribute("scope", "row")) { place(event.position) }
        try tag("td", .class("wide")) {
          if let entry = entries[event.position] {
            tag("s", words: try reader.sentence(entry.what))
          } else {
            "–"
          }
        }
        tag("td") { place(event.by) }
        tag("td", .class("wide"), words: try reader.sentence(event.reason))
        tag("td", words: event.replacedBy ?? "–")
      }
    }
    return Section(
      "annulled", "Annulled events",
      content: Self.table(
        "Events that do not count any more", ["Event", "What it said", "Annulled by", "Why", "In its place"],
        rows: rows))
  }
}

extension TimelineReport.IncidentRelation {
  var tone: TimelineReport.Tone {
    switch self {
    case .caused: .bad
    case .suspected: .warning
    case .fixed: .good
    }
  }

  /// What the release has to do with the incident.
  var words: String {
    switch self {
    case .caused: "caused it"
    case .suspected: "is suspected of it"
    case .fixed: "fixes it"
    }
  }
}
