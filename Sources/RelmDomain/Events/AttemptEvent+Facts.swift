extension AttemptEvent {
  /// The attempt for a reader: "build b-12".
  package var inWords: String { "\(kind.rawValue) \(id)" }

  /// Where it is attempted, where the event says so.
  package var environment: String? {
    switch self {
    case .testStarted(let data): data.environment
    case .testFinished(let data): data.environment
    case .deploymentStarted(let data): data.environment
    case .deploymentFinished(let data): data.environment
    case .deploymentRolledback(let data): data.environment
    case .deploymentRemoved(let data): data.environment
    case .deploymentProgressed(let data): data.environment
    case .handoverOffered(let data): data.environment
    case .supportOpened(let data): data.environment
    case .buildStarted, .buildFinished, .handoverAccepted, .handoverRejected, .handoverConditionMet,
      .supportAdvised, .supportClosed, .reviewOpened, .reviewFindingRecorded, .reviewActionRaised,
      .reviewActionCompleted, .reviewClosed:
      nil
    }
  }

  /// Which suite is run, for a test run.
  package var suite: String? {
    switch self {
    case .testStarted(let data): data.suite
    case .testFinished(let data): data.suite
    case .buildStarted, .buildFinished, .deploymentStarted, .deploymentProgressed, .deploymentFinished,
      .deploymentRolledback, .deploymentRemoved, .handoverOffered, .handoverAccepted, .handoverRejected,
      .handoverConditionMet, .supportOpened, .supportAdvised, .supportClosed, .reviewOpened,
      .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted, .reviewClosed:
      nil
    }
  }

  /// What is made, tested or deployed, by identity, where the event says so.
  package var digests: [ContentDigest] {
    switch self {
    case .buildFinished(let data): data.artifacts.map(\.digest)
    case .testStarted(let data): data.digests
    case .testFinished(let data): data.digests
    case .deploymentStarted(let data): data.digests
    case .deploymentFinished(let data): data.digests
    case .buildStarted, .deploymentProgressed, .deploymentRolledback, .deploymentRemoved, .handoverOffered,
      .handoverAccepted, .handoverRejected, .handoverConditionMet, .supportOpened, .supportAdvised,
      .supportClosed, .reviewOpened, .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted,
      .reviewClosed:
      []
    }
  }

  /// Who set it going, where the event says so.
  package var initiator: PersonID? {
    switch self {
    case .buildStarted(let data): data.initiator
    case .buildFinished(let data): data.initiator
    case .testStarted(let data): data.initiator
    case .testFinished(let data): data.initiator
    case .deploymentStarted(let data): data.initiator
    case .deploymentFinished(let data): data.initiator
    case .deploymentRolledback(let data): data.initiator
    case .deploymentRemoved(let data): data.initiator
    case .deploymentProgressed, .handoverOffered, .handoverAccepted, .handoverRejected, .handoverConditionMet,
      .supportOpened, .supportAdvised, .supportClosed, .reviewOpened, .reviewFindingRecorded,
      .reviewActionRaised, .reviewActionCompleted, .reviewClosed:
      nil
    }
  }
}
