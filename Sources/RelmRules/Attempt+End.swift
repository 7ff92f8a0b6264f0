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

  /// For how long nothing may be told of a deployment that has not ended.
  static let longestSilenceMicroseconds: Int64 = 7 * 86_400_000_000

  /// Whether the last that was told of how far it came is that it is broken off.
  var isAborted: Bool {
    let progress = events.last { if case .release(.deploymentProgressed) = $0.event { true } else { false } }
    guard case .release(.deploymentProgressed(let data))? = progress?.event else { return false }
    return data.decision == .abort
  }

  /// The steps of it that are dated before what they follow.
  package var skews: [Skew] { StepOrder(of: events).skews }
}
