package import RelmDomain
internal import RelmProof

/// Rollbacks that put something back which had not run there: such a rollback is a deployment of what it restores.
///
/// Going back to what ran before asks for nothing, as that was judged when it was deployed. What never was deployed there, or
/// not with these contents, or was withdrawn, refused or rolled back since, would come to run by a rollback without being judged at all; be it
/// that the rollback names it, or only undoes what stands in its place.
extension Attempt {
  /// The release that a rollback brings back: what it names, else what ran there before; nil for another event, and where
  /// nothing comes to run by it.
  ///
  /// - Parameter running: how a package stood in an environment before the rollback, by what counts.
  package static func restored(
    by event: RecordedEvent, given running: (_ package: String, _ environment: String) throws -> RunningRow?
  ) rethrows -> (package: String, version: String)? {
    guard case .release(let package, let version)? = event.subject,
      case .release(.deploymentRolledback(let data)) = event.event
    else { return nil }
    let row = data.restores == nil ? try running(package, data.environment) : nil
    return RunningRow.version(broughtBackBy: data, of: version, at: event.moment, given: row).map {
      (package, $0)
    }
  }

  /// The deployment that a rollback is of the release which it restores; nil where it only goes back to what had run there.
  ///
  /// - Parameters:
  ///   - event: the rollback.
  ///   - events: those of the restored release that count, in the order of their positions.
  ///   - apart: where words of strangers about its deployments stand that are a deployment of their own.
  ///   - isVouchedFor: whether a deployment of it is known to have been. One that claims to be older than the ledger was never judged,
  ///     and so would let anybody say that something had run.
  package init?(
    restoringBy event: RecordedEvent, given events: [RecordedEvent], apart: StrangersWords,
    isVouchedFor: (Attempt) throws -> Bool
  ) rethrows {
    guard case .release(.deploymentRolledback(let data)) = event.event else { return nil }
    let before = Array(events.prefix { $0.position < event.position })
    let runs = try Self.all(in: before, apart: apart).filter {
      try $0.environment == data.environment && $0.outcome == .succeeded && isVouchedFor($0)
    }
    guard !Self.ran(before, runs, in: data.environment, as: data.restoresDigests) else { return nil }
    // What is not named is what it consisted of when it last ran there.
    let known = data.restores == nil ? runs.last?.digests : nil
    self.init(restoring: data, of: known ?? data.restoresDigests, by: event)
  }

  /// Whether a release was deployed somewhere with success, with all of some contents, by whichever of their digests, and was
  /// neither withdrawn nor refused nor rolled back since.
  ///
  /// - Parameter runs: its deployments there that succeeded.
  private static func ran(
    _ events: [RecordedEvent], _ runs: [Attempt], in environment: String, as digests: [ContentDigest]
  ) -> Bool {
    let isWithdrawn = events.contains { event in
      if case .release(.releaseWithdrawn) = event.event { true } else { false }
    }
    guard !isWithdrawn else { return false }
    let refused = events.last { $0.refuses(in: environment) }?.position
    let said = events.map { (position: $0.position, sets: $0.digestSets) }.filter { !$0.sets.isEmpty }
    return runs.contains { run in
      // What was refused before it was deployed was judged then.
      if let refused, run.line < refused { return false }
      // What was itself rolled back there is no way back, but forward once more.
      guard !run.wasRolledBack(by: events) else { return false }
      // Of a deployment that does not say what it deployed it was what the release consisted of.
      let contents = run.digests.isEmpty ? contents(of: events) : run.digests
      // What is said later of which digests are of one artifact does not make something else what had run.
      let known = DigestSets(said.prefix { $0.position < run.line }.flatMap(\.sets))
      return known.stranger(among: digests, to: contents) == nil
    }
  }

  /// Whether it was rolled back, as something that was not to stay, whoever says so.
  private func wasRolledBack(by events: [RecordedEvent]) -> Bool {
    events.contains { event in
      guard case .release(.deploymentRolledback) = event.event else { return false }
      return event.deployment == AttemptID(.deployment, deployment, in: environment)
    }
  }
}

extension RecordedEvent {
  /// Whether somebody refuses by it that the release, or its deployment to an environment, goes on.
  fileprivate func refuses(in environment: String) -> Bool {
    switch event {
    case .release(.approvalRefused(let data)):
      (data.scope == .release || data.scope == .deployment)
        && data.environment.map { $0 == environment } ?? true
    case .release(.authorisationRefused): true
    default: false
    }
  }
}
