package import RelmDomain
internal import RelmProof

/// Rollbacks that put something back which had not run there: such a rollback is a deployment of what it restores.
///
/// Going back to what ran before asks for nothing, as that was judged when it was deployed. What never was deployed there, or
/// not with these contents, or is withdrawn since, would come to run by a rollback without being judged at all.
extension Attempt {
  /// The release that a rollback says it brings back; nil for another event, and where it names none.
  package static func restored(by event: RecordedEvent) -> (package: String, version: String)? {
    guard case .release(let package, _)? = event.subject,
      case .release(.deploymentRolledback(let data)) = event.event, let version = data.restores
    else { return nil }
    return (package, version)
  }

  /// The deployment that a rollback is of the release which it restores; nil where it only goes back to what had run there.
  ///
  /// - Parameters:
  ///   - event: the rollback.
  ///   - events: those of the restored release that count, in the order of their positions.
  package init?(restoringBy event: RecordedEvent, given events: [RecordedEvent]) {
    guard Self.restored(by: event) != nil, case .release(.deploymentRolledback(let data)) = event.event else {
      return nil
    }
    let before = Array(events.prefix { $0.position < event.position })
    guard !Self.ran(before, in: data.environment, as: data.restoresDigests) else { return nil }
    self.init(restoring: data, by: event)
  }

  /// Whether a release was deployed somewhere with success, with all of some contents, by whichever of their digests, and was
  /// not withdrawn since.
  private static func ran(
    _ events: [RecordedEvent], in environment: String, as digests: [ContentDigest]
  ) -> Bool {
    let isWithdrawn = events.contains { event in
      if case .release(.releaseWithdrawn) = event.event { true } else { false }
    }
    guard !isWithdrawn else { return false }
    let runs = all(in: events).filter { $0.environment == environment && $0.outcome == .succeeded }
    let said = events.map { (position: $0.position, sets: $0.digestSets) }.filter { !$0.sets.isEmpty }
    return runs.contains { run in
      // Of a deployment that does not say what it deployed it was what the release consisted of.
      let contents = run.digests.isEmpty ? contents(of: events) : run.digests
      // What is said later of which digests are of one artifact does not make something else what had run.
      let known = DigestSets(said.prefix { $0.position < run.line }.flatMap(\.sets))
      return known.stranger(among: digests, to: contents) == nil
    }
  }
}
