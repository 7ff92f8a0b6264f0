extension TimelineRow {
  /// From when on a record counts as late: the time between what happened and its recording, in seconds.
  package static let lateSeconds = 3600

  /// The row after one more event of the release. Total.
  package static func evolve(
    _ row: TimelineRow?, package: String, version: String, by said: ReleaseEvent, _ event: RecordedEvent
  ) -> TimelineRow {
    var row = row ?? TimelineRow(package: package, version: version, commits: 0, late: 0, skipped: 0)
    if let phase = said.phase { row.extend(phase, to: event.moment) }
    if let environment = said.deployedTo { row.deploy(to: environment, at: event.moment) }
    if event.lateSeconds != nil { row.late += 1 }
    for commit in said.commits { row.count(commit) }
    switch said {
    case .deploymentFinished(let data):
      guard data.outcome == .succeeded else { return row }
      row.arrive(in: data.environment, at: event.moment)
    case .procedureStepSkipped: row.skipped += 1
    case .activityRecorded, .approvalGiven, .approvalRefused, .approvalWithdrawn, .attestationRecorded,
      .authorisationGranted, .authorisationRefused, .authorisationRequested, .buildFinished, .buildStarted,
      .communicationSent, .componentAssessed, .deploymentProgressed, .deploymentRemoved,
      .deploymentRolledback, .deploymentStarted, .documentAttached, .escalationRaised, .escalationResolved,
      .gateDecided, .handoverAccepted, .handoverConditionMet, .handoverOffered, .handoverRejected,
      .overrideDeclared, .packagePublished, .partnerConsulted, .procedureStepCompleted, .releaseClosed,
      .releaseDesigned, .releasePlanned, .releaseScopeChanged, .releaseSuperseded, .releaseWithdrawn,
      .resultLogged, .reviewActionCompleted, .reviewActionRaised, .reviewClosed, .reviewFindingRecorded,
      .reviewOpened, .riskAssessed, .scheduleAgreed, .scheduleProposed, .supportAdvised, .supportClosed,
      .supportOpened, .testFinished, .testStarted, .validationFinished, .verificationFinished, .waiverGranted,
      .waiverRevoked:
      break
    }
    return row
  }

  private mutating func extend(_ phase: Phase, to moment: Moment) {
    guard let place = phases.firstIndex(where: { $0.phase == phase }) else {
      let order = Phase.allCases
      let rank = order.firstIndex(of: phase) ?? 0
      let place = phases.firstIndex { (order.firstIndex(of: $0.phase) ?? 0) > rank } ?? phases.count
      phases.insert(Span(phase: phase, first: moment, last: moment, events: 1), at: place)
      return
    }
    phases[place].first = min(phases[place].first, moment)
    phases[place].last = max(phases[place].last, moment)
    phases[place].events += 1
  }

  private mutating func deploy(to environment: String, at moment: Moment) {
    guard let place = deploying.firstIndex(where: { $0.environment == environment }) else {
      let place = deploying.firstIndex { $0.environment > environment } ?? deploying.count
      deploying.insert(
        Deploying(environment: environment, first: moment, last: moment, events: 1), at: place)
      return
    }
    deploying[place].first = min(deploying[place].first, moment)
    deploying[place].last = max(deploying[place].last, moment)
    deploying[place].events += 1
  }

  private mutating func count(_ commit: Commit) {
    guard let made = commit.committedAt?.instant.representable else { return }
    commits += 1
    firstCommit = firstCommit.map { min($0, made) } ?? made
    lastCommit = lastCommit.map { max($0, made) } ?? made
  }

  private mutating func arrive(in environment: String, at moment: Moment) {
    if let place = arrivals.firstIndex(where: { $0.environment == environment }) {
      arrivals[place].moment = min(arrivals[place].moment, moment)
      return
    }
    let place = arrivals.firstIndex { $0.environment > environment } ?? arrivals.count
    arrivals.insert(Arrival(environment: environment, moment: moment), at: place)
  }
}

extension RecordedEvent {
  /// How much later it was recorded than it happened, in whole seconds, where that is more than an hour.
  package var lateSeconds: Int? {
    let seconds = Int((recorded.microseconds - happened.microseconds) / 1_000_000)
    return seconds > TimelineRow.lateSeconds ? seconds : nil
  }
}

extension ReleaseEvent {
  /// The commits that an event names as what the release is made of.
  package var commits: [Commit] {
    switch self {
    case .releasePlanned(let data): data.commits
    case .releaseScopeChanged(let data): data.commits
    case .buildStarted(let data): data.commits
    case .buildFinished(let data): data.commits
    case .activityRecorded, .approvalGiven, .approvalRefused, .approvalWithdrawn, .attestationRecorded,
      .authorisationGranted, .authorisationRefused, .authorisationRequested, .communicationSent,
      .componentAssessed, .deploymentFinished, .deploymentProgressed, .deploymentRemoved,
      .deploymentRolledback, .deploymentStarted, .documentAttached, .escalationRaised, .escalationResolved,
      .gateDecided, .handoverAccepted, .handoverConditionMet, .handoverOffered, .handoverRejected,
      .overrideDeclared, .packagePublished, .partnerConsulted, .procedureStepCompleted,
      .procedureStepSkipped, .releaseClosed, .releaseDesigned, .releaseSuperseded, .releaseWithdrawn,
      .resultLogged, .reviewActionCompleted, .reviewActionRaised, .reviewClosed, .reviewFindingRecorded,
      .reviewOpened, .riskAssessed, .scheduleAgreed, .scheduleProposed, .supportAdvised, .supportClosed,
      .supportOpened, .testFinished, .testStarted, .validationFinished, .verificationFinished, .waiverGranted,
      .waiverRevoked:
      []
    }
  }
}

extension ReleaseEvent {
  /// The commits that an event says go live with the release: those of its plan, and of a build that succeeded.
  package var deliveredCommits: [Commit] {
    switch family {
    case .planning(.releasePlanned(let data)): data.commits
    case .planning(.releaseScopeChanged(let data)): data.commits
    case .attempt(.buildFinished(let data)): data.outcome == .succeeded ? data.commits : []
    case .planning, .attempt, .permission, .record, .ending: []
    }
  }
}
