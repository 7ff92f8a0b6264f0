internal import RelmDomain

/// Small signs that tell good from bad by their shape, in any colour and in none; twelve units high and wide.
enum Icon: Sendable, CaseIterable {
  /// A tick in a circle, an exclamation mark in a triangle, a cross in an octagon, a dot.
  case good, warning, bad, plain
  /// A bar across a circle, an arrow back, three dots.
  case stopped, back, open

  /// The shapes alone, for a drawing.
  var shapes: HTML {
    switch self {
    case .good: Self.solid("M6 .5a5.5 5.5 0 1 0 .01 0z") + Self.inner("M3.3 6.2l2 2 3.4-4.2")
    case .warning: Self.solid("M6 .4 11.8 11.2H.2z") + Self.inner("M6 4.2v3M6 9v.5")
    case .bad:
      Self.solid("M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z") + Self.inner("M4 4l4 4M8 4l-4 4")
    case .plain: Self.solid("M6 2.2a3.8 3.8 0 1 0 .01 0z")
    case .stopped: Self.solid("M6 .5a5.5 5.5 0 1 0 .01 0z") + Self.inner("M3 6h6")
    case .back: Self.outer("M5 2 1.5 5.5 5 9M1.8 5.5h5.4a3 3 0 0 1 0 5.5H6")
    case .open: Self.solid("M1 4.8h2.4v2.4H1zM4.8 4.8h2.4v2.4H4.8zM8.6 4.8H11v2.4H8.6z")
    }
  }

  /// The sign in a line of words; a voice does not read it. It is drawn once for the whole page, which may show it ten thousand times.
  var inline: HTML {
    tag("svg", .class("icon"), Attribute("aria-hidden", "true")) { tag("use", .link(to: id)) }
  }

  private var id: String { "icon-\(self)" }

  /// The signs of a page.
  static var symbols: HTML {
    tag("svg", .class("voice"), Attribute("aria-hidden", "true")) {
      for icon in allCases {
        tag("symbol", .id(icon.id), Attribute("viewBox", "0 0 12 12")) { icon.shapes }
      }
    }
  }

  private static func solid(_ path: String) -> HTML {
    tag("path", Attribute("fill", "currentColor"), Attribute("d", path))
  }
  private static func inner(_ path: String) -> HTML { tag("path", .class("in"), Attribute("d", path)) }
  private static func outer(_ path: String) -> HTML { tag("path", .class("out"), Attribute("d", path)) }

  static let style = #"""
    .in{fill:none;stroke:var(--page);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
    .out{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}

    """#
}

extension TimelineReport.Tone {
  var icon: Icon {
    switch self {
    case .plain: .plain
    case .good: .good
    case .warning: .warning
    case .bad: .bad
    }
  }

  /// The class of an element in this tone.
  var style: String { rawValue }

  /// What a voice says before a line in this tone.
  var word: String? {
    switch self {
    case .plain: nil
    case .good: "good"
    case .warning: "to look at"
    case .bad: "bad"
    }
  }
}
