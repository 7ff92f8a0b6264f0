package import RelmDomain
package import RelmProof

extension Attempt {
  /// How a deployment ended: the event that says so, and when that was. It ends no earlier than it begins, whatever the event
  /// claims: else what was done before it would count as done after it. A beginning that is told only after the end does not
  /// move that: else whoever tells it would put off what is due.
  package struct End: Sendable {
    package let event: RecordedEvent
    package let happened: Instant

    init(_ event: RecordedEvent, after beginning: RecordedEvent) {
      self.event = event
      happened = beginning.position < event.position ? max(event.happened, beginning.happened) : event.happened
    }

    package var position: Position { event.position }
    package var recorded: Instant { event.recorded }
  }

  /// The steps of it that are dated before what they follow.
  package var skews: [Skew] { StepOrder(of: events).skews }
}
