package import RelmDomain
internal import RelmProof

/// The auditor's sample in Markdown: working papers to fill in.
package struct SampleMarkdown {
  private let report: SampleReport
  private let reader: Reader

  package init(_ report: SampleReport, for reader: Reader) {
    self.report = report
    self.reader = reader
  }

  package func text() throws -> String {
    var parts = [head]
    for (number, walk) in report.sample.enumerated() { parts.append(try section(number + 1, walk)) }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var head: [String] {
    let besides = report.besides.map { ["", Markdown.text($0)] } ?? []
    return ["# \(report.title)", "", Markdown.text(report.method)] + besides + [
      "", Markdown.text(report.check),
    ]
  }

  private func section(_ number: Int, _ walk: SampleReport.Walk) throws -> [String] {
    var lines = [
      "## \(number). \(Markdown.text(walk.title))", "",
      "- Begins at position \(Markdown.positions(["\(walk.position.value)"])), drawn by \(Markdown.text(walk.draw))",
      "- Began \(Wording.second(walk.begun)), recorded \(Wording.second(walk.recorded))",
      "- Outcome: \(walk.outcome?.rawValue ?? "none recorded")",
    ]
    lines += try walk.remarks(for: reader).map { "- \($0.name): \(Markdown.text($0.words))" }
    for step in walk.shown {
      lines += ["", "### \(step.step.title)", ""]
      if step.records.isEmpty {
        lines.append("Nothing recorded.")
      } else {
        lines += Markdown.table(
          ["Position", "Happened", "Recorded", "By", "What", "Leaf hash"], try step.records.map(row))
      }
    }
    return lines
  }

  private func row(_ record: SampleReport.Record) throws -> [String] {
    var what = try reader.sentence(record.what)
    if let annulled = record.annulled { what += " [ANNULLED by \(annulled.value)]" }
    return [
      Markdown.positions(["\(record.position.value)"]), Wording.second(record.happened),
      Wording.second(record.recorded), Markdown.text(try record.by.map(reader.name) ?? ""), Markdown.text(what),
      Markdown.text(record.hash),
    ]
  }
}
