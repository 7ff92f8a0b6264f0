package import RelmDomain

/// Lengths of time and moments for a reader.
package enum Wording {
  /// A length of time in its two largest units: "3 d 4 h", "12 min", "8 s".
  package static func duration(_ seconds: Int) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
    guard let place = units.firstIndex(where: { seconds >= $0.0 }) else { return "0 s" }
    let (size, name) = units[place]
    var words = "\(seconds / size) \(name)"
    if place + 1 < units.count, seconds % size / units[place + 1].0 > 0,
      units[place].1 != "min" || seconds < 600
    {
      words += " \(seconds % size / units[place + 1].0) \(units[place + 1].1)"
    }
    return words
  }

  /// The day of a moment, in UTC: "2026-11-22".
  package static func day(_ instant: Instant) -> String { String(instant.rfc3339Milliseconds.prefix(10)) }

  /// A moment to the minute, in UTC: "2026-11-22 20:26Z".
  package static func minute(_ instant: Instant) -> String {
    let text = instant.rfc3339Milliseconds
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))Z"
  }

  /// A moment to the second, in UTC: "2026-11-22 20:26:07Z".
  package static func second(_ instant: Instant) -> String {
    let text = instant.rfc3339Milliseconds
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))Z"
  }
}

extension Phase {
  /// The phase as a heading.
  package var title: String {
    switch self {
    case .plan: "Plan"
    case .build: "Build"
    case .test: "Test"
    case .approve: "Approve"
    case .deploy: "Deploy"
    case .handover: "Hand over"
    case .support: "Support"
    case .review: "Review"
    }
  }
}

extension TimelineReport.PhaseSpan {
  /// The phase as a heading; what was deployed to development only rehearses.
  package var title: String { context == .development ? "Rehearse" : phase.title }

  /// Whether an entry belongs to it.
  package func holds(_ entry: TimelineReport.Entry) -> Bool {
    entry.phase == phase && (context == nil || entry.context == context)
  }
}

extension TimelineReport.Entry {
  /// The phase that it belongs to as a heading; nil where it belongs to none.
  package var phaseTitle: String? { context == .development ? "Rehearse" : phase?.title }
}

extension TimelineReport.Measure {
  /// What is measured, in a few words.
  package var title: String {
    switch self {
    case .commitToProduction: "First commit to production"
    case .planToProduction: "Plan to production"
    case .planToLast: "Plan to the last event"
    case .plan: "Plan"
    case .build: "Build"
    case .test: "Test"
    case .approve: "Approve"
    case .deploy: "Deploy"
    case .handover: "Hand over"
    case .support: "Support"
    case .review: "Review"
    case .waits: "Waits between phases"
    case .events: "Events"
    case .lateRecords: "Late records"
    case .skippedSteps: "Skipped steps"
    case .failedBuilds: "Failed builds"
    case .failedTests: "Failed tests"
    case .failedDeployments: "Failed deployments"
    case .rollbacks: "Rollbacks"
    case .refusals: "Refusals"
    case .overrides: "Overrides"
    case .incidents: "Incidents caused"
    case .findings: "Review findings"
    }
  }
}

extension TimelineReport.Figure {
  /// Whether there is something to compare: neither this release nor the usual one has nothing.
  package var isTelling: Bool { (value ?? 0) != 0 || (median ?? 0) != 0 }

  /// A value of the figure for a reader; a dash where there is none.
  package func words(_ value: Int?) -> String {
    guard let value else { return "–" }
    switch unit {
    case .seconds: return Wording.duration(value)
    case .count: return "\(value)"
    }
  }
}
