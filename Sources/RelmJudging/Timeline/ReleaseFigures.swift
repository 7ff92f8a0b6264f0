package import RelmDomain
package import RelmProof

/// The durations and counts by which releases of one package are compared.
package struct ReleaseFigures: Sendable {
  /// A figure, and the events that it rests on.
  package struct Figure: Sendable, Equatable {
    package let value: Int
    package let positions: [Position]
  }

  package private(set) var values: [TimelineReport.Measure: Figure] = [:]

  /// - Parameters:
  ///   - incidents: how many incidents it is named as the confirmed cause of.
  ///   - isProduction: whether an environment is one for production.
  package init(
    _ release: ReleaseRow, _ course: TimelineRow, incidents: Int, isProduction: (String) throws -> Bool
  ) rethrows {
    let arrival = try course.arrivals.filter { try isProduction($0.environment) }.map(\.moment).min()
    if let arrival, let first = course.firstCommit {
      set(.commitToProduction, from: first, to: arrival.at, [arrival.position])
    }
    if let planned = release.plan?.planned {
      if let arrival {
        set(.planToProduction, from: planned.at, to: arrival.at, [planned.position, arrival.position])
      }
      if let last = course.phases.map(\.last).max() {
        set(.planToLast, from: planned.at, to: last.at, [planned.position, last.position])
      }
    }
    let spans = try course.spans(isProduction: isProduction)
    // A rehearsal is no part of what getting it into production took.
    for one in spans where one.context != .development {
      let span = one.span
      set(
        Self.measure(of: span.phase), from: span.first.at, to: span.last.at,
        [span.first.position, span.last.position])
    }
    if !spans.isEmpty { count(.waits, spans.reduce(0) { $0 + spans.waitSeconds(before: $1) }) }
    count(.events, release.events)
    count(.lateRecords, course.late)
    count(.skippedSteps, course.skipped)
    count(.failedBuilds, release.builds.map { $0.counts.failed + $0.counts.errored } ?? 0)
    count(.failedTests, release.tests.map { $0.counts.failed + $0.counts.errored } ?? 0)
    count(.failedDeployments, release.deployments.map { $0.counts.failed + $0.counts.errored } ?? 0)
    count(.rollbacks, release.deployments?.rolledBack ?? 0)
    count(.refusals, (release.approvals?.refused ?? 0) + (release.authorisations?.refused ?? 0))
    count(.overrides, release.overrides?.declared ?? 0)
    count(.incidents, incidents)
    count(.findings, release.reviews?.findings ?? 0)
  }

  private mutating func set(
    _ measure: TimelineReport.Measure, from first: Instant, to last: Instant, _ positions: [Position]
  ) {
    // A time that runs backwards is no length of time: clocks differ.
    guard first <= last else { return }
    values[measure] = Figure(
      value: first.seconds(to: last),
      positions: positions.count == 2 && positions[0] == positions[1]
        ? [positions[0]] : positions)
  }

  private mutating func count(_ measure: TimelineReport.Measure, _ value: Int) {
    values[measure] = Figure(value: value, positions: [])
  }

  /// Every figure of a release beside the median of some others.
  package func compared(with others: [ReleaseFigures]) -> [TimelineReport.Figure] {
    TimelineReport.Measure.allCases.compactMap { measure in
      let values = others.compactMap { $0.values[measure]?.value }.sorted()
      let own = self.values[measure]
      guard own != nil || !values.isEmpty else { return nil }
      return TimelineReport.Figure(
        measure: measure, unit: Self.unit(of: measure), value: own?.value,
        median: values.isEmpty ? nil : values[(values.count - 1) / 2], earlier: values.count,
        positions: own?.positions ?? [])
    }
  }

  private static func measure(of phase: Phase) -> TimelineReport.Measure {
    switch phase {
    case .plan: .plan
    case .build: .build
    case .test: .test
    case .approve: .approve
    case .deploy: .deploy
    case .handover: .handover
    case .support: .support
    case .review: .review
    }
  }

  private static func unit(of measure: TimelineReport.Measure) -> TimelineReport.Unit {
    switch measure {
    case .commitToProduction, .planToProduction, .planToLast, .plan, .build, .test, .approve, .deploy,
      .handover,
      .support, .review, .waits:
      .seconds
    case .events, .lateRecords, .skippedSteps, .failedBuilds, .failedTests, .failedDeployments, .rollbacks,
      .refusals, .overrides, .incidents, .findings:
      .count
    }
  }
}
