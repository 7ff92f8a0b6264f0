internal import RelmDomain
internal import RelmReports

/// Counts and seconds in words.
enum MetricsWords {
  /// A length of time; a dash where there is none.
  static func duration(_ seconds: Int?) -> String { seconds.map { Wording.duration($0) } ?? "-" }

  /// A length of time in one unit, such as `3.2 d`, for narrow tables; a dash where there is none.
  static func brief(_ seconds: Int?) -> String {
    guard let seconds else { return "-" }
    func tenths(of length: Int) -> String {
      let tenths = (seconds * 10 + length / 2) / length
      return "\(tenths / 10).\(tenths % 10)"
    }
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3_600 { return "\(seconds / 60) min" }
    return seconds < 2 * 86_400 ? tenths(of: 3_600) + " h" : tenths(of: 86_400) + " d"
  }

  /// A share in percent with one digit, such as `12.5 %`; a dash of nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    tenths(part, of: whole).map(percent) ?? "-"
  }

  /// Tenths of a percent in percent.
  static func percent(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }

  /// A share in tenths of a percent, rounded; nil of nothing.
  static func tenths(_ part: Int, of whole: Int) -> Int? {
    whole == 0 ? nil : (part * 1000 + whole / 2) / whole
  }

  /// How many a day, with two digits.
  static func perDay(_ frequency: MetricsReport.Frequency) -> String {
    guard frequency.seconds > 0 else { return "-" }
    let hundredths = (frequency.successful * 8_640_000 + frequency.seconds / 2) / frequency.seconds
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// A number of things, such as `1 commit` or `2 commits`.
  static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}

/// Measures as rows of numbers, for a program to read.
struct MetricsTable {
  private let measures: [MetricsReport.Measures]

  init(_ measures: [MetricsReport.Measures]) { self.measures = measures }

  func write(_ format: OutputFormat) throws {
    var table = Rows(
      "from", "until", "deployments", "cancelled", "successful", "days", "seconds", "commits",
      "leadmedianseconds", "leadp90seconds", "firstdeployments", "withoutcommittimes", "negativeleads",
      "failed", "failedbyoutcome", "failedbyrollback", "failedbyincident", "suspected",
      "unattributedincidents", "undecidedcauses", "recovered", "recoverymedianseconds", "recoveryp90seconds",
      "unrecovered", "unmeasured", "remedial", "withoutplan", whenEmpty: "nothing was deployed")
    func number(_ count: Int?) -> Cell { count.map { Cell(UInt64($0)) } ?? Cell(nil as String?) }
    for row in measures {
      table.append(
        Cell(row.from), Cell(row.until), number(row.deployments), number(row.cancelled),
        number(row.frequency.successful), number(row.frequency.days), number(row.frequency.seconds),
        number(row.leadTime.commits), number(row.leadTime.medianSeconds), number(row.leadTime.p90Seconds),
        number(row.leadTime.deployments), number(row.leadTime.withoutCommitTimes),
        number(row.leadTime.negative), number(row.failRate.failed), number(row.failRate.byOutcome),
        number(row.failRate.byRollback), number(row.failRate.byIncident), number(row.failRate.suspected),
        number(row.failRate.unattributedIncidents), number(row.failRate.undecidedCauses),
        number(row.recovery.recovered), number(row.recovery.medianSeconds), number(row.recovery.p90Seconds),
        number(row.recovery.unrecovered), number(row.recovery.unmeasured), number(row.rework.remedial),
        number(row.rework.withoutPlan))
    }
    try table.write(format)
  }
}
