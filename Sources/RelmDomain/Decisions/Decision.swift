/// Whether an event may stand in the log: pure, total, and the same on every machine.
///
/// A fact is taken from anyone, in any order in which it could be true; it is refused only where it contradicts what
/// its stream says already. An act needs authority in force. What the caller must bring is `DecisionState`.
package enum Decision {
  /// Decides one event.
  ///
  /// - Parameters:
  ///   - event: what the claim's data says, decoded.
  ///   - envelope: the claim's envelope, with accounts replaced by pseudonyms.
  ///   - state: what the views say about the event's stream, all events before this one counted.
  ///   - authority: who may do what.
  ///   - time: the ledger's clock.
  /// - Returns: nil where the event may be recorded.
  package static func decide(
    _ event: Event, in envelope: Envelope, given state: DecisionState, authority: Authority, at time: Instant
  ) -> Refusal? {
    guard let type = event.type else { return refusal(ofUnknown: event, in: envelope) }
    let traits = type.traits
    guard let subject = envelope.subject.flatMap(Subject.named), subject.kind == traits.stream else {
      return Refusal(
        .badInput, at: "/subject",
        "\(type.rawValue) belongs to \(traits.stream.inWords), and the subject names none",
        advice: "Give the subject as \(traits.stream.pattern)")
    }
    if !traits.opensStream, !state.streamExists {
      return Refusal(
        .contradiction, at: "/subject",
        "nothing is recorded about \(envelope.subject ?? ""), and \(type.rawValue) cannot be the first",
        advice: "Check the subject, or record first how it came about")
    }
    if let refusal = refusal(of: type, needing: traits.needs, by: envelope, authority, at: time) {
      return refusal
    }
    switch event {
    case .release(let event): return decide(event, in: envelope, given: state)
    case .ledger(.ledgerOpened):
      guard state.streamExists else { return nil }
      return Refusal(
        .contradiction, at: "/type", "the ledger is open already, since its first event",
        advice: "Use another folder for another ledger")
    case .foreign, .newer: return nil
    }
  }

  private static func refusal(ofUnknown event: Event, in envelope: Envelope) -> Refusal? {
    guard event == .newer else { return nil }
    if EventType.named(envelope.type) != nil {
      return Refusal(
        .newerFormat, at: "/dataschema", "this version of \(envelope.type) is newer than this program",
        advice: "Use a newer relm")
    }
    let nearest = EventCatalogue.nearest(to: envelope.type).map { "Did you mean \($0)?" }
    return Refusal(
      .badInput, at: "/type", "\(envelope.type) is not an event type that this program knows",
      advice: nearest
        ?? "See relm record --help for the types, or name a type of your own without the prefix relm.")
  }
}
