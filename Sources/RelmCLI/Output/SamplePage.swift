internal import RelmDomain
internal import RelmProof
internal import RelmReports

/// The auditor's sample on a terminal.
struct SamplePage {
  private let report: SampleReport
  private let reader: Reader
  private let layout: TextLayout

  /// - Parameter width: how many columns there are; at least 60 are used.
  init(_ report: SampleReport, for reader: Reader, width: Int) {
    self.report = report
    self.reader = reader
    layout = TextLayout(width: min(max(width, 60), 120))
  }

  func text() throws -> String {
    var lines = [Terminal.bold(report.title)]
    lines += layout.wrapped(Rows.printable(report.method), indent: 2)
    if let besides = report.besides { lines += layout.wrapped(besides, indent: 2) }
    lines += layout.wrapped(report.check, indent: 2)
    for (number, walk) in report.sample.enumerated() { lines += try section(number + 1, walk) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ number: Int, _ walk: SampleReport.Walk) throws -> [String] {
    let ended = walk.outcome.map { ", \($0.rawValue)" } ?? ", no end recorded"
    var lines = [
      "", Terminal.bold(Rows.printable("\(number). \(walk.title)")),
      "   began \(Wording.second(walk.begun))\(ended), position \(walk.position.value), drawn by \(walk.draw)",
    ]
    for remark in try walk.remarks(for: reader) {
      lines += layout.wrapped(Rows.printable("\(remark.name.uppercased()) \(remark.words)"), indent: 3)
    }
    for step in walk.shown {
      let title = step.step.title
      guard !step.records.isEmpty else {
        lines.append("   \(title): nothing recorded")
        continue
      }
      lines.append("   \(title)")
      for record in step.records { lines += try self.lines(of: record) }
    }
    return lines
  }

  private func lines(of record: SampleReport.Record) throws -> [String] {
    var words =
      "[\(record.position.value)] \(Wording.second(record.happened)) \(try reader.sentence(record.what))"
    if let person = record.by { words += " – \(try reader.name(person))" }
    if let annulled = record.annulled { words += " [ANNULLED by \(annulled.value)]" }
    let told = layout.wrapped(Rows.printable(words), indent: 5)
    return told + ["       leaf \(record.hash), relm prove \(record.position.value)"]
  }
}
