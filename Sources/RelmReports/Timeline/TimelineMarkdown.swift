package import RelmDomain
internal import RelmProof

/// The post-release review timeline of a release in Markdown.
package struct TimelineMarkdown {
  private let report: TimelineReport
  private let reader: Reader

  package init(_ report: TimelineReport, for reader: Reader) {
    self.report = report
    self.reader = reader
  }

  package func text() throws -> String {
    let parts = [
      try head(), phases(), waits(), try entries(), try exceptions(), comparison(),
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func place(_ position: Position) -> String { Markdown.positions(["\(position.value)"]) }
  private func places(_ positions: [Position]) -> String {
    Markdown.positions(positions.map { "\($0.value)" })
  }
  private func words(_ text: String) throws -> String { Markdown.text(try reader.sentence(text)) }

  private func head() throws -> [String] {
    var lines = ["# Timeline of \(Markdown.text(report.release))", ""]
    if let purpose = report.purpose { lines += [try words(purpose), ""] }
    var facts = ["Stage: **\(PlainWords.of(report.stage))**"]
    if let kind = report.class {
      facts.append("Class: \(kind.rawValue)\(report.critical == true ? ", critical" : "")")
    }
    if let manager = report.manager { facts.append("Manager: \(Markdown.text(try reader.name(manager)))") }
    if !report.services.isEmpty {
      facts.append("Services: \(Markdown.text(report.services.joined(separator: ", ")))")
    }
    facts.append(
      "From \(Wording.minute(report.first.at)) \(place(report.first.position)) to "
        + "\(Wording.minute(report.last.at)) \(place(report.last.position)): \(Wording.duration(report.seconds))"
    )
    var asOf =
      "As of the first \(report.asOf.events == 1 ? "event" : "\(report.asOf.events) events"), the last recorded \(Wording.minute(report.asOf.recorded))"
    if let latest = report.asOf.happenedBy { asOf += "; only what had happened by \(Wording.minute(latest))" }
    facts.append(asOf)
    return lines + facts.map { "- \($0)" }
  }

  private func phases() -> [String] {
    let rows = report.phases.map { span in
      [
        span.title, Wording.minute(span.first.at), Wording.duration(span.seconds),
        span.waitSeconds == 0 ? "" : Wording.duration(span.waitSeconds), "\(span.events)",
        places(
          span.first.position == span.last.position
            ? [span.first.position] : [span.first.position, span.last.position]),
      ]
    }
    var lines =
      ["## Phases", ""]
      + Markdown.table(["Phase", "Began", "Lasted", "After a wait of", "Events", "Positions"], rows)
    if !report.missing.isEmpty {
      lines += [
        "", "Nothing is recorded of: \(report.missing.map { $0.title.lowercased() }.joined(separator: ", ")).",
      ]
    }
    return lines
  }

  private func waits() -> [String] {
    let rows = report.waits.map { wait in
      [Wording.duration(wait.seconds), wait.phase?.title ?? "", place(wait.after), place(wait.before)]
    }
    return rows.isEmpty
      ? []
      : ["## Longest waits", ""] + Markdown.table(["Nothing for", "Before phase", "After", "Until"], rows)
  }

  private func entries() throws -> [String] {
    let rows = try report.entries.map { entry in
      var what = try words(entry.what)
      if let by = entry.annulledBy { what = "~~\(what)~~ annulled by \(place(by))" }
      if let late = entry.lateSeconds { what += " *(recorded \(Wording.duration(late)) later)*" }
      if let subject = entry.subject { what = "\(Markdown.text(subject)): \(what)" }
      return [
        "\(entry.position.value)", Wording.minute(entry.happened), entry.phaseTitle ?? "", what,
        Markdown.text(try entry.by.map(reader.name) ?? ""),
      ]
    }
    return ["## What happened", ""]
      + Markdown.table(["Position", "Happened", "Phase", "What", "Recorded by"], rows)
  }

  private func exceptions() throws -> [String] {
    let lists = TimelineLists(report, for: reader)
    var lines: [String] = []
    for section in try lists.sections() where !section.items.isEmpty {
      lines += ["## \(section.title)", ""]
      for item in section.items { lines.append("- \(Markdown.text(item.words)) \(places(item.positions))") }
      lines.append("")
    }
    return Array(lines.dropLast())
  }

  private func comparison() -> [String] {
    guard !report.earlier.isEmpty else { return [] }
    let rows = report.figures.filter(\.isTelling).map { figure in
      [
        figure.measure.title, figure.words(figure.value), figure.words(figure.median), "\(figure.earlier)",
        places(figure.positions),
      ]
    }
    let names = report.earlier.map { String($0.split(separator: "/").last ?? "") }
    return [
      "## Compared with earlier releases", "",
      "With \(names.count) earlier \(names.count == 1 ? "release" : "releases"): \(Markdown.text(names.joined(separator: ", "))).",
      "",
    ] + Markdown.table(["Figure", "This release", "Median", "Of", "Positions"], rows)
  }
}
