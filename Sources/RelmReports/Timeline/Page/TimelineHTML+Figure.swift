internal import RelmDomain
internal import RelmProof

/// The drawing with its buttons and its key.
extension TimelineHTML {
  func figure() throws -> HTML {
    let even = TimeScale.even(moments)
    let compressed = TimeScale.compressed(moments)
    let startsCompressed = compressed?.isMostlyIdle ?? false
    return try tag("section", Attribute("aria-labelledby", "drawing")) {
      tag("h2", .id("drawing"), words: "The course of the release")
      DrawnBar.Fill.patterns
      try tag("figure", .class("drawing")) {
        tools(hasTwoScales: compressed != nil, startsCompressed: startsCompressed)
        if let compressed {
          try chart(compressed, "compressed", "compressed scale", isShown: startsCompressed)
        }
        try chart(even, "even", "even scale", isShown: !startsCompressed)
        tag("figcaption") {
          if compressed != nil { compressedNote(isShown: startsCompressed) }
          key
        }
      }
    }
  }

  /// Every moment that is drawn.
  private var moments: [Instant] {
    var moments = report.entries.map(\.happened) + [report.first.at, report.last.at]
    for span in report.phases {
      moments += [span.first.at, span.last.at]
      for attempt in span.attempts {
        moments += [attempt.begun, attempt.ended, attempt.rolledBack].compactMap { $0?.at }
      }
    }
    moments += report.incidents.flatMap { [$0.opened, $0.resolved].compactMap { $0?.at } }
    let (first, last) = (moments.min() ?? report.first.at, moments.max() ?? report.last.at)
    // What comes long after everything else would squeeze it.
    let asOf = report.asOf.time
    let isNear = asOf.microseconds - last.microseconds <= (last.microseconds - first.microseconds) / 7
    if asOf > last, isNear { moments.append(asOf) }
    return moments
  }

  private func chart(_ scale: TimeScale, _ id: String, _ name: String, isShown: Bool) throws -> HTML {
    let drawing = TimelineDrawing(page: self, scale: scale)
    return try tag(
      "div", .class("chart"), .id("chart-\(id)"), Attribute("tabindex", "0"), Attribute("role", "group"),
      Attribute("aria-label", "Drawn timeline, \(name). Arrow keys move it, plus and minus zoom, 0 resets."),
      isShown ? nil : Attribute("hidden", "")
    ) {
      tag("p", .class("voice"), words: drawing.description)
      try drawing.html()
    }
  }

  /// Only the script can do what these do, so only the script shows them.
  private func tools(hasTwoScales: Bool, startsCompressed: Bool) -> HTML {
    tag(
      "div", .class("tools"), Attribute("hidden", ""), Attribute("role", "toolbar"),
      Attribute("aria-label", "Drawing")
    ) {
      tool("in", "+", "Zoom in")
      tool("out", "−", "Zoom out")
      tool("reset", "Reset", "Show everything")
      if hasTwoScales {
        tag("span", .class("choice")) {
          scaleButton("compressed", "Compressed", isPressed: startsCompressed)
          scaleButton("even", "Even scale", isPressed: !startsCompressed)
        }
      }
    }
  }

  private func tool(_ action: String, _ words: String, _ name: String) -> HTML {
    tag(
      "button", Attribute("type", "button"), Attribute("data-do", action), Attribute("aria-label", name),
      Attribute("title", name), words: words)
  }

  private func scaleButton(_ id: String, _ words: String, isPressed: Bool) -> HTML {
    tag(
      "button", Attribute("type", "button"), Attribute("data-chart", id),
      Attribute("aria-pressed", isPressed ? "true" : "false"), words: words)
  }

  private func compressedNote(isShown: Bool) -> HTML {
    tag("p", .class("cut-note"), isShown ? nil : Attribute("hidden", "")) {
      "Where nothing happened for long the drawing is cut, with the length written there; each stretch between two "
      "cuts has its own scale."
    }
  }

  // MARK: Key

  private var key: HTML {
    tag("ul", .class("key")) {
      keyItem("a phase, from its first to its last event", width: 30) {
        tag(
          "rect", .class("band"), Attribute("x", 1), Attribute("y", 1), Attribute("width", 28),
          Attribute("height", 12))
      }
      for fill in DrawnBar.Fill.allCases where isUsed(fill) {
        keyItem(fill.words, width: 30) {
          tag("g", .class("bar \(fill.rawValue)")) {
            tag(
              "rect", Attribute("x", 1), Attribute("y", 1.5), Attribute("width", 28), Attribute("height", 11),
              Attribute("rx", "1.5"), fill.paint)
          }
        }
      }
      for tone in TimelineReport.Tone.allCases where report.entries.contains(where: { $0.tone == tone }) {
        keyItem(tone.keyWords, width: 14) {
          tag("g", .class("mark \(tone.style)"), Attribute("transform", "translate(1 1)")) { tone.icon.shapes }
        }
      }
      if report.entries.contains(where: { $0.lateSeconds != nil }) {
        keyItem("recorded late", width: 14) {
          tag("g", .class("mark"), Attribute("transform", "translate(7 7)")) {
            tag("path", .class("late"), Attribute("d", "M0-5.6a5.6 5.6 0 1 0 .01 0z"))
            tag("g", Attribute("transform", "translate(-4.8 -4.8) scale(.8)")) { Icon.plain.shapes }
          }
        }
      }
      if report.entries.contains(where: { $0.annulledBy != nil }) {
        keyItem("annulled", width: 14) {
          tag("g", .class("mark annulled"), Attribute("transform", "translate(7 7)")) {
            tag("path", .class("out"), Attribute("d", "M0-3.6a3.6 3.6 0 1 0 .01 0zM-4 4l8-8"))
          }
        }
      }
      if !report.waits.isEmpty || report.phases.contains(where: { $0.waitSeconds >= 3600 }) {
        keyItem("nothing happened", width: 30) {
          tag("g", .class("wait")) { tag("path", Attribute("d", "M1 7h28M1.5 3.5v7M28.5 3.5v7")) }
        }
      }
      tag("li", .class("pointer"), words: "Point at a mark to read it, click on it to come to its row.")
    }
  }

  private func isUsed(_ fill: DrawnBar.Fill) -> Bool {
    let attempts = report.phases.flatMap(\.attempts)
    return switch fill {
    case .succeeded: attempts.contains { $0.outcome == .succeeded }
    case .failed: attempts.contains { $0.outcome == .failed }
    case .errored: attempts.contains { $0.outcome == .errored }
    case .cancelled: attempts.contains { $0.outcome == .cancelled }
    case .ended: attempts.contains { $0.outcome == nil && ($0.ended != nil || $0.rolledBack != nil) }
    case .open: attempts.contains { $0.outcome == nil && $0.ended == nil && $0.rolledBack == nil }
    case .caused: report.incidents.contains { $0.relation == .caused }
    case .suspected: report.incidents.contains { $0.relation == .suspected }
    case .fixed: report.incidents.contains { $0.relation == .fixed }
    }
  }

  private func keyItem(_ words: String, width: Double, @HTMLBuilder sample: () -> HTML) -> HTML {
    tag("li") {
      tag(
        "svg", .class("sample"), Attribute("viewBox", "0 0 \(Escape.number(width)) 14"),
        Attribute("width", width),
        Attribute("height", 14), Attribute("aria-hidden", "true"), content: sample)
      words
    }
  }
}

extension DrawnBar.Fill {
  /// What a bar filled like this is.
  fileprivate var words: String {
    switch self {
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .errored: "could not be carried out"
    case .cancelled: "cancelled"
    case .ended: "ended, without an outcome"
    case .open: "no end is recorded"
    case .caused: "incident that it caused"
    case .suspected: "incident that it is suspected of"
    case .fixed: "incident that it fixes"
    }
  }
}

extension TimelineReport.Tone {
  fileprivate var keyWords: String {
    switch self {
    case .plain: "an event"
    case .good: "good news"
    case .warning: "to look at"
    case .bad: "bad news"
    }
  }
}
