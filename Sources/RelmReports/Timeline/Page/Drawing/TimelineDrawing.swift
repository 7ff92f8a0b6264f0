internal import RelmDomain
internal import RelmProof

/// The drawn timeline on one scale: a lane for each phase and one for what belongs to none.
///
/// It is a picture with links in it, for eyes and a pointer: a voice is told its description in place of it, and a keyboard finds the
/// same links in the tables.
struct TimelineDrawing {
  let page: TimelineHTML
  let scale: TimeScale

  var report: TimelineReport { page.report }

  static let labelWidth = 114.0
  private static let axis = 32.0
  private static let strip = 18.0
  private static let foot = 18.0

  /// The names of the lanes, and the drawing beside them, each as a picture of the same height.
  func html() throws -> HTML {
    var lanes: [(lane: DrawnLane, top: Double)] = []
    var top = Self.axis + (hasStrip ? Self.strip : 4)
    func add(_ lane: DrawnLane) {
      lanes.append((lane, top))
      top += lane.height
    }
    for phase in Phase.allCases {
      // Rehearsals have a lane of their own beside production's.
      let spans = report.phases.filter { $0.phase == phase }
      for span in spans { add(try DrawnLane(phase, span, of: self)) }
      if spans.allSatisfy({ $0.context == .development }) { add(try DrawnLane(phase, nil, of: self)) }
    }
    add(try DrawnLane(nil, nil, of: self))
    let height = top + Self.foot
    return names(lanes, height) + plot(lanes, bottom: top, height)
  }

  private func names(_ lanes: [(lane: DrawnLane, top: Double)], _ height: Double) -> HTML {
    picture("names", width: Self.labelWidth, height: height, Attribute("aria-hidden", "true")) {
      tag(
        "text", .class("small"), Attribute("x", 6), Attribute("y", 12),
        words: TimeTicks.year(scale.stretches[0].start))
      tag("text", .class("small"), Attribute("x", 6), Attribute("y", 26), words: "UTC")
      if hasStrip {
        tag("text", .class("small"), Attribute("x", 6), Attribute("y", Self.axis + 13), words: "Waits")
      }
      for (lane, top) in lanes {
        tag(
          "line", .class("rule"), Attribute("x1", 0), Attribute("x2", Self.labelWidth), Attribute("y1", top),
          Attribute("y2", top))
        tag("text", .class("name"), Attribute("x", 6), Attribute("y", top + 17), words: lane.title)
        if lane.height >= 34 {
          tag("text", .class("small"), Attribute("x", 6), Attribute("y", top + 30), words: lane.count)
        }
      }
    }
  }

  private func plot(_ lanes: [(lane: DrawnLane, top: Double)], bottom: Double, _ height: Double) -> HTML {
    let stretches = scale.stretches.map { stretch in
      [
        Escape.number(stretch.left), Escape.number(stretch.right), "\(stretch.first.microseconds / 1_000_000)",
        "\(stretch.last.microseconds / 1_000_000)", "\(stretch.start.microseconds / 1_000_000)",
      ].joined(separator: ",")
    }
    return picture(
      "plot", width: TimeScale.width, height: height, Attribute("aria-hidden", "true"),
      Attribute("data-scale", stretches.joined(separator: " ")), Attribute("data-bottom", bottom)
    ) {
      tag("g", .class("ticks")) { ticks(bottom) }
      tag(
        "line", .class("axis"), Attribute("x1", 0), Attribute("x2", TimeScale.width),
        Attribute("y1", Self.axis), Attribute("y2", Self.axis), Attribute("data-x", "0"),
        Attribute("data-w", TimeScale.width))
      for (lane, top) in lanes {
        tag(
          "line", .class("rule"), Attribute("x1", 0), Attribute("x2", TimeScale.width), Attribute("y1", top),
          Attribute("y2", top), Attribute("data-x", "0"), Attribute("data-w", TimeScale.width))
        tag("g", .class("lane"), Attribute("transform", "translate(0 \(Escape.number(top)))")) { lane.back }
      }
      breaks(bottom)
      waits
      for (lane, top) in lanes {
        tag("g", .class("lane"), Attribute("transform", "translate(0 \(Escape.number(top)))")) { lane.front }
      }
      marker(bottom)
    }
  }

  private func picture(
    _ kind: String, width: Double, height: Double, _ attributes: Attribute?..., @HTMLBuilder content: () -> HTML
  ) -> HTML {
    let box = "0 0 \(Escape.number(width)) \(Escape.number(height))"
    return tag("svg", with: [.class(kind), Attribute("viewBox", box)] + attributes, content: content)
  }

  // MARK: Axis

  private func ticks(_ bottom: Double) -> HTML {
    TimeTicks.ticks(of: scale).map { tick in
      let x = tick.isBefore ? tick.x - 3 : tick.x + 3
      func words(_ words: String?, _ style: String, y: Double) -> HTML {
        guard let words else { return .empty }
        return tag(
          "text", .class(style), tick.isBefore ? Attribute("text-anchor", "end") : nil, Attribute("x", x),
          Attribute("y", y), words: words)
      }
      return tag(
        "line", .class("grid"), Attribute("x1", tick.x), Attribute("x2", tick.x), Attribute("y1", 16),
        Attribute("y2", bottom)) + words(tick.day, "day", y: 12) + words(tick.time, "small", y: 26)
    }.joined
  }

  /// Idle times that are cut short: a zigzag from top to bottom, and how long.
  private func breaks(_ bottom: Double) -> HTML {
    scale.breaks.map { gap in
      let length = Wording.duration(gap.seconds)
      let top = Self.axis + Self.strip
      return tag("g", .class("break")) {
        tag("title", words: "Nothing happened for \(length); the drawing is cut short here")
        moving(x: (gap.left + gap.right) / 2, y: 0) {
          tag(
            "rect", .class("cut"), Attribute("x", -6), Attribute("y", Self.axis - 2), Attribute("width", 12),
            Attribute("height", 4))
          for (style, x) in [("cut", -3.0), ("zigzag", -6), ("zigzag", 0)] {
            tag("path", .class(style), Attribute("d", Self.zigzag(from: top, to: bottom, at: x)))
          }
          tag(
            "text", .class("length"), Attribute("text-anchor", "middle"), Attribute("y", Self.axis + 13),
            words: Self.short(gap.seconds))
        }
      }
    }.joined
  }

  private static func zigzag(from top: Double, to bottom: Double, at x: Double) -> String {
    let turns = Int((bottom - top) / 6)
    let ends = (0..<turns).map { $0.isMultiple(of: 2) ? "l6 6" : "l-6 6" }.joined()
    return "M\(Escape.number(x)) \(Escape.number(top))" + ends
  }

  /// A length that fits into a break: "36 h", "12 d".
  static func short(_ seconds: Int) -> String {
    if seconds < 2 * 86_400 { return "\((seconds + 1800) / 3600) h" }
    return "\((seconds + 43_200) / 86_400) d"
  }

  // MARK: Waits

  private var hasStrip: Bool { !report.waits.isEmpty || scale.stretches.count > 1 }

  /// The longest waits, measured above the lanes; those that a break shows need no second mark.
  private var waits: HTML {
    report.waits.compactMap { wait -> HTML? in
      guard let after = page.entries[wait.after]?.happened, let before = page.entries[wait.before]?.happened
      else {
        return nil
      }
      let (left, right) = (scale.x(after), scale.x(before))
      let isCut = scale.breaks.contains { $0.left >= left - 0.1 && $0.right <= right + 0.1 }
      guard !isCut, left < right else { return nil }
      let words = Wording.duration(wait.seconds)
      return measured(
        from: left, to: right, y: Self.axis + 9.5, words: words,
        title: "Nothing happened for \(words), from #\(wait.after) to #\(wait.before)")
    }.joined
  }

  /// A line between two places with its length in words, where there is room for them.
  func measured(from left: Double, to right: Double, y: Double, words: String, title: String) -> HTML {
    let need = TextWidth.of(words, size: 10.5) + 8
    return tag("g", .class("wait")) {
      tag("title", words: title)
      tag(
        "line", Attribute("data-x", left), Attribute("data-w", right - left), Attribute("x1", left),
        Attribute("x2", right), Attribute("y1", y), Attribute("y2", y))
      moving(x: left, y: y) { tag("path", Attribute("d", "M.5-3.5v7")) }
      moving(x: right, y: y) { tag("path", Attribute("d", "M-.5-3.5v7")) }
      moving(x: (left + right) / 2, y: y + 3.7) {
        tag(
          "text", .class("length"), Attribute("text-anchor", "middle"), Attribute("data-need", need),
          Attribute("data-room", right - left), need > right - left ? Attribute("display", "none") : nil,
          words: words)
      }
    }
  }

  // MARK: As of

  /// As of when it is told: an upright line, or words at the edge where that is long after.
  private func marker(_ bottom: Double) -> HTML {
    let time = report.asOf.time
    let isInside = time >= scale.first && time <= scale.last
    let x = scale.x(time)
    let words = "as of \(Wording.minute(time))" + (time > scale.last ? " →" : "")
    let isBefore = x > TimeScale.width / 2
    return tag("g", .class("now")) {
      tag("title", words: "What is overdue or under way is told as of \(Wording.minute(time))")
      if isInside {
        tag(
          "line", Attribute("data-x", x), Attribute("data-w", "0"), Attribute("x1", x), Attribute("x2", x),
          Attribute("y1", Self.axis), Attribute("y2", bottom + 6))
      }
      moving(x: x, y: bottom + 14) {
        tag(
          "text", .class("small"), Attribute("x", isBefore ? 6 : 4),
          Attribute("text-anchor", isBefore ? "end" : "start"), words: words)
      }
    }
  }

  /// The same in words, for whom the drawing is read to.
  var description: String {
    var words = "From \(Wording.minute(report.first.at)) to \(Wording.minute(report.last.at))."
    for span in report.phases {
      words += " \(span.title): \(Wording.minute(span.first.at)) to \(Wording.minute(span.last.at))"
      words += span.events == 1 ? ", one event." : ", \(span.events) events."
    }
    for link in report.incidents {
      words += " Incident \(link.incident)"
      words += link.opened.map { ", opened \(Wording.minute($0.at))" } ?? ""
      words += link.resolved.map { ", resolved \(Wording.minute($0.at))." } ?? ", not resolved."
    }
    return words + " The tables below say the same in words."
  }
}
