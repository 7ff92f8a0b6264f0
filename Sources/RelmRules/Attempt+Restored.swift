package import RelmDomain
internal import RelmProof

/// Rollbacks that put something back which had not run there: such a rollback is a deployment of what it restores.
///
/// Going back to what ran before asks for nothing, as that was judged when it was deployed. What never was deployed there, or
/// not with these contents, or was withdrawn or refused since, would come to run by a rollback without being judged at all; be it
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
  package init?(restoringBy event: RecordedEvent, given events: [RecordedEvent]) {
    guard case .release(.deploymentRolledback(let data)) = event.event else { return nil }
    let before = Array(events.prefix { $0.position < event.position })
    guard !Self.ran(before, in: data.environment, as: data.restoresDigests) else { return nil }
    // What is not named is what it consisted of when it last ran there.
    let known = data.restores == nil ? Self.runs(before, in: data.environment).last?.digests : nil
    self.init(restoring: data, of: known ?? data.restoresDigests, by: event)
  }

  /// Whether a release was deployed somewhere with success, with all of some contents, by whichever of their digests, and was
  /// neither withdrawn nor refused since.
  private static func ran(
    _ events: [RecordedEvent], in environment: String, as digests: [ContentDigest]
  ) -> Bool {
    let isWithdrawn = events.contains { event in
      if case .release(.releaseWithdrawn) = event.event { true } else { false }
    }
    guard !isWithdrawn else { return false }
    let refused = events.last { $0.refuses(in: environment) }?.position
    let said = events.map { (position: $0.position, sets: $0.digestSets) }.filter { !$0.sets.isEmpty }
    return runs(events, in: environment).contains { run in
      // What was refused before it was deployed was judged then.
      if let refused, run.line < refused { return false }
      // Of a deployment that does not say what it deployed it was what the release consisted of.
      let contents = run.digests.isEmpty ? contents(of: events) : run.digests
      // What is said later of which digests are of one artifact does not make something else what had run.
      let known = DigestSets(said.prefix { $0.position < run.line }.flatMap(\.sets))
      return known.stranger(among: digests, to: contents) == nil
    }
  }

  /// Its deployments to an environment that succeeded.
  private static func runs(_ events: [RecordedEvent], in environment: String) -> [Attempt] {
    all(in: events).filter { $0.environment == environment && $0.outcome == .succeeded }
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
