/// What a part of an environment has, beside what runs there.
///
/// A rollout is in the row from the first word of how far it has come until its deployment has ended or was rolled back, or
/// its release was removed. Of what is said of it the latest counts, by `Moment`. One that is aborted runs there no more; it stays in the row,
/// for whatever rolls it out may try again.
extension RunningRow {
  mutating func roll(_ change: Change, at moment: Moment) {
    switch change {
    case .began: break
    case .progressed(let rollout): take(rollout)
    case .succeeded(let run): drop(run.version, run.deployment)
    case .stopped(let version, let deployment): drop(version, deployment)
    case .rolledBack(let version, let deployment, _, _): drop(version, deployment)
    case .removed(let version, _): rollouts.removeAll { $0.version == version && $0.changed < moment }
    }
  }

  private mutating func take(_ rollout: Rollout) {
    // What is told late of a deployment that put in place what runs, or ran, is no news.
    let isOver = [running, previous].contains {
      $0?.version == rollout.version && $0?.deployment == rollout.deployment
    }
    guard !isOver else { return }
    guard let place = rollouts.firstIndex(where: { $0.isSame(as: rollout.version, rollout.deployment) }) else {
      rollouts.append(rollout)
      return sortRollouts()
    }
    let known = rollouts[place]
    if known.changed < rollout.changed {
      rollouts[place] = rollout
      rollouts[place].share = rollout.share ?? known.share
    } else {
      rollouts[place].share = known.share ?? rollout.share
    }
    rollouts[place].since = min(known.since, rollout.since)
    sortRollouts()
  }

  private mutating func drop(_ version: String, _ deployment: String) {
    rollouts.removeAll { $0.isSame(as: version, deployment) }
  }

  private mutating func sortRollouts() { rollouts.sort { $0.since < $1.since } }
}

extension RunningRow {
  /// What runs, and what is being rolled out beside it; of that nobody has said yet what it consists of.
  package var runs: [Run] {
    [running].compactMap { $0 }
      + rollouts.map { Run(version: $0.version, deployment: $0.deployment, since: $0.since) }
  }
}

extension RunningRow.Rollout {
  fileprivate func isSame(as version: String, _ deployment: String) -> Bool {
    self.version == version && self.deployment == deployment
  }
}

extension RunningRow.Change {
  /// Whether it tells what runs; else how far something has come that may run one day.
  var saysWhatRuns: Bool {
    switch self {
    case .succeeded, .rolledBack, .removed: true
    case .began, .progressed, .stopped: false
    }
  }
}
