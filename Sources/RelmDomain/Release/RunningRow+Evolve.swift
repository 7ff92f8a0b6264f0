/// What of one package runs in one environment, folded from deployments of all its releases.
///
/// - A release runs from a deployment on that finished with the outcome *succeeded*.
/// - Facts are ordered by `Moment`: by when they happened, and at the same time by position. A fact older than what
///   the row knows never displaces it. A success that comes late becomes `previous` where it is newer than that; and
///   where nothing runs because something older was removed, the late one is what runs.
/// - A removal of the release that runs leaves nothing running. A removal of another release changes nothing: that one
///   had been displaced before.
/// - A rollback of the release that runs brings back the version that it `restores`, or without that what ran before;
///   the digests are those that it says, or those that the row remembers of that version.
/// - A rollback of a release that does not run (it had failed, or something newer runs) changes what runs only where
///   it says what it restores and is the newest fact.
extension RunningRow {
  /// What an event says happened to a package in an environment.
  package enum Change: Sendable, Equatable {
    case succeeded(Run)
    /// It came so far.
    case progressed(Rollout)
    /// It ended without success.
    case stopped(version: String, deployment: String)
    case rolledBack(version: String, deployment: String, restores: String?, digests: [ContentDigest])
    case removed(version: String)
  }

  /// The row after one more change; nil where nothing of it was ever there. Total.
  package static func evolve(
    _ row: RunningRow?, environment: String, package: String, by change: Change, at moment: Moment
  ) -> RunningRow? {
    var row = row ?? RunningRow(environment: environment, package: package)
    row.roll(change, at: moment)
    guard change.saysWhatRuns else { return row.changed == nil && row.rollouts.isEmpty ? nil : row }
    if row.changed.map({ $0 < moment }) ?? true {
      row.apply(change, at: moment)
      row.changed = moment
    } else if case .succeeded(let run) = change {
      row.takeLate(run)
    }
    return row
  }

  private mutating func apply(_ change: Change, at moment: Moment) {
    switch change {
    case .succeeded(let run):
      previous = running ?? previous
      running = run
    case .removed(let version):
      guard let gone = running, gone.version == version else { return }
      previous = gone
      running = nil
    case .rolledBack(let version, let deployment, let restores, let digests):
      rollBack(version, deployment, to: restores, digests, at: moment)
    case .progressed, .stopped: break
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
      version: restored, deployment: deployment, digests: digests.isEmpty ? remembered?.digests ?? [] : digests,
      since: moment)
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
