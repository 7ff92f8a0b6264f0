internal import RelmDomain

extension OSCAL {
  /// What a report is about, in words, and what it counts.
  struct ReportScope {
    private let report: ComplianceReport

    init(_ report: ComplianceReport) { self.report = report }

    /// The period's beginning, else when the first deployment began.
    var start: Instant { report.scope.from ?? report.population.map(\.begun).min() ?? report.asOf.recorded }

    /// The period's end, else the report's time; never before the start.
    var end: Instant { max(start, report.scope.until ?? report.asOf.time) }

    var title: String {
      let scope = report.scope
      let package = scope.package.map { package in
        scope.version.map { "\(package) \($0)" } ?? package
      }
      let place =
        scope.environment.map { " to \($0)" } ?? (scope.context == .all ? "" : " to \(scope.context.rawValue)")
      return "Deployments of \(package ?? "all packages")\(place)"
    }

    var sentence: String {
      let scope = report.scope
      let totals = report.totals
      var words = title
      if scope.from != nil || scope.until != nil {
        words += ", begun"
        if let from = scope.from { words += " from \(from)" }
        if let until = scope.until { words += " until before \(until)" }
        if let zone = scope.zone { words += " (given in \(zone))" }
      }
      words += ": \(count(totals.attempts, "deployment")) of \(count(totals.releases, "release")), "
      words += "\(totals.governed) judged by policies, \(totals.clean) of them clean"
      if totals.ungoverned > 0 { words += "; \(totals.ungoverned) to production without a policy in force" }
      if let over = totals.unreleasable { words += "; \(over) to production of what was over or refused" }
      if totals.unasked > 0 { words += "; \(totals.unasked) to development, where no policy was in force" }
      if let annulled = totals.annulled {
        words +=
          "; \(annulled) annulled, \(totals.annulledByOthers ?? 0) of them by somebody who had no hand in it"
      }
      if let unaccepted = totals.unaccepted {
        words += "; \(unaccepted) that claim to be older than the ledger and are not accepted"
      }
      if totals.beforeLedger > 0 { words += "; \(totals.beforeLedger) before there was a ledger, not judged" }
      words += ". As told by the first \(count(report.asOf.events, "event")) of \(report.origin)"
      if let happened = report.asOf.happenedBy { words += ", of them what had happened by \(happened)" }
      words += ", as of \(report.asOf.time)."
      if let draft = scope.draft { words += " Judged by the draft \(draft) instead of the policies in force." }
      return words
    }

    var properties: [Property] {
      let totals = report.totals
      var properties: [Property] = []
      properties.append(Property("context", report.scope.context.rawValue))
      if let left = totals.leftOut { properties.append(Property("left-out", left)) }
      if let draft = report.scope.draft { properties.append(Property("draft", draft)) }
      properties += [
        Property("attempts", totals.attempts), Property("releases", totals.releases),
        Property("governed", totals.governed), Property("ungoverned", totals.ungoverned),
        Property("unasked", totals.unasked), Property("before-ledger", totals.beforeLedger),
        Property("recorded-late", totals.recordedLate), Property("after-period", totals.afterPeriod),
        Property("clean", totals.clean),
      ]
      if let annulled = totals.annulled {
        properties += [
          Property("annulled", annulled), Property("annulled-by-others", totals.annulledByOthers ?? 0),
        ]
      }
      if let over = totals.unreleasable { properties.append(Property("unreleasable", over)) }
      if let unaccepted = totals.unaccepted { properties.append(Property("unaccepted", unaccepted)) }
      if let before = totals.beforePeriod {
        properties += [
          Property("before-period", before), Property("before-period-late", totals.beforePeriodLate ?? 0),
        ]
      }
      return properties + OSCAL.properties(of: totals.findings)
    }
  }

  /// What rules came to, each outcome with how often.
  static func properties(of tally: ComplianceReport.Tally) -> [Property] {
    RuleOutcome.allCases.map { Property(word(for: $0), tally[$0]) }
  }

  /// The outcome as a word of a property: `satisfied-late`.
  static func word(for outcome: RuleOutcome) -> String {
    PlainWords.of(outcome.rawValue).replacing(" ", with: "-")
  }
}
