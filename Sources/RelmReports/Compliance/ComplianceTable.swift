package import RelmDomain
package import RelmProof

/// A table of the compliance report: what each cell says is said here once, and every form only sets it.
package struct ComplianceTable: Sendable {
  package let caption: String
  package let columns: [Column]
  package private(set) var rows: [Row] = []

  package init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  package mutating func append(_ anchor: Anchor? = nil, _ cells: [Part]...) { append(anchor, cells) }

  package mutating func append(_ anchor: Anchor?, _ cells: [[Part]]) {
    precondition(cells.count == columns.count, "a row has a cell for every column")
    rows.append(Row(anchor: anchor, cells: cells))
  }

  package struct Row: Sendable {
    /// What leads to this row.
    package let anchor: Anchor?
    package let cells: [[Part]]
  }

  package struct Column: Sendable, ExpressibleByStringLiteral {
    package enum Kind: Sendable {
      /// Words, many words, a number, and what is not broken into lines.
      case words, wide, number, whole
    }

    package let title: String
    package let kind: Kind

    package init(stringLiteral title: String) { self.init(title, .words) }

    private init(_ title: String, _ kind: Kind) {
      self.title = title
      self.kind = kind
    }

    package static func wide(_ title: String) -> Column { Column(title, .wide) }
    package static func number(_ title: String) -> Column { Column(title, .number) }
    package static func whole(_ title: String) -> Column { Column(title, .whole) }
  }

  /// A piece of a cell. Its words may hold anything; the form that sets them makes them harmless.
  package enum Part: Sendable {
    case words(String)
    /// What is said beside, and need not be seen first.
    case quiet(String)
    /// Words that are to be seen as good or bad.
    case toned(TimelineReport.Tone, String)
    /// What a rule came to.
    case outcome(RuleOutcome, String)
    /// What several rules came to.
    case tally(ComplianceReport.Tally)
    /// A moment to the day, one to the minute, and one to the second, in UTC.
    case day(Instant)
    case minute(Instant)
    case second(Instant)
    /// The positions that it rests on; they are looked for in the evidence of a deployment first, where one is named.
    case places([Position], of: Position? = nil)
    /// The position that the row itself is of.
    case own(Position)
    /// Words that lead to a row, and words that lead to a section.
    case link(Anchor, String)
    case section(String, String)
    /// Words of which those between backticks are to be typed.
    case typed(String)
    /// A command that mends it still; on paper there is nobody to copy it.
    case help(String)
    /// A hash or a digest, whole; a form may show its beginning.
    case hash(String)
    /// How much of the most there is.
    case bar(Int, most: Int)
    /// What follows begins a line.
    case lineEnd
  }

  /// Something in the report that a link can lead to.
  package enum Anchor: Hashable, Sendable {
    case deployment(Position)
    /// A finding of a deployment, by its place among the findings.
    case finding(Position, Int)
    /// An event among the evidence of a deployment.
    case evidence(of: Position, Position)
    case change(Position)
    case grant(Position)
    case override(Position)

    /// What the place is called in a page.
    var id: String {
      switch self {
      case .deployment(let position): "d-\(position)"
      case .finding(let deployment, let place): "f-\(deployment)-\(place)"
      case .evidence(let deployment, let position): "e-\(deployment)-\(position)"
      case .change(let position): "c-\(position)"
      case .grant(let position): "g-\(position)"
      case .override(let position): "o-\(position)"
      }
    }
  }
}

extension ComplianceTable {
  /// A bar of twenty characters at most; what is more than nothing has one.
  package static func bar(_ count: Int, most: Int) -> String {
    guard count > 0, most > 0 else { return "" }
    return String(repeating: "█", count: max(1, count * 20 / most))
  }
}
