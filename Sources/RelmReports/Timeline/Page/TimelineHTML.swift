package import RelmDomain
internal import RelmProof

/// The post-release review timeline of a release as one page: a drawing, and below it everything in words, each line
/// with the positions that it rests on.
///
/// The page is one file that loads nothing, is whole without its script, and prints on A4. The same report for the
/// same reader is the same page, byte for byte.
package struct TimelineHTML {
  let report: TimelineReport
  let reader: Reader
  let entries: [Position: TimelineReport.Entry]

  package init(_ report: TimelineReport, for reader: Reader) {
    self.report = report
    self.reader = reader
    entries = Dictionary(report.entries.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: what the reader throws.
  package func text() throws -> String {
    let title = "Review timeline of \(report.package) \(report.version)"
    let sections = try sections()
    return try Page(
      title: title, style: TimelineStyle.style, script: TimelineScript.script,
      skip: ("entries", "Skip to everything that happened")
    ) {
      try tag("header") {
        tag("h1", words: title)
        if let purpose = report.purpose { tag("p", .class("purpose"), words: try reader.sentence(purpose)) }
        try about()
      }
      try tag("main") {
        summary()
        navigation(sections)
        try figure()
        sections.map(\.html).joined
      }
      tag("footer") {
        tag("p") {
          "Numbers such as #12 are positions in the ledger’s log. Times are in UTC. This page was made from the "
          "log alone: from the same part of it, it can be made again byte for byte."
        }
      }
    }.text()
  }

  // MARK: Head

  private func about() throws -> HTML {
    try tag("dl", .class("about")) {
      item("Release", HTML(report.release))
      item("Stage", HTML(PlainWords.of(report.stage)))
      if let kind = report.class {
        item("Class", HTML(report.critical == true ? "\(kind.rawValue), critical" : kind.rawValue))
      } else if report.critical == true {
        item("Class", HTML("critical"))
      }
      if let manager = report.manager { item("Manager", HTML(try reader.name(manager))) }
      if !report.services.isEmpty {
        item(report.services.count == 1 ? "Service" : "Services", HTML(report.services.joined(separator: ", ")))
      }
      item("Told from", asOf)
    }
  }

  private func item(_ name: String, _ value: HTML) -> HTML { tag("dt", words: name) + tag("dd") { value } }

  private var asOf: HTML {
    let asOf = report.asOf
    var words =
      "the log’s first \(asOf.events) \(asOf.events == 1 ? "event" : "events"), the last recorded "
      + Wording.minute(asOf.recorded)
    if let latest = asOf.happenedBy { words += "; only what had happened by \(Wording.minute(latest))" }
    return HTML(words + "; overdue is told as of \(Wording.minute(asOf.time))")
  }

  private func navigation(_ sections: [Section]) -> HTML {
    tag("nav", Attribute("aria-label", "Sections")) {
      tag("ul") {
        tag("li") { tag("a", .link(to: "drawing"), words: "Drawing") }
        for section in sections {
          tag("li") { tag("a", .link(to: section.id), words: section.short) }
        }
      }
    }
  }

  // MARK: Pieces that every section uses

  typealias Section = PageSection
  typealias Head = ColumnHead

  static func anchor(_ position: Position) -> String { "p-\(position)" }

  /// A position as a link to its row; one that is not among the entries, such as another release's, is only named.
  func place(_ position: Position) -> HTML {
    guard entries[position] != nil else { return tag("span", .class("place"), words: "#\(position)") }
    return tag("a", .class("place"), .link(to: Self.anchor(position)), words: "#\(position)")
  }

  /// Several positions, each once, in order.
  func places(_ positions: [Position?]) -> HTML {
    let sorted = Set(positions.compactMap { $0 }).sorted()
    return sorted.map(place).joined(by: " ")
  }

  /// A moment, and the event that says so.
  func moment(_ moment: Moment) -> HTML {
    tag("span", .class("time"), words: Wording.minute(moment.at)) + HTML(" ") + place(moment.position)
  }

  static func toned(_ tone: TimelineReport.Tone, _ words: String) -> HTML { Toned.words(words, tone) }

  static func table(_ caption: String, _ heads: [Head], rows: [HTML], isStacked: Bool = false) -> HTML {
    PageTable.of(caption, heads, rows: rows, style: isStacked ? "stacked" : nil)
  }
}
