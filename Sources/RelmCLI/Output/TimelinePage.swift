internal import RelmDomain
internal import RelmProof
internal import RelmReports

/// The timeline of a release on a terminal: what was when, then what a review asks about, then the figures.
struct TimelinePage {
  private let report: TimelineReport
  private let reader: Reader
  private let layout: TextLayout
  private var width: Int { layout.width }

  /// - Parameter width: how many columns there are; at least 60 are used.
  init(_ report: TimelineReport, for reader: Reader, width: Int) {
    self.report = report
    self.reader = reader
    layout = TextLayout(width: min(max(width, 60), 160))
  }

  func text() throws -> String {
    let parts = [try head(), phases(), try entries(), try sections(), comparison()]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func head() throws -> [String] {
    var lines = [Terminal.bold(Rows.printable("\(report.release): \(PlainWords.of(report.stage))"))]
    if let purpose = report.purpose {
      lines += layout.wrapped(Rows.printable(try reader.sentence(purpose)), indent: 2)
    }
    var facts = [report.class.map { $0.rawValue + (report.critical == true ? ", critical" : "") }].compactMap {
      $0
    }
    if let manager = report.manager { facts.append("managed by \(try reader.name(manager))") }
    if !report.services.isEmpty { facts.append("for \(report.services.joined(separator: ", "))") }
    if !facts.isEmpty { lines += layout.wrapped(Rows.printable(facts.joined(separator: "; ")), indent: 2) }
    lines += layout.wrapped(
      "\(Wording.minute(report.first.at)) to \(Wording.minute(report.last.at)), \(Wording.duration(report.seconds))",
      indent: 2)
    return lines
  }

  /// The phases, each with a bar over the whole time where the terminal has room for one.
  private func phases() -> [String] {
    let columns = ["PHASE", "FROM", "LASTED", "WAITED", "EVENTS"]
    let rows = report.phases.map { span in
      [
        span.title, Wording.minute(span.first.at), Wording.duration(span.seconds),
        span.waitSeconds == 0 ? "" : Wording.duration(span.waitSeconds), "\(span.events)",
      ]
    }
    var widths = columns.map(\.count)
    for row in rows { for (place, cell) in row.enumerated() { widths[place] = max(widths[place], cell.count) } }
    let room = min(width - widths.reduce(2 * widths.count, +), 60)
    var lines = [Terminal.bold(TextLayout.line(columns, widths))]
    for (row, span) in zip(rows, report.phases) {
      var line = TextLayout.line(row, widths)
      if room >= 10 {
        line += String(repeating: " ", count: max(0, widths[widths.count - 1] - row[row.count - 1].count + 2))
        line += bar(span, room)
      }
      lines.append(line)
    }
    if !report.missing.isEmpty {
      lines.append(
        Terminal.red(
          "nothing recorded of: " + report.missing.map { $0.title.lowercased() }.joined(separator: ", ")))
    }
    return lines
  }

  private func bar(_ span: TimelineReport.PhaseSpan, _ room: Int) -> String {
    let total = max(report.first.at.seconds(to: report.last.at), 1)
    func column(_ moment: Moment) -> Int {
      min(max(report.first.at.seconds(to: moment.at), 0) * (room - 1) / total, room - 1)
    }
    let (from, to) = (column(span.first), column(span.last))
    return String(repeating: "·", count: from) + String(repeating: "█", count: to - from + 1)
      + String(repeating: "·", count: room - 1 - to)
  }

  private func entries() throws -> [String] {
    let places = report.entries.map { "\($0.position.value)" }
    let placeWidth = max(places.map(\.count).max() ?? 0, 3)
    let indent = placeWidth + 2 + 17 + 2 + 9 + 2
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    var lines = [
      Terminal.bold(pad("POS", placeWidth) + "  " + pad("HAPPENED", 17) + "  " + pad("PHASE", 9) + "  WHAT")
    ]
    for (entry, place) in zip(report.entries, places) {
      let begin =
        String(repeating: " ", count: placeWidth - place.count) + place + "  " + Wording.minute(entry.happened)
        + "  " + pad(entry.phaseTitle ?? "", 9) + "  "
      let told = TextLayout(width: width).wrapped(try words(entry), indent: indent)
      for (number, line) in told.enumerated() {
        lines.append(styled(number == 0 ? begin + line.dropFirst(indent) : line, entry))
      }
    }
    return lines
  }

  private func words(_ entry: TimelineReport.Entry) throws -> String {
    var words = try reader.sentence(entry.what)
    if let subject = entry.subject, subject != "ledger" { words = "\(subject): \(words)" }
    if let by = entry.by { words += " – \(try reader.name(by))" }
    if let late = entry.lateSeconds { words += " (recorded \(Wording.duration(late)) later)" }
    if let by = entry.annulledBy { words += " [ANNULLED by \(by.value)]" }
    return Rows.printable(words)
  }

  private func styled(_ line: String, _ entry: TimelineReport.Entry) -> String {
    entry.tone == .bad && entry.annulledBy == nil ? Terminal.red(line) : line
  }

  private func sections() throws -> [String] {
    var lines: [String] = []
    for section in try TimelineLists(report, for: reader).sections() where !section.items.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines.append(Terminal.bold(section.title.uppercased()))
      for item in section.items {
        let places = item.positions.map { "[\($0.value)]" }.joined(separator: " ")
        for (number, line) in layout.wrapped(Rows.printable("\(item.words) \(places)"), indent: 2).enumerated()
        {
          let told = number == 0 ? line : "  " + line
          lines.append(item.tone == .bad ? Terminal.red(told) : told)
        }
      }
    }
    if !report.waits.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines.append(Terminal.bold("LONGEST WAITS"))
      for wait in report.waits {
        let before = wait.phase.map { " before \($0.title.lowercased())" } ?? ""
        lines.append(
          "  \(Wording.duration(wait.seconds))\(before) [\(wait.after.value)] [\(wait.before.value)]")
      }
    }
    return lines
  }

  private func comparison() -> [String] {
    let others = report.earlier.count
    let columns = ["FIGURE", "THIS", others == 0 ? "" : "MEDIAN OF \(others) EARLIER"]
    let rows = report.figures.filter(\.isTelling).map { figure in
      [
        figure.measure.title, figure.words(figure.value),
        figure.earlier == 0 ? "" : figure.words(figure.median),
      ]
    }
    var widths = columns.map(\.count)
    for row in rows { for (place, cell) in row.enumerated() { widths[place] = max(widths[place], cell.count) } }
    return [Terminal.bold(TextLayout.line(columns, widths))] + rows.map { TextLayout.line($0, widths) }
  }
}
