internal import RelmDomain
internal import RelmProof

/// How tables and their cells are set.
extension ComplianceHTML {
  /// - Parameters:
  ///   - table: what is set.
  ///   - style: how it is shown where the window is narrow; see `PageTable`.
  func table(_ table: ComplianceTable, style: String = "cards") -> HTML {
    let heads = table.columns.map {
      ColumnHead($0.title, attribute: $0.kind == .number ? .class("number") : nil)
    }
    let rows = table.rows.map { row in
      tag("tr", row.anchor.map { .id($0.id) }) {
        for (place, (column, parts)) in zip(table.columns, row.cells).enumerated() {
          cell(parts, of: column, isFirst: place == 0)
        }
      }
    }
    return PageTable.of(table.caption, heads, rows: rows, style: style)
  }

  private func cell(_ parts: [ComplianceTable.Part], of column: ComplianceTable.Column, isFirst: Bool) -> HTML {
    let style: String? =
      switch column.kind {
      case .words: nil
      case .wide: "wide"
      case .number: "number"
      case .whole: "whole"
      }
    let label = Attribute("data-label", column.title)
    return isFirst
      ? tag("th", Attribute("scope", "row"), style.map(Attribute.class), label) { cell(parts) }
      : tag("td", style.map(Attribute.class), label) { cell(parts) }
  }

  /// The parts of a cell, one behind the other.
  ///
  /// - Parameter isWhole: whether hashes are shown whole.
  func cell(_ parts: [ComplianceTable.Part], isWhole: Bool = false) -> HTML {
    parts.map { part in
      switch part {
      case .words(let words): HTML(words)
      case .quiet(let words): tag("span", .class("quiet"), words: words)
      case .toned(let tone, let words): Toned.words(words, tone)
      case .outcome(let outcome, let words): Self.signed(outcome, words)
      case .tally(let tally): Self.counts(tally)
      case .day(let instant): tag("span", .class("whole"), words: Wording.day(instant))
      case .minute(let instant): Self.time(Wording.minute(instant))
      case .second(let instant): Self.time(Wording.second(instant))
      case .places(let positions, let deployment): positions.map { place($0, of: deployment) }.joined(by: " ")
      case .own(let position): tag("span", .class("place"), words: "#\(position)")
      case .link(let anchor, let words): link(anchor, words)
      case .section(let id, let words): tag("a", .link(to: id), words: words)
      case .typed(let words): Self.typed(words)
      case .help(let command): tag("span", .class("help")) { tag("code", words: command) }
      case .hash(let hash): tag("code", words: isWhole ? hash : ComplianceWords.shortened(hash: hash))
      case .bar(let count, let most): Self.bar(count, most: most)
      case .lineEnd: tag("br")
      }
    }.joined
  }

  /// What a rule came to, with a sign that differs in shape, not in colour alone.
  static func signed(_ outcome: RuleOutcome, _ words: String) -> HTML {
    switch outcome.tone {
    case .plain:
      tag("span", .class("plain")) {
        (outcome == .pending ? Icon.open.inline : Icon.stopped.inline) + HTML(words)
      }
    case .good, .warning, .bad: Toned.words(words, outcome.tone)
    }
  }

  /// A date and a time; where there is little room, a line may end between them, and nowhere else.
  private static func time(_ words: String) -> HTML {
    tag("span", .class("time")) {
      tag("span", .class("whole"), words: String(words.prefix(10)))
      String(words.dropFirst(10))
    }
  }

  /// How often rules came to what, each with its sign.
  static func counts(_ tally: ComplianceReport.Tally) -> HTML {
    let outcomes = RuleOutcome.allCases.filter { tally[$0] > 0 }
    guard !outcomes.isEmpty else { return HTML("–") }
    return outcomes.enumerated().map { place, outcome in
      tag("span", .class("whole")) {
        // What is as it should be, or was not asked, draws no eye.
        let words = "\(tally[outcome]) \(outcome.words)"
        outcome.tone == .good || outcome == .notApplicable ? HTML(words) : signed(outcome, words)
        // The comma stays on the line of the word before it.
        if place < outcomes.count - 1 { "," }
      }
    }.joined(by: " ")
  }

  private func place(_ position: Position, of deployment: Position?) -> HTML {
    let words = "#\(position)"
    // A line does not break in it anyway; a page of many deployments has ten thousand of these.
    guard let anchor = links.anchor(of: position, in: deployment) else { return HTML(words) }
    return tag("a", .class("place"), .link(to: anchor.id), words: words)
  }

  private func link(_ anchor: ComplianceTable.Anchor, _ words: String) -> HTML {
    links.leads(to: anchor) ? tag("a", .link(to: anchor.id), words: words) : HTML(words)
  }

  private static func bar(_ count: Int, most: Int) -> HTML {
    let width = most == 0 ? 0 : Double(count) * 200 / Double(most)
    return tag(
      "svg", .class("share"), Attribute("viewBox", "0 0 200 10"), Attribute("preserveAspectRatio", "none"),
      Attribute("aria-hidden", "true")
    ) {
      tag("rect", .class("all"), Attribute("width", 200.0), Attribute("height", 10.0))
      if count > 0 { tag("rect", .class("part"), Attribute("width", max(width, 1)), Attribute("height", 10.0)) }
    }
  }
}
