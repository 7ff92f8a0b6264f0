internal import RelmDomain
internal import RelmJudging
internal import RelmProof

/// The delivery metrics, for a person to read or for a program.
struct MetricsPage {
  private let report: MetricsReport
  private let days: LocalDays

  /// - Parameter days: by which the time is divided.
  init(_ report: MetricsReport, days: LocalDays = .utc) {
    self.report = report
    self.days = days
  }

  func write(_ format: OutputFormat) throws {
    switch format {
    case .table: try printPage()
    case .json: try Terminal.data(String(decoding: report.bytes, as: UTF8.self))
    case .ndjson:
      for measures in rows {
        var writer = CanonicalWriter()
        measures.write(to: &writer)
        try Terminal.data(String(decoding: writer.bytes, as: UTF8.self))
      }
    case .csv: try MetricsTable(rows).write(.csv)
    }
  }

  /// Each part of the time where it is divided, so that sums over the rows count nothing twice; else the whole.
  private var rows: [MetricsReport.Measures] { report.by == nil ? [report.total] : report.periods }

  static func printDefinitions() throws {
    let layout = TextLayout(width: Terminal.helpColumns)
    for line in layout.wrapped(DeliveryDefinitions.source) { try Terminal.print(line) }
    for (name, meaning) in DeliveryDefinitions.all {
      try Terminal.print("")
      try Terminal.print(Terminal.bold(name))
      for line in layout.wrapped(meaning, indent: 2) { try Terminal.print(line) }
    }
  }

  private func printPage() throws {
    try Terminal.print(title)
    let count = MetricsWords.count(report.asOf.events, "event")
    try Terminal.print(
      "as of \(Moments.text(report.asOf.time)), \(count); \(report.wording), see --definitions")
    try Terminal.print("")
    if let by = report.by {
      try periodTable(by).write(.table)
      try printSparklines()
    } else {
      try measureTable(report.total).write(.table)
    }
    try printSection("not in these figures", apart)
    try printSection("failed", failures)
    try printSection("no cause is named for", unattributed)
  }

  private var title: String {
    let package = report.package.map(Rows.printable) ?? "all packages"
    let place = report.environment.map(Rows.printable) ?? "production"
    let zone = report.zone.map { ", by the days of \(Rows.printable($0))" } ?? ""
    return "\(package) in \(place), \(Moments.text(report.from)) to \(Moments.text(report.until))\(zone)"
  }

  private func printSection(_ title: String, _ lines: [String]) throws {
    guard !lines.isEmpty else { return }
    try Terminal.print("")
    try Terminal.print(Terminal.bold(title))
    for line in lines { try Terminal.print("  " + line) }
  }

  /// What was met and could not be measured or attributed.
  private var apart: [String] {
    let total = report.total
    let counts: [(Int, String, String)] = [
      (
        total.leadTime.withoutCommitTimes, "first deployment of which no commit time is known",
        "first deployments of which no commit time is known"
      ),
      (
        total.leadTime.negative, "commit that is dated after its deployment",
        "commits that are dated after their deployment"
      ),
      (
        total.failRate.suspected, "deployment that is only suspected to have caused an incident",
        "deployments that are only suspected to have caused an incident"
      ),
      (
        total.failRate.unattributedIncidents, "unattributed incident: no cause is named",
        "unattributed incidents: no cause is named"
      ),
      (
        total.failRate.undecidedCauses, "confirmed cause that tells no single deployment",
        "confirmed causes that tell no single deployment"
      ),
      (
        total.recovery.unrecovered, "failed deployment without a recovery",
        "failed deployments without a recovery"
      ),
      (
        total.recovery.unmeasured, "failed deployment whose times say no length of recovery",
        "failed deployments whose times say no length of recovery"
      ),
      (
        total.rework.withoutPlan, "deployment of a release that nobody planned",
        "deployments of releases that nobody planned"
      ),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
  }

  private static let longestList = 12

  private static func shortened(_ lines: [String]) -> [String] {
    guard lines.count > longestList else { return lines }
    return lines.prefix(longestList) + ["and \(lines.count - longestList) more; --format json has all"]
  }

  private var failures: [String] {
    Self.shortened(
      report.failures.map { failure in
        let reasons = failure.reasons.map { reason in
          switch reason {
          case .outcome: "by its outcome"
          case .rollback: "rolled back"
          case .incident: failure.incidents.joined(separator: ", ")
          }
        }
        let standing =
          switch failure.standing {
          case .recovered: "recovered after \(MetricsWords.duration(failure.recoverySeconds))"
          case .unrecovered: "NOT RECOVERED"
          case .unmeasured: "its recovery cannot be measured"
          }
        let place = Rows.printable(
          "\(failure.release) \(failure.deployment) in \(failure.environment)")
        let words = Rows.printable(reasons.joined(separator: ", ") + "; " + standing)
        return "[\(failure.finished.position.value)] \(place)\n      \(words)"
      })
  }

  private var unattributed: [String] {
    Self.shortened(
      report.unattributed.map { "\(Rows.printable($0.incident)), began \(Moments.text($0.began))" })
  }

  private func measureTable(_ measures: MetricsReport.Measures) -> Rows {
    var table = Rows("measure", "median or rate", "p90", "out of", whenEmpty: "nothing was deployed")
    func add(_ name: String, _ value: String, p90: String = "", _ rest: String) {
      table.append(Cell(whole: name), Cell(whole: value), Cell(whole: p90), Cell(whole: rest))
    }
    let lead = measures.leadTime
    add(
      "change lead time", MetricsWords.duration(lead.medianSeconds),
      p90: MetricsWords.duration(lead.p90Seconds),
      MetricsWords.count(lead.commits, "commit"))
    let frequency = measures.frequency
    add(
      "deployment frequency", MetricsWords.perDay(frequency) + " a day",
      "\(frequency.successful) on \(MetricsWords.count(frequency.days, "day"))")
    let recovery = measures.recovery
    add(
      "failed deployment recovery time", MetricsWords.duration(recovery.medianSeconds),
      p90: MetricsWords.duration(recovery.p90Seconds),
      "\(recovery.recovered) of \(MetricsWords.count(measures.failRate.failed, "failure"))")
    let fail = measures.failRate
    add(
      "change fail rate", MetricsWords.percent(fail.failed, of: fail.of),
      "\(fail.failed) of \(fail.of)")
    let rework = measures.rework
    add(
      "deployment rework rate", MetricsWords.percent(rework.remedial, of: rework.of),
      "\(rework.remedial) of \(rework.of)")
    return table
  }

  private func periodTable(_ by: MetricsReport.By) -> Rows {
    let first =
      switch by {
      case .week: "week from"
      case .month: "month from"
      }
    var table = Rows(
      first, "deploys", "a day", "lead", "p90", "failed", "recovery", "rework",
      whenEmpty: "nothing was deployed")
    func add(_ name: String, _ measures: MetricsReport.Measures) {
      let isEmpty = measures.deployments == 0
      table.append(
        Cell(whole: name), Cell(UInt64(measures.frequency.successful)),
        Cell(whole: MetricsWords.perDay(measures.frequency)),
        Cell(whole: MetricsWords.brief(measures.leadTime.medianSeconds)),
        Cell(whole: MetricsWords.brief(measures.leadTime.p90Seconds)),
        Cell(whole: isEmpty ? "-" : "\(measures.failRate.failed)/\(measures.failRate.of)"),
        Cell(whole: MetricsWords.brief(measures.recovery.medianSeconds)),
        Cell(whole: isEmpty ? "-" : "\(measures.rework.remedial)/\(measures.rework.of)"))
    }
    for measures in report.periods { add(days.date(of: measures.from), measures) }
    add("all", report.total)
    return table
  }

  private func printSparklines() throws {
    guard let columns = Terminal.columns, Terminal.takesUnicode else { return }
    let periods = report.periods
    let lines: [(name: String, values: [Int?], text: (Int) -> String)] = [
      ("deploys", periods.map { $0.frequency.successful }, { "\($0)" }),
      ("lead", periods.map(\.leadTime.medianSeconds), { MetricsWords.duration($0) }),
      (
        "failed", periods.map { MetricsWords.tenths($0.failRate.failed, of: $0.failRate.of) },
        MetricsWords.percent
      ),
      ("recovery", periods.map(\.recovery.medianSeconds), { MetricsWords.duration($0) }),
      (
        "rework", periods.map { MetricsWords.tenths($0.rework.remedial, of: $0.rework.of) },
        MetricsWords.percent
      ),
    ]
    try Terminal.print("")
    for (name, values, text) in lines {
      guard let most = values.compactMap({ $0 }).max() else { continue }
      let label = name + String(repeating: " ", count: 10 - name.count)
      let scale = "  0 to \(text(most))"
      // Where not all fit, the latest are shown.
      let shown = values.suffix(max(0, columns - label.count - scale.count))
      try Terminal.print(label + Sparkline.text(Array(shown), most: most) + scale)
    }
  }
}

/// Values as one line of bars.
enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// One bar a value, from nothing at 0 to full at the most; a space where there is no value.
  static func text(_ values: [Int?], most: Int) -> String {
    String(
      values.map { value in
        guard let value else { return " " }
        guard most > 0 else { return bars[0] }
        // Whatever is more than nothing is more than the lowest bar.
        let level = (value * (bars.count - 1) + most - 1) / most
        return bars[min(max(level, 0), bars.count - 1)]
      })
  }
}
