internal import RelmProof

extension Decision {
  /// Decides an event of a release's stream.
  static func decide(_ event: ReleaseEvent, in envelope: Envelope, given state: DecisionState) -> Refusal? {
    if let attempt = event.attempt { return decide(attempt, in: envelope, given: state.attempt) }
    guard case .releasePlanned = event, let plan = state.release?.plan else { return nil }
    return Refusal(
      .contradiction, at: "/type", "the release is planned already, at position \(plan.planned.position.value)",
      advice: "Plan a change of it as a release of its own, or record what was done with activity.recorded")
  }
}
