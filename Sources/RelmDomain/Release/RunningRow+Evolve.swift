/// What of one package runs in one environment, folded from deployments of all its releases.
///
/// - A release runs from a deployment on that finished with the outcome *succeeded*.
/// - Facts are ordered by `Moment`: by when they happened, and at the same time by position. A fact older than what
///   the row knows never displaces it. A success that comes late becomes `previous` where it is newer than that; and
///   where nothing runs because something older was removed, the late one is what runs.
/// - The steps of one deployment come one after the other, whatever their clocks say: it ends no earlier than it began, and
///   is taken back no earlier than it ran.
/// - A removal of the release that runs leaves nothing running. A removal of another release changes nothing: that one
///   had been displaced before.
/// - A rollback of the release that runs brings back the version that it `restores`, or without that what ran before;
///   the digests are those that it says of the version that it names, or those that the row remembers.
/// - A rollback of a release that does not run (it had failed, or something newer runs) changes what runs only where
///   it says what it restores and is the newest fact.
extension RunningRow {
  /// What an event says happened to a package in an environment.
  package enum Change: Sendable, Equatable {
    case began(version: String, deployment: String)
    case succeeded(Run)
    /// It came so far.
    case progressed(Rollout)
    /// It ended without success.
    case stopped(version: String, deployment: String)
    case rolledBack(version: String, deployment: String, restores: String?, digests: [ContentDigest])
    case removed(version: String, deployment: String)
  }

  /// The row after one more change; nil where nothing of it was ever there. Total.
  package static func evolve(
    _ row: RunningRow?, environment: String, package: String, by change: Change, at claimed: Moment
  ) -> RunningRow? {
    var row = row ?? RunningRow(environment: environment, package: package)
    let moment = row.place(change, at: claimed)
    row.roll(change, at: moment)
    guard change.saysWhatRuns else { return row.isEmpty ? nil : row }
    if row.changed.map({ $0 < moment }) ?? true {
      row.apply(change, at: moment)
      row.changed = moment
    } else if case .succeeded(let run) = change {
      row.takeLate(run.since(moment))
    }
    return row
  }

  /// Whether nothing of it was ever there, nor is under way.
  private var isEmpty: Bool { changed == nil && rollouts.isEmpty && begun.isEmpty }

  /// When a change counts as having happened; what has begun is remembered until it ends.
  private mutating func place(_ change: Change, at moment: Moment) -> Moment {
    switch change {
    case .began(let version, let deployment):
      let isOver = [running, previous].contains { $0?.version == version && $0?.deployment == deployment }
      if !isOver { begun.append(Beginning(version: version, deployment: deployment, moment: moment)) }
      return moment
    case .succeeded(let run): return moment.notBefore(ended(run.version, run.deployment))
    case .progressed: return moment
    case .stopped(let version, let deployment): return moment.notBefore(ended(version, deployment))
    case .rolledBack(let version, let deployment, _, _), .removed(let version, let deployment):
      let begun = ended(version, deployment)
      let ran = running.flatMap { $0.version == version && $0.deployment == deployment ? $0.since : nil }
      return moment.notBefore(begun).notBefore(ran)
    }
  }

  /// Forgets that a deployment was begun: when that was, or nil where it is not known.
  private mutating func ended(_ version: String, _ deployment: String) -> Moment? {
    begun.firstIndex { $0.version == version && $0.deployment == deployment }.map {
      begun.remove(at: $0).moment
    }
  }

  private mutating func apply(_ change: Change, at moment: Moment) {
    switch change {
    case .began, .progressed, .stopped: break
    case .succeeded(let run):
      previous = running ?? previous
      running = run.since(moment)
    case .removed(let version, _):
      guard let gone = running, gone.version == version else { return }
      previous = gone
      running = nil
    case .rolledBack(let version, let deployment, let restores, let digests):
      rollBack(version, deployment, to: restores, digests, at: moment)
    }
  }

  private mutating func rollBack(
    _ version: String, _ deployment: String, to restores: String?, _ digests: [ContentDigest], at moment: Moment
  ) {
    let undone = running?.version == version ? running : nil
    guard let restored = restores ?? (undone == nil ? nil : previous?.version) else {
      if let undone {
        previous = undone
        running = nil
      }
      return
    }
    // Something else runs already that was to run: a failed deployment undone leaves it as it is.
    guard undone != nil || running?.version != restored else { return }
    let remembered = [previous, running].compactMap { $0 }.first { $0.version == restored }
    let run = Run(
      version: restored, deployment: deployment,
      digests: digests.isEmpty || restores == nil ? remembered?.digests ?? [] : digests,
      since: moment, byRollback: true)
    previous = running ?? previous
    running = run
  }

  private mutating func takeLate(_ run: Run) {
    if let running {
      guard run.since < running.since, previous.map({ $0.since < run.since }) ?? true else { return }
      previous = run
      return
    }
    guard let gone = previous else {
      previous = run
      return
    }
    guard gone.since < run.since else { return }
    if gone.version == run.version { previous = run } else { running = run }
  }
}

extension RunningRow.Run {
  /// The same since another moment.
  fileprivate func since(_ moment: Moment) -> Self {
    var run = self
    run.since = moment
    return run
  }
}

extension RunningRow.Change {
  /// What a step of a release's attempt changes about what runs; nil where it changes nothing.
  package init?(_ event: AttemptEvent, of version: String, at moment: Moment) {
    switch event {
    case .deploymentStarted(let data): self = .began(version: version, deployment: data.deployment)
    case .deploymentFinished(let data):
      self =
        data.outcome == .succeeded
        ? .succeeded(
          RunningRow.Run(version: version, deployment: data.deployment, digests: data.digests, since: moment))
        : .stopped(version: version, deployment: data.deployment)
    case .deploymentProgressed(let data):
      self = .progressed(
        RunningRow.Rollout(
          version: version, deployment: data.deployment, share: data.share,
          decision: RunningRow.Decision(data.decision), since: moment, changed: moment))
    case .deploymentRolledback(let data):
      self = .rolledBack(
        version: version, deployment: data.deployment, restores: data.restores, digests: data.restoresDigests)
    case .deploymentRemoved(let data): self = .removed(version: version, deployment: data.deployment)
    case .buildStarted, .buildFinished, .testStarted, .testFinished, .handoverOffered,
      .handoverAccepted, .handoverRejected, .handoverConditionMet, .supportOpened, .supportAdvised,
      .supportClosed, .reviewOpened, .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted,
      .reviewClosed:
      return nil
    }
  }
}

extension RunningRow.Decision {
  fileprivate init(_ decision: DeploymentProgressed.Decision) {
    self =
      switch decision {
      case .continue: .continue
      case .hold: .hold
      case .abort: .abort
      }
  }
}
