internal import RelmDomain
internal import RelmProof

/// How it went: phases, waits, and everything that happened.
extension TimelineHTML {
  func phases() -> Section {
    let rows = report.phases.map { span in
      tag("tr") {
        tag("th", Attribute("scope", "row"), .class("whole"), words: span.title)
        tag("td") { moment(span.first) }
        tag("td") { moment(span.last) }
        tag("td", .class("number"), words: Wording.duration(span.seconds))
        tag("td", .class("number"), words: span.waitSeconds == 0 ? "–" : Wording.duration(span.waitSeconds))
        tag("td", .class("number"), words: "\(span.events)")
        tag("td", words: Self.attempts(span.attempts))
      }
    }
    var content = HTML.empty
    if !rows.isEmpty {
      content += Self.table(
        "The phases, how long each took, and how long nothing happened before it",
        [
          "Phase", "Began", "Last event", .number("Lasted"), .number("Wait before"), .number("Events"),
          "Attempts",
        ], rows: rows)
    }
    if !report.missing.isEmpty {
      let names = report.missing.map { $0.title.lowercased() }.joined(separator: ", ")
      content += tag("p") { Self.toned(.warning, "Nothing is recorded of: \(names).") }
    }
    return Section("phases", "Phases", content: content)
  }

  /// How the attempts of a phase ended, in a few words.
  private static func attempts(_ attempts: [TimelineReport.Attempt]) -> String {
    guard !attempts.isEmpty else { return "–" }
    var counts = Outcome.allCases.compactMap { outcome in
      let count = attempts.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(count) \(outcome.rawValue)"
    }
    let ended = attempts.count { $0.ended != nil && $0.outcome == nil }
    if ended > 0 { counts.append("\(ended) ended") }
    let open = attempts.count { $0.ended == nil && $0.outcome == nil }
    if open > 0 { counts.append("\(open) without an end") }
    let back = attempts.count { $0.rolledBack != nil }
    if back > 0 { counts.append("\(back) rolled back") }
    return counts.joined(separator: ", ")
  }

  func waits() -> Section? {
    guard !report.waits.isEmpty else { return nil }
    let rows = report.waits.map { wait in
      tag("tr") {
        tag("th", Attribute("scope", "row"), .class("number"), words: Wording.duration(wait.seconds))
        tag("td") { wait.phase?.title ?? "–" }
        tag("td") { neighbour(wait.after) }
        tag("td") { neighbour(wait.before) }
      }
    }
    return Section(
      "waits", "Longest waits",
      content: Self.table(
        "The longest times in which nothing happened to this release",
        [.number("Nothing for"), "Before", "After", "Until"], rows: rows))
  }

  private func neighbour(_ position: Position) -> HTML {
    guard let entry = entries[position] else { return place(position) }
    return tag("span", .class("time"), words: Wording.minute(entry.happened)) + HTML(" \(entry.type) ")
      + place(position)
  }

  func everything() throws -> Section {
    let rows = try report.entries.map { entry in
      try tag("tr", .id(Self.anchor(entry.position))) {
        tag("th", Attribute("scope", "row"), .class("number"), words: "#\(entry.position)")
        tag("td", .class("time"), words: Wording.second(entry.happened))
        tag("td") { recorded(entry) }
        tag("td", .class("whole"), words: entry.phaseTitle ?? "–")
        try tag("td", .class("wide")) { try what(entry) }
        tag("td", words: try entry.by.map(reader.name) ?? "–")
      }
    }
    let count = report.entries.count
    return Section(
      "entries", "Everything that happened", short: "Everything",
      content: Self.table(
        "\(count == 1 ? "One event" : "All \(count) events") in the order in which they happened (UTC)",
        [.number("Position"), "Happened", "Recorded", "Phase", "What", "Who"], rows: rows,
        isStacked: true))
  }

  private func recorded(_ entry: TimelineReport.Entry) -> HTML {
    guard let late = entry.lateSeconds else {
      // The same day need not be said twice.
      let (happened, recorded) = (Wording.second(entry.happened), Wording.second(entry.recorded))
      let isSameDay = happened.prefix(10) == recorded.prefix(10)
      return tag("span", .class("time"), words: isSameDay ? String(recorded.dropFirst(11)) : recorded)
    }
    return tag("span", .class("time"), words: Wording.second(entry.recorded)) + tag("br")
      + Self.toned(.warning, "\(Wording.duration(late)) late")
  }

  private func what(_ entry: TimelineReport.Entry) throws -> HTML {
    var words = HTML.empty
    if let word = entry.tone.word {
      words += tag("span", .class(entry.tone.style)) {
        entry.tone.icon.inline + tag("span", .class("voice"), words: "\(word): ")
      }
    }
    let sentence = HTML(try reader.sentence(entry.what))
    if let by = entry.annulledBy {
      words += tag("s") { sentence } + HTML(" ") + tag("strong", words: "annulled by ") + place(by)
    } else {
      words += sentence
    }
    words +=
      tag("br")
      + tag("span", .class("quiet kind")) {
        entry.type
        if let subject = entry.subject, subject != report.release { " · " + subject }
      }
    return words
  }
}
