internal import RelmDomain
internal import RelmProof
internal import RelmReports

/// What a draft would change, for a person or a program.
struct WhatIfPage {
  private let report: WhatifReport

  /// How many deployments are listed on a terminal.
  private static let listed = 20

  private let names: Names

  init(_ report: WhatifReport, _ names: Names) { (self.report, self.names) = (report, names) }

  func write(_ format: OutputFormat) throws {
    switch format {
    case .table: try Terminal.tell(text())
    case .json, .ndjson: try Terminal.data(String(decoding: report.bytes, as: UTF8.self))
    case .csv: try changes(report.changes[...]).write(.csv)
    }
  }

  private func text() throws -> String {
    let parts = [(report.totals, report.rules)] + (report.development.map { [($0.totals, $0.rules)] } ?? [])
    let layout = TextLayout(width: min(Terminal.columns ?? 100, 120))
    var lines = [
      Terminal.bold("What if: \(report.policy) version \(report.version), over \(Self.over(report))"),
      "  as of \(PlainWords.count(report.asOf.events, "event")), \(Moments.text(report.asOf.time)); nothing is recorded",
    ]
    for (place, part) in parts.enumerated() {
      if parts.count > 1 { lines += ["", Terminal.bold(place == 0 ? "TO PRODUCTION" : "TO DEVELOPMENT")] }
      lines += told(part.0, part.1, layout)
    }
    if !report.changes.isEmpty {
      lines += ["", Terminal.bold("Deployments that would stand otherwise")]
      for change in report.changes.suffix(Self.listed) {
        let why = try words(of: change.reasons)
        lines += layout.wrapped(
          Rows.printable(
            "\(change.release) to \(change.environment) (\(change.attempt.value)\(Self.annulled(change))), \(change.from.rawValue) → "
              + "\(change.to.rawValue)\(why.isEmpty ? "" : "; " + why)"), indent: 2)
      }
      let more = report.changes.count - Self.listed
      if more > 0 { lines.append("  and \(more) earlier ones; --format csv or json has them all") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many deployments were judged twice, and to where.
  private static func over(_ report: WhatifReport) -> String {
    let count = ComplianceWords.count(report.totals.attempts, "deployment")
    guard let development = report.development else { return "\(count) to \(report.scope.context.rawValue)" }
    return "\(count) to production and \(development.totals.attempts) to development"
  }

  /// What was counted, and rule by rule what comes to something else.
  private func told(
    _ totals: WhatifReport.Totals, _ rules: [WhatifReport.Rule], _ layout: TextLayout
  ) -> [String] {
    var lines: [String] = []
    if totals.unjudged > 0 {
      lines.append(
        "  \(totals.unjudged) from before the ledger, or annulled by somebody who had no hand in it, "
          + "\(totals.unjudged == 1 ? "is" : "are") not judged")
    }
    if let left = totals.leftOut {
      let other: Context = report.scope.context == .development ? .production : .development
      lines.append(
        "  \(left) to \(other.rawValue) \(left == 1 ? "is" : "are") not looked at: --context \(other.rawValue)")
    }
    lines += [
      "", "  hold now          \(totals.nowHold)", "  would hold        \(totals.draftHold)",
      "  would newly hold  \(totals.improved)", "  would newly fail  \(totals.worsened)",
    ]
    let changed = rules.filter { !$0.flips.isEmpty }
    for rule in changed {
      lines += ["", Terminal.bold(rule.rule.rawValue) + ", unchanged for \(rule.same)"]
      for flip in rule.flips {
        lines.append(
          "  \(flip.count) × \(Self.words(flip.from, "not asked")) → \(Self.words(flip.to, "not asked"))")
        for example in flip.examples {
          lines += layout.wrapped(
            Rows.printable(
              "\(example.release) to \(example.environment) (\(example.attempt.value)): \(example.reason)"),
            indent: 6)
        }
      }
    }
    if changed.isEmpty { lines += ["", "  no rule comes to anything else"] }
    return lines
  }

  private static func words(_ outcome: RuleOutcome?, _ absent: String) -> String { outcome?.words ?? absent }

  private static func annulled(_ change: WhatifReport.Change) -> String {
    change.annulled.map { ", annulled at \($0.value)" } ?? ""
  }

  private func words(of reasons: [WhatifReport.Reason]) throws -> String {
    try reasons.map { "\($0.rule.rawValue): \(try names.sentence($0.reason))" }.joined(separator: "; ")
  }

  private func changes(_ changes: ArraySlice<WhatifReport.Change>) throws -> Rows {
    var table = Rows(
      "attempt", "release", "environment", "begun", "from", "to", "rules", "reasons", "annulled",
      "context", whenEmpty: "no deployment would stand otherwise")
    for change in changes {
      table.append(
        Cell(change.attempt.value), Cell(change.release), Cell(change.environment), Cell(change.begun),
        Cell(change.from.rawValue), Cell(change.to.rawValue),
        Cell(change.reasons.map(\.rule.rawValue).joined(separator: " ")),
        Cell(try change.reasons.map { try names.sentence($0.reason) }.joined(separator: "; ")),
        Cell(change.annulled.map { "\($0.value)" } ?? ""), Cell(change.context.rawValue))
    }
    return table
  }
}
