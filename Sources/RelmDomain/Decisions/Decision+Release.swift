internal import RelmProof

extension Decision {
  /// Decides what is said about a release: what its stream, its plan and its ending leave possible.
  static func decide(_ event: ReleaseEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .release(let package, let version) = question.subject else { return nil }
    switch event.family {
    case .attempt(let event):
      return try decide(event, question, given: question.state.attempt(package, version, event.attemptID))
    case .planning(let event): return try decide(event, question, package, version)
    case .permission(let event): return try decide(event, question, package, version)
    case .record(let event): return try decide(event, question)
    case .ending(let event):
      if case .releaseSuperseded(let data) = event, data.by == question.subject.text {
        return contradicts("by", "a release cannot take its own place", advice: "Name the release that does")
      }
      // What was superseded or closed can still be found to be bad: then nobody is to go back to it.
      if case .releaseWithdrawn = event,
        try question.state.release(package, version)?.ending.map({ $0.how != .withdrawn }) ?? false
      {
        return nil
      }
      return try refusalAfterEnding(question, package, version)
    }
  }

  private static func decide(
    _ event: PlanningEvent, _ question: Question<some LedgerState>, _ package: String, _ version: String
  ) throws -> Refusal? {
    switch event {
    case .releasePlanned:
      guard let plan = try question.state.release(package, version)?.plan else { return nil }
      return contradicts(
        "", "the release is planned already, at position \(plan.planned.position.value)",
        advice: "Record a change of its scope, with release.scope.changed")
    case .releaseScopeChanged:
      guard try question.state.release(package, version)?.plan != nil else {
        return contradicts("", "the release was never planned", advice: "Plan it first, with release.planned")
      }
      return try refusalAfterEnding(question, package, version)
    case .releaseDesigned(let data): return try decidePlan(data.plan, question)
    case .riskAssessed(let data): return try decidePlan(data.plan, question)
    case .scheduleProposed(let data): return windows(data.windows)
    case .scheduleAgreed(let data): return windows(data.windows)
    case .componentAssessed, .partnerConsulted, .communicationSent: return nil
    }
  }

  private static func decide(_ event: RecordEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    switch event {
    case .procedureStepCompleted(let data):
      return try step(data.step, of: data.procedure, data.version, question)
    case .procedureStepSkipped(let data):
      return try step(data.step, of: data.procedure, data.version, question)
    case .packagePublished, .attestationRecorded, .validationFinished, .verificationFinished, .documentAttached,
      .activityRecorded, .resultLogged:
      return nil
    }
  }

  /// A release that has ended takes no more of this, unless it happened before the end.
  static func refusalAfterEnding(
    _ question: Question<some LedgerState>, _ package: String, _ version: String
  ) throws -> Refusal? {
    guard let ending = try question.state.release(package, version)?.ending else { return nil }
    guard question.type.traits.needs != .none || ending.moment.at < question.happened else { return nil }
    return contradicts(
      "", "the release was \(ending.how.rawValue) at position \(ending.moment.position.value)",
      advice: "If that was a mistake, annul it; else plan another release")
  }

  /// A design or a risk assessment names a plan only if it is one of this release's.
  private static func decidePlan(
    _ plan: Position?, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard let plan else { return nil }
    let event = try question.state.event(at: plan)
    if event?.subject == question.subject {
      if case .release(.releasePlanned) = event?.event { return nil }
      if case .release(.releaseScopeChanged) = event?.event { return nil }
    }
    return contradicts(
      "plan", "position \(plan.value) is no plan of this release, nor a change of its scope",
      advice: "Leave it out, or name the position that 'relm log' shows")
  }

  private static func windows(_ windows: [Window]) -> Refusal? {
    for (place, window) in windows.enumerated() where window.until.instant <= window.from.instant {
      return contradicts(
        "windows/\(place)/until", "the window ends at \(window.until.text), before it begins",
        advice: "Correct the window")
    }
    return nil
  }

  private static func step(
    _ step: String, of procedure: String, _ version: String, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard let row = try question.state.procedure(procedure) else {
      return contradicts(
        "procedure", "no procedure \(procedure) is published",
        advice: "Check the id, or publish it with procedure.published")
    }
    guard let publication = row.versions.last(where: { $0.version == version }) else {
      return contradicts(
        "version", "\(procedure) was never published in version \(version)",
        advice: "Published are: \(row.versions.map(\.version).joined(separator: ", "))")
    }
    guard !publication.document.steps.contains(where: { $0.step == step }) else { return nil }
    return contradicts(
      "step", "version \(version) of \(procedure) has no step \(step)",
      advice: "Its steps are: \(publication.document.steps.map(\.step).joined(separator: ", "))")
  }

  /// Why this person may not do just this to the release.
  static func conflict(
    of event: ReleaseEvent, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard case .release(let package, let version) = question.subject else { return nil }
    switch event.family {
    case .attempt(let event):
      return try conflict(
        of: event, by: actor, question, given: question.state.attempt(package, version, event.attemptID))
    case .permission(let event): return try conflict(of: event, by: actor, question, package, version)
    case .planning, .record, .ending: return nil
    }
  }
}
