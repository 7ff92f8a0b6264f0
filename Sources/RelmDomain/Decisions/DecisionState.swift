/// What a decision rests on: the stream so far, as the views have it, with every event counted that stands before the
/// one to decide, those of the same batch included.
package struct DecisionState: Sendable, Equatable {
  /// Whether the stream has any event, of our own or not.
  package let streamExists: Bool
  /// The row of `releases` for a release's stream.
  package let release: ReleaseRow?
  /// The row of `attempts` for the event's attempt, where it is a step of one.
  package let attempt: AttemptRow?

  package init(streamExists: Bool, release: ReleaseRow? = nil, attempt: AttemptRow? = nil) {
    self.streamExists = streamExists
    self.release = release
    self.attempt = attempt
  }
}
