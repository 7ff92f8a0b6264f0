extension ReleaseRow {
  /// Takes up what an event says about a deployment in an environment.
  ///
  /// An event that happened before what the entry knows changes it only where it can still be true: a success that
  /// comes late under an attempt begun, failed or cancelled after it shows that the release runs; a late removal or
  /// rollback under such an attempt shows that it does not. What takes back the very deployment that the entry is about
  /// comes after it, whatever its clock says.
  ///
  /// - Parameter keepsRunning: whether a rollback restored this very version.
  mutating func touch(
    environment: String, deployment: String, _ status: Status, at moment: Moment, keepsRunning: Bool = false
  ) {
    var facet =
      deployments
      ?? Deployments(counts: Counts(), rolledBack: 0, removed: 0, environments: [], environmentsLeftOut: 0)
    facet.count(status)
    switch facet.environments.place(of: environment, by: \.environment) {
    case .at(let index):
      facet.environments[index].touch(deployment, status, at: moment, keepsRunning: keepsRunning)
    case .before(let index):
      let entry = Environment(
        environment: environment, deployment: deployment, status: status,
        running: status.running(before: false, keepsRunning: keepsRunning), moment: moment)
      facet.environments.insert(entry, at: index)
      if facet.environments.dropOldest(over: Self.listLimit, by: \.moment) { facet.environmentsLeftOut += 1 }
    }
    deployments = facet
  }
}

extension ReleaseRow.Deployments {
  mutating func count(_ status: ReleaseRow.Status) {
    switch status {
    case .started: counts.started += 1
    case .succeeded: counts.succeeded += 1
    case .failed: counts.failed += 1
    case .errored: counts.errored += 1
    case .cancelled: counts.cancelled += 1
    case .rolledBack: rolledBack += 1
    case .removed: removed += 1
    }
  }

  /// Whether the release runs anywhere, by its own events.
  ///
  /// Exact for up to `ReleaseRow.listLimit` environments. Of a release with more, the row knows the others only by
  /// their counts: it then runs somewhere until every success has been rolled back or removed.
  package var runsSomewhere: Bool {
    if environments.contains(where: \.running) { return true }
    return environmentsLeftOut > 0 && counts.succeeded > rolledBack + removed
  }
}

extension ReleaseRow.Environment {
  fileprivate mutating func touch(
    _ deployment: String, _ status: ReleaseRow.Status, at claimed: Moment, keepsRunning: Bool
  ) {
    let moment = deployment == self.deployment && status.takesBack ? claimed.notBefore(self.moment) : claimed
    guard self.moment < moment else {
      if !self.status.decidesRunning { running = status.running(before: running, keepsRunning: keepsRunning) }
      return
    }
    self.deployment = deployment
    self.status = status
    self.moment = moment
    running = status.running(before: running, keepsRunning: keepsRunning)
  }
}

extension ReleaseRow.Status {
  /// Whether the release runs once this is true, given whether it ran before.
  fileprivate func running(before: Bool, keepsRunning: Bool) -> Bool {
    switch self {
    case .succeeded: true
    case .rolledBack: before && keepsRunning
    case .removed: false
    case .started, .failed, .errored, .cancelled: before
    }
  }

  /// Whether it takes a deployment back.
  fileprivate var takesBack: Bool {
    switch self {
    case .rolledBack, .removed: true
    case .started, .succeeded, .failed, .errored, .cancelled: false
    }
  }

  /// Whether it says by itself what runs.
  fileprivate var decidesRunning: Bool {
    switch self {
    case .succeeded, .rolledBack, .removed: true
    case .started, .failed, .errored, .cancelled: false
    }
  }
}
