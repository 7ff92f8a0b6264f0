internal import RelmDomain
internal import RelmProof

/// One lane of the drawing: the span of a phase as a band, what was attempted as bars in it, events as marks.
struct DrawnLane {
  let title: String
  let count: String
  let height: Double
  /// What a cut in the drawing goes through, and what stands above it.
  let back: HTML
  let front: HTML

  private static let pad = 5.0
  private static let barPitch = 16.0
  private static let mostRows = 6

  /// - Parameters:
  ///   - phase: whose events are drawn; nil for those of none.
  ///   - span: what it extends over; nil where it has nothing.
  init(_ phase: Phase?, _ span: TimelineReport.PhaseSpan?, of drawing: TimelineDrawing) throws {
    let entries = drawing.report.entries.filter { entry in
      span?.holds(entry) ?? (entry.phase == phase && entry.context != .development)
    }
    title = span?.title ?? phase?.title ?? "Incidents, other"
    count = entries.count == 1 ? "1 event" : "\(entries.count) events"

    var bars = phase == nil ? try Self.incidents(drawing) : Self.attempts(span, drawing, hasWords: true)
    var rows = DrawnBar.rows(bars)
    if let most = rows.max(), most >= Self.mostRows, phase != nil {
      // Too many for their words: what they are is in their titles and in the tables.
      bars = Self.attempts(span, drawing, hasWords: false)
      rows = DrawnBar.rows(bars)
    }
    let places = entries.map { drawing.scale.x($0.happened) }
    let marks = DrawnMarks(
      places, isUrgent: entries.map { $0.annulledBy == nil && ($0.tone == .bad || $0.tone == .warning) })
    let marksTop = Self.pad + Double((rows.max() ?? -1) + 1) * Self.barPitch
    height = max(26, marksTop + marks.height + Self.pad)

    var back = HTML.empty
    var front = HTML.empty
    if let span {
      back += Self.band(span, height: height, drawing)
      front += Self.wait(before: span, height: height, drawing)
    }
    for (bar, row) in zip(bars, rows) {
      let y = Self.pad + Double(row) * Self.barPitch + 1
      let link = drawing.page.anchor(of: bar.position)
      back += bar.shape(y: y, link: link)
      front += bar.words(y: y, link: link)
    }
    front += try tag(
      "g", .class("marks"), Attribute("data-top", marksTop), Attribute("data-rows", "\(marks.rowCount)")
    ) {
      for place in entries.indices {
        let row = marks.rows[place]
        let y =
          marksTop
          + (row.map { (Double($0) + 0.5) * DrawnMarks.pitch } ?? Double(marks.rowCount) * DrawnMarks.pitch + 4)
        try Self.mark(entries[place], x: places[place], y: y, isStroke: row == nil, drawing)
      }
    }
    if let phase, entries.isEmpty, bars.isEmpty {
      front += Self.nothing(isMissing: drawing.report.missing.contains(phase))
    }
    self.back = back
    self.front = front
  }

  // MARK: Bands

  /// The span of a phase.
  private static func band(_ span: TimelineReport.PhaseSpan, height: Double, _ drawing: TimelineDrawing) -> HTML
  {
    let (left, right) = (drawing.scale.x(span.first.at), drawing.scale.x(span.last.at))
    return tag("g") {
      tag(
        "title",
        words: "\(span.title): \(Wording.minute(span.first.at)) to \(Wording.minute(span.last.at)), "
          + Wording.duration(span.seconds))
      // The ends stand a little off, whatever the zoom, so that a mark at the end is inside.
      moving(x: left, y: 0) { edge(height, at: -7) }
      tag(
        "rect", .class("band"), Attribute("data-x", left), Attribute("data-w", right - left),
        Attribute("x", left),
        Attribute("y", 2), Attribute("width", right - left), Attribute("height", height - 4))
      moving(x: right, y: 0) { edge(height, at: 0) }
    }
  }

  /// How long nothing happened before a phase, where that is an hour or more.
  private static func wait(
    before span: TimelineReport.PhaseSpan, height: Double, _ drawing: TimelineDrawing
  ) -> HTML {
    guard span.waitSeconds >= 3600 else { return .empty }
    let left = drawing.scale.x(span.first.at)
    let from = drawing.scale.x(span.first.at.advanced(byMicroseconds: -Int64(span.waitSeconds) * 1_000_000))
    guard left - from > 14 else { return .empty }
    let words = Wording.duration(span.waitSeconds)
    return drawing.measured(
      from: from, to: left - 8, y: height / 2, words: words,
      title: "\(span.title) began after a wait of \(words)")
  }

  private static func edge(_ height: Double, at x: Double) -> HTML {
    tag(
      "rect", .class("band"), Attribute("x", x), Attribute("y", 2), Attribute("width", 7),
      Attribute("height", height - 4))
  }

  private static func nothing(isMissing: Bool) -> HTML {
    tag("g", .class(isMissing ? "warning" : "none")) {
      if isMissing {
        tag("g", .class("sign"), Attribute("transform", "translate(12 8) scale(.84)")) { Icon.warning.shapes }
      }
      tag(
        "text", .class("small"), Attribute("x", isMissing ? 26 : 12), Attribute("y", 17),
        words: isMissing ? "nothing is recorded" : "nothing yet")
    }
  }

  // MARK: Bars

  private static func attempts(
    _ span: TimelineReport.PhaseSpan?, _ drawing: TimelineDrawing, hasWords: Bool
  ) -> [DrawnBar] {
    (span?.attempts ?? []).compactMap { attempt in
      guard let first = attempt.begun ?? attempt.ended ?? attempt.rolledBack else { return nil }
      let isOpen = attempt.ended == nil && attempt.outcome == nil && attempt.rolledBack == nil
      let end = isOpen ? drawing.scale.last : (attempt.ended ?? first).at
      var label = attempt.suite ?? attempt.environment ?? attempt.id
      if attempt.rolledBack != nil { label += ", rolled back" }
      if isOpen { label += ", under way" }
      let back = attempt.rolledBack.map { drawing.scale.x($0.at) }
      return DrawnBar(
        fill: isOpen ? .open : attempt.outcome?.fill ?? .ended,
        icon: isOpen ? .open : attempt.rolledBack != nil ? .back : attempt.outcome?.icon ?? .plain,
        label: hasWords ? label : "", title: title(of: attempt),
        position: (attempt.ended ?? first).position, from: drawing.scale.x(first.at), to: drawing.scale.x(end),
        back: back.map { max($0, drawing.scale.x(end)) })
    }.sorted { $0.extent.left < $1.extent.left }
  }

  private static func title(of attempt: TimelineReport.Attempt) -> String {
    var words = "\(PlainWords.of(attempt.kind)) \(attempt.id)"
    if let suite = attempt.suite { words += ", \(suite)" }
    if let environment = attempt.environment { words += ", \(environment)" }
    words += ": " + (attempt.outcome?.rawValue ?? (attempt.ended == nil ? "no end is recorded" : "ended"))
    if let begun = attempt.begun { words += "\nbegan \(Wording.minute(begun.at)) #\(begun.position)" }
    if let ended = attempt.ended { words += "\nended \(Wording.minute(ended.at)) #\(ended.position)" }
    if let seconds = attempt.seconds { words += ", after \(Wording.duration(seconds))" }
    if let back = attempt.rolledBack { words += "\nrolled back \(Wording.minute(back.at)) #\(back.position)" }
    return words
  }

  private static func incidents(_ drawing: TimelineDrawing) throws -> [DrawnBar] {
    try drawing.report.incidents.compactMap { link in
      guard let from = link.opened?.at ?? drawing.page.entries[link.position]?.happened else { return nil }
      let summary = try link.summary.map { ": " + (try drawing.page.reader.sentence($0)) } ?? ""
      var title = "incident \(link.incident), \(link.severity?.rawValue ?? "no severity"): this release "
      title += link.relation.words + summary + "\nopened \(Wording.minute(from))"
      title += link.resolved.map { ", resolved \(Wording.minute($0.at))" } ?? ", not resolved"
      return DrawnBar(
        fill: link.relation.fill, icon: link.relation.tone.icon,
        label: "\(link.incident) \(link.relation.rawValue)\(link.resolved == nil ? ", open" : "")",
        title: title,
        position: link.position, from: drawing.scale.x(from),
        to: drawing.scale.x(link.resolved?.at ?? drawing.scale.last))
    }.sorted { $0.extent.left < $1.extent.left }
  }

  // MARK: Marks

  private static func mark(
    _ entry: TimelineReport.Entry, x: Double, y: Double, isStroke: Bool, _ drawing: TimelineDrawing
  ) throws -> HTML {
    var title = "#\(entry.position) \(try drawing.page.reader.sentence(entry.what))\n"
    title += Wording.second(entry.happened)
    if let late = entry.lateSeconds { title += ", recorded \(Wording.duration(late)) late" }
    if let by = entry.annulledBy { title += "\nannulled by #\(by)" }
    let isUrgent = entry.annulledBy == nil && (entry.tone == .bad || entry.tone == .warning)
    let style = "mark \(entry.annulledBy == nil ? entry.tone.style : "annulled")" + (isStroke ? " stroke" : "")
    return tag(
      "a", .class(style), .link(to: TimelineHTML.anchor(entry.position)), Attribute("tabindex", "-1"),
      isUrgent ? Attribute("data-urgent", "") : nil, Attribute("data-x", x), Attribute("data-y", y),
      Attribute("transform", "translate(\(Escape.number(x)) \(Escape.number(y)))")
    ) {
      tag("title", words: title)
      tag("path", .class("tick"), Attribute("d", "M0-3.5v7"))
      tag("g", .class("shape")) {
        if entry.annulledBy != nil {
          tag("path", .class("out"), Attribute("d", "M0-3.6a3.6 3.6 0 1 0 .01 0zM-4 4l8-8"))
        } else {
          tag("g", Attribute("transform", "translate(-4.8 -4.8) scale(.8)")) { entry.tone.icon.shapes }
        }
        if entry.lateSeconds != nil {
          tag("path", .class("late"), Attribute("d", "M0-5.6a5.6 5.6 0 1 0 .01 0z"))
        }
      }
    }
  }
}

extension TimelineHTML {
  /// The id of a position's row, where it has one.
  func anchor(of position: Position) -> String? { entries[position].map { Self.anchor($0.position) } }
}

extension Outcome {
  fileprivate var fill: DrawnBar.Fill {
    switch self {
    case .succeeded: .succeeded
    case .failed: .failed
    case .errored: .errored
    case .cancelled: .cancelled
    }
  }

  fileprivate var icon: Icon {
    switch self {
    case .succeeded: .good
    case .failed: .bad
    case .errored: .warning
    case .cancelled: .stopped
    }
  }
}

extension TimelineReport.IncidentRelation {
  fileprivate var fill: DrawnBar.Fill {
    switch self {
    case .caused: .caused
    case .suspected: .suspected
    case .fixed: .fixed
    }
  }
}
