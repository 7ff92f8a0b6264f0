/// What an event says about an attempt: a build, a test run, a deployment or a handover.
package enum AttemptStep: Sendable, Equatable {
  case started, finished, rolledBack, removed
  /// The beginning of a handover.
  case offered
  /// The end of a handover.
  case accepted
}
