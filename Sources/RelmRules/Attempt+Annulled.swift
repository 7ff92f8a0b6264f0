package import RelmDomain
package import RelmProof

extension Attempt {
  /// The deployments among a release's events whose beginning does not count any more, in the order in which they begin.
  ///
  /// Each holds what was said of it, whether that counts or not: it is told as it stood. A deployment that was begun
  /// again after an annulment is another deployment.
  ///
  /// - Parameters:
  ///   - events: all of one release, whether they count or not, in the order of their positions.
  ///   - apart: where words of strangers stand that are a deployment of their own.
  ///   - counts: whether the event at a position counts.
  package static func annulled(
    in events: [RecordedEvent], apart: StrangersWords, counts: (Position) throws -> Bool
  ) rethrows -> [Attempt] {
    try grouped(events, apart: apart).flatMap { deployment, told -> [Attempt] in
      // Of what was never recorded as begun, a later part belongs to the deployment that still counts.
      var isBegun = false
      var found: [Attempt] = []
      for part in parts(of: told) {
        guard let attempt = Attempt(deployment.id, part, isApart: deployment.isApart) else { continue }
        if try !counts(attempt.beginning.position), attempt.wasStarted || !isBegun { found.append(attempt) }
        isBegun = try isBegun || part.contains { try $0.canBegin && counts($0.position) }
      }
      return found
    }.sorted { $0.line < $1.line }
  }

  /// What was said of one deployment id, parted where it was begun again: at each start, and before the first of them at
  /// each end after another.
  private static func parts(of events: [RecordedEvent]) -> [[RecordedEvent]] {
    var parts: [[RecordedEvent]] = []
    var (wasStarted, wasEnded) = (false, false)
    for event in events {
      let (isStart, isEnd) = (event.isDeploymentStart, event.isDeploymentEnd)
      if parts.isEmpty || isStart || (isEnd && wasEnded && !wasStarted) {
        parts.append([])
        wasEnded = false
      }
      wasStarted = wasStarted || isStart
      wasEnded = wasEnded || isEnd
      parts[parts.count - 1].append(event)
    }
    return parts
  }
}

extension RecordedEvent {
  /// The deployment that it is a step of.
  package var deployment: AttemptID? {
    guard case .release(let said) = event, let step = said.attempt, step.kind == .deployment else { return nil }
    return step.attemptID
  }

  fileprivate var isDeploymentStart: Bool {
    if case .release(.deploymentStarted) = event { true } else { false }
  }

  fileprivate var isDeploymentEnd: Bool {
    if case .release(.deploymentFinished) = event { true } else { false }
  }

  /// Whether a deployment may begin with it, where nothing else is told of its beginning.
  var canBegin: Bool {
    if case .release(.deploymentRemoved) = event { false } else { true }
  }
}

extension Attempt {
  /// Whether its beginning was recorded as such.
  fileprivate var wasStarted: Bool { beginning.isDeploymentStart }
}
