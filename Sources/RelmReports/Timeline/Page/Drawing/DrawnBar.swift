internal import RelmDomain
internal import RelmProof

/// Something that lasted, as it is drawn: an attempt in a phase, or an incident.
struct DrawnBar {
  /// How a bar is filled: how it ended is told by its pattern, never by its colour alone.
  enum Fill: String, CaseIterable {
    case succeeded, failed, errored, cancelled, ended, open, caused, suspected, fixed

    /// The lines of the pattern, in a square of six units.
    var lines: String? {
      switch self {
      case .succeeded, .ended, .fixed: nil
      case .failed: "M-1.5 1.5l3-3M0 6 6 0M4.5 7.5l3-3"
      case .errored: "M-1.5 1.5l3-3M0 6 6 0M4.5 7.5l3-3M-1.5 4.5l3 3M0 0l6 6M4.5-1.5l3 3"
      case .cancelled: "M1 1.5h1.5M4 4.5h1.5"
      case .open: "M0 3h3"
      case .caused: "M0 1h6M0 4h6"
      case .suspected: "M1.5 0v6"
      }
    }

    /// How a bar is filled with it.
    var paint: Attribute { Attribute("fill", "url(#fill-\(rawValue))") }

    /// The patterns of all drawings of a page.
    static var patterns: HTML {
      tag("svg", .class("voice"), Attribute("aria-hidden", "true")) {
        tag("defs") {
          for fill in allCases {
            tag(
              "pattern", .id("fill-\(fill.rawValue)"), .class("fill \(fill.rawValue)"), Attribute("width", "6"),
              Attribute("height", "6"), Attribute("patternUnits", "userSpaceOnUse")
            ) {
              tag("rect", Attribute("width", "6"), Attribute("height", "6"))
              fill.lines.map { tag("path", Attribute("d", $0)) }
            }
          }
        }
      }
    }
  }

  let fill: Fill
  let icon: Icon
  let label: String
  let title: String
  let position: Position
  let from: Double
  let to: Double
  /// Where it was taken back.
  let back: Double?

  /// The place of the scale that the words stand at, how far off, and from where to where the whole is.
  let labelAt: Double
  let labelOff: Double
  let isLabelBefore: Bool
  let isLabelInside: Bool
  let extent: (left: Double, right: Double)

  static let size = 11.0

  init(
    fill: Fill, icon: Icon, label: String, title: String, position: Position, from: Double, to: Double,
    back: Double? = nil
  ) {
    self.fill = fill
    self.icon = icon
    self.label = TextWidth.cut(label, to: 34)
    self.title = title
    self.position = position
    self.from = from
    self.to = max(from, to)
    self.back = back
    let words = 16 + TextWidth.of(self.label, size: Self.size)
    let end = max(self.to, from + 5, back.map { $0 + 8 } ?? 0)
    isLabelInside = self.to - from >= words + 10
    isLabelBefore = !isLabelInside && end + words + 6 > TimeScale.width
    if isLabelInside {
      (labelAt, labelOff) = (from, 4)
      extent = (from, end)
    } else if isLabelBefore {
      (labelAt, labelOff) = (from, 0)
      extent = (from - words - 6, end)
    } else {
      labelAt = back ?? self.to
      labelOff = end - labelAt
      extent = (from, end + words + 6)
    }
  }

  /// Puts bars into as few rows as hold them and their words side by side; the earliest first.
  static func rows(_ bars: [DrawnBar]) -> [Int] {
    var ends: [Double] = []
    return bars.map { bar in
      if let free = ends.firstIndex(where: { $0 + 6 <= bar.extent.left }) {
        ends[free] = bar.extent.right
        return free
      }
      ends.append(bar.extent.right)
      return ends.count - 1
    }
  }

  /// The bar itself, and the way back where it was taken back.
  ///
  /// - Parameters:
  ///   - y: the upper edge.
  ///   - link: where a click leads; nil where it has no row.
  func shape(y: Double, link: String?) -> HTML {
    linked(link) {
      if let back {
        tag(
          "line", .class("taken"), Attribute("data-x", to), Attribute("data-w", back - to), Attribute("x1", to),
          Attribute("x2", back), Attribute("y1", y + 5.5), Attribute("y2", y + 5.5))
        moving(x: back, y: y) { tag("path", .class("taken-end"), Attribute("d", "M0 0v11M6 2.5 0 5.5 6 8.5z")) }
      }
      tag(
        "rect", Attribute("data-x", from), Attribute("data-w", to - from), Attribute("data-min", "5"),
        Attribute("x", from), Attribute("y", y), Attribute("width", max(to - from, 5)), Attribute("height", 11),
        Attribute("rx", "1.5"), fill.paint)
    }
  }

  /// What it was and how it ended, in words and a sign.
  func words(y: Double, link: String?) -> HTML {
    linked(link) {
      moving(x: labelAt, y: y + 9.5) {
        tag("g", Attribute("transform", "translate(\(Escape.number(labelOff)) 0)")) { words }
      }
    }
  }

  private func linked(_ link: String?, @HTMLBuilder content: () -> HTML) -> HTML {
    tag(
      "a", .class("bar \(fill.rawValue)"), link.map { .link(to: $0) }, Attribute("tabindex", "-1")
    ) { tag("title", words: title) + content() }
  }

  private var words: HTML {
    let width = TextWidth.of(label, size: Self.size)
    var html = HTML.empty
    if isLabelInside {
      html += tag(
        "rect", .class("plate"), Attribute("x", -1), Attribute("y", -8), Attribute("width", width + 18),
        Attribute("height", 9))
    }
    let iconX = isLabelBefore ? -13.0 : isLabelInside ? 1.0 : 4.0
    html += tag(
      "g", .class(icon == .back ? "sign is-back" : "sign"),
      Attribute("transform", "translate(\(Escape.number(iconX)) -8) scale(.8)")
    ) {
      icon.shapes
    }
    return html
      + tag(
        "text", Attribute("x", isLabelBefore ? -16 : iconX + 12),
        isLabelBefore ? Attribute("text-anchor", "end") : nil, words: label)
  }
}

/// A group that stands at a place of the scale, and moves when the page is zoomed.
func moving(x: Double, y: Double, _ more: Attribute?..., @HTMLBuilder content: () -> HTML) -> HTML {
  let place = Attribute("transform", "translate(\(Escape.number(x)) \(Escape.number(y)))")
  return tag(
    "g", more.first ?? nil, Attribute("data-x", x), Attribute("data-y", y), place, content: content)
}
