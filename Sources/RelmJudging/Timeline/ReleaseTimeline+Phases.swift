internal import RelmDomain
internal import RelmProof

extension ReleaseTimeline {
  var phases: [TimelineReport.PhaseSpan] {
    let spans = material.course.spans(isProduction: isProduction)
    return spans.map { one in
      let span = one.span
      return TimelineReport.PhaseSpan(
        phase: span.phase, context: one.context, first: span.first, last: span.last,
        seconds: span.first.at.seconds(to: span.last.at), waitSeconds: spans.waitSeconds(before: one),
        events: span.events, attempts: attempts(of: span.phase, in: one.context))
    }
  }

  private func isProduction(_ environment: String) -> Bool { !material.development.contains(environment) }

  /// Of what an environment is, where somebody deploys there.
  func context(of environment: String?) -> Context {
    environment.map { isProduction($0) ? .production : .development } ?? .production
  }

  private func attempts(of phase: Phase, in context: Context?) -> [TimelineReport.Attempt] {
    let rows = material.attempts.filter { row in
      Self.phase(of: row.kind) == phase && (context.map { $0 == self.context(of: row.environment) } ?? true)
    }
    return rows.sorted { Self.order($0) < Self.order($1) }.map { row in
      let (begun, ended) = (row.begun.map(Self.moment), (row.ended ?? row.rejected).map(Self.moment))
      var attempt = TimelineReport.Attempt(kind: row.kind.rawValue, id: row.id)
      attempt.environment = row.environment
      if row.kind == .deployment { attempt.context = self.context(of: row.environment) }
      attempt.suite = row.suite
      attempt.begun = begun
      attempt.ended = ended
      if let begun, let ended, begun.at <= ended.at { attempt.seconds = begun.at.seconds(to: ended.at) }
      attempt.outcome = row.outcome ?? (row.rejected == nil ? nil : .failed)
      attempt.rolledBack = row.rolledBack.map(Self.moment)
      return attempt
    }
  }

  private static func order(_ row: AttemptRow) -> Moment {
    (row.begun ?? row.ended ?? row.rejected ?? row.rolledBack).map(moment)
      ?? Moment(at: .latest, position: Position(.max))
  }

  private static func moment(_ mark: AttemptRow.Mark) -> Moment { Moment(at: mark.at, position: mark.position) }

  private static func phase(of kind: AttemptRow.Kind) -> Phase {
    switch kind {
    case .build: .build
    case .test: .test
    case .deployment: .deploy
    case .handover: .handover
    case .support: .support
    case .review: .review
    }
  }

  /// The phases of which nothing is recorded, though a later one is there, or the release has ended. What was only rehearsed was not
  /// deployed.
  var missing: [Phase] {
    let present = Set(phases.filter { $0.context != .development }.map(\.phase))
    let last = Phase.allCases.lastIndex { present.contains($0) } ?? 0
    return Phase.allCases.enumerated().filter { place, phase in
      !present.contains(phase) && (place < last || material.release.ending != nil)
    }.map(\.element)
  }

  /// The longest times between two neighbours among the release's own events, until it ended.
  var waits: [TimelineReport.Wait] {
    let end = material.release.ending?.moment
    let own = counted.filter { event in event.subject == subject && end.map { event.moment <= $0 } ?? true }
    let all = zip(own, own.dropFirst()).map { earlier, later in
      var wait = TimelineReport.Wait(
        seconds: earlier.moment.at.seconds(to: later.moment.at), after: earlier.position, before: later.position
      )
      if case .release(let said) = later.event { wait.phase = said.phase }
      return wait
    }
    let long = all.filter { $0.seconds >= 3600 }
    return Array(long.sorted { ($0.seconds, $1.before) > ($1.seconds, $0.before) }.prefix(5))
  }
}
