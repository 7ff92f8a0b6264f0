internal import RelmDomain
internal import RelmProof

/// The release beside the package's earlier ones.
extension TimelineHTML {
  func comparison() -> Section? {
    guard !report.figures.isEmpty else { return nil }
    let rows = report.figures.map { figure in
      tag("tr") {
        tag("th", Attribute("scope", "row"), words: figure.measure.title)
        tag("td", .class("number"), words: figure.words(figure.value))
        tag("td", .class("number"), words: figure.words(figure.median))
        tag("td", .class("number"), words: "\(figure.earlier)")
        tag("td") { Self.bar(figure) }
        tag("td") { Self.verdict(figure) }
        tag("td") { figure.positions.isEmpty ? HTML("–") : places(figure.positions) }
      }
    }
    let names = report.earlier.map { String($0.split(separator: "/").last ?? "") }
    let words =
      names.isEmpty
      ? "There is no earlier release to compare with."
      : "Compared with \(names.count == 1 ? "one earlier release" : "\(names.count) earlier releases"): "
        + names.joined(separator: ", ") + "."
    let table = Self.table(
      "The figures of this release beside the median of earlier ones",
      [
        "Figure", .number("This release"), .number("Median"), .number("Earlier"), "Beside the median",
        "Verdict",
        "Rests on",
      ], rows: rows)
    return Section(
      "comparison", "Compared with earlier releases", short: "Comparison",
      content: tag("p", words: words) + table)
  }

  /// A bar for this release, and an upright line where the median is.
  private static func bar(_ figure: TimelineReport.Figure) -> HTML {
    guard let value = figure.value, let median = figure.median, max(value, median) > 0 else { return HTML("–") }
    let width = 110.0
    let most = Double(max(value, median))
    let (own, middle) = (Double(value) / most * width, Double(median) / most * width)
    return tag(
      "svg", .class("beside"), Attribute("viewBox", "0 0 114 14"), Attribute("aria-hidden", "true")
    ) {
      tag(
        "rect", .class("base"), Attribute("x", 1), Attribute("y", 12), Attribute("width", width),
        Attribute("height", 1))
      if value > 0 {
        tag(
          "rect", .class("own"), Attribute("x", 1), Attribute("y", 4), Attribute("width", max(own, 1)),
          Attribute("height", 7))
      }
      tag(
        "rect", .class("middle"), Attribute("x", min(middle + 0.25, width - 1)), Attribute("y", 0),
        Attribute("width", 2), Attribute("height", 14))
    }
  }

  private static func verdict(_ figure: TimelineReport.Figure) -> HTML {
    guard let value = figure.value, let median = figure.median else { return HTML("–") }
    guard value != median else { return HTML("the same") }
    let isMore = value > median
    var words =
      switch figure.unit {
      case .seconds: isMore ? "longer" : "shorter"
      case .count: isMore ? "more" : "fewer"
      }
    if figure.unit == .seconds, median > 0 {
      // In tenths, by whole numbers: the same on every machine.
      let tenths = (value * 10 + median / 2) / median
      if tenths >= 20 {
        words = "\(tenths / 10)\(tenths % 10 == 0 ? "" : ".\(tenths % 10)") times as long"
      } else {
        let percent = (abs(value - median) * 100 + median / 2) / median
        if percent > 0 { words = "\(percent) % \(words)" } else { words = "a little \(words)" }
      }
    }
    guard figure.measure.isBetterWhenLess else { return HTML(words) }
    return toned(isMore ? .warning : .good, "\(words): \(isMore ? "worse" : "better")")
  }
}

extension TimelineReport.Measure {
  /// Whether less of it is better; of the others neither is, such as the length of support.
  fileprivate var isBetterWhenLess: Bool {
    switch self {
    case .commitToProduction, .planToProduction, .build, .test, .approve, .deploy, .waits, .lateRecords,
      .skippedSteps, .failedBuilds, .failedTests, .failedDeployments, .rollbacks, .refusals, .overrides,
      .incidents:
      true
    case .planToLast, .plan, .handover, .support, .review, .events, .findings: false
    }
  }
}
