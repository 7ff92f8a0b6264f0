/// What an event says about an attempt: a build, a test run, a deployment or a handover.
package enum AttemptStep: Sendable, Equatable {
  case started, progressed, finished, rolledBack, removed
  /// The beginning of a handover.
  case offered
  /// The end of a handover.
  case accepted
  /// The other end of a handover, and what comes after an acceptance on conditions.
  case rejected, conditionMet
  /// What happens in the course of early life support, and of a review.
  case advised, found, acted
}
