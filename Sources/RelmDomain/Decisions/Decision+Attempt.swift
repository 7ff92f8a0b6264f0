internal import RelmProof

/// An attempt begins once and ends once; what ends or undoes it refers to one that is known, unless it says of itself
/// that it is backfilled. Late facts are taken: an end may be recorded after a rollback, and a start after its end.
extension Decision {
  static func decide(_ event: AttemptEvent, in envelope: Envelope, given attempt: AttemptRow?) -> Refusal? {
    if let refusal = disagreement(of: event, with: attempt) { return refusal }
    switch event {
    case .buildStarted, .testStarted, .deploymentStarted:
      guard let begun = attempt?.begun else { return nil }
      return contradiction(
        event, "\(event.inWords) was begun already, at position \(begun.position.value)",
        advice: "Give what begins now an id of its own")
    case .buildFinished(let data): return decideEnd(event, data.outcome, attempt)
    case .testFinished(let data): return decideEnd(event, data.outcome, attempt)
    case .deploymentFinished(let data): return decideEnd(event, data.outcome, attempt)
    case .deploymentRolledback:
      return decideUndoing(event, attempt, before: attempt?.rolledBack ?? attempt?.removed)
    case .deploymentRemoved: return decideUndoing(event, attempt, before: attempt?.removed)
    case .handoverOffered(let data): return decideOffer(event, data, in: envelope, attempt)
    case .handoverAccepted: return decideAcceptance(event, in: envelope, attempt)
    }
  }

  private static func decideEnd(_ event: AttemptEvent, _ outcome: Outcome, _ attempt: AttemptRow?) -> Refusal? {
    if let ended = attempt?.ended, let known = attempt?.outcome, known != outcome {
      return Refusal(
        .contradiction, at: "/data/outcome",
        "\(event.inWords) ended already, \(known.rawValue), at position \(ended.position.value)",
        advice: "Record another attempt under an id of its own")
    }
    guard attempt?.begun == nil, !event.isBackfilled else { return nil }
    return contradiction(
      event, "\(event.inWords) was never begun",
      advice: "Check the id, or say \"backfilled\": true if its start is not known")
  }

  private static func decideUndoing(
    _ event: AttemptEvent, _ attempt: AttemptRow?, before mark: AttemptRow.Mark?
  ) -> Refusal? {
    if let mark {
      let how = attempt?.removed == mark ? "removed" : "rolled back"
      return contradiction(
        event, "\(event.inWords) was \(how) already, at position \(mark.position.value)",
        advice: "Check the id; a later deployment has one of its own")
    }
    guard attempt == nil, !event.isBackfilled else { return nil }
    return contradiction(
      event, "\(event.inWords) is not known",
      advice: "Check the id, or say \"backfilled\": true if nothing of it was recorded")
  }

  private static func decideOffer(
    _ event: AttemptEvent, _ data: HandoverOffered, in envelope: Envelope, _ attempt: AttemptRow?
  ) -> Refusal? {
    if let offered = attempt?.begun {
      return contradiction(
        event, "\(event.inWords) was offered already, at position \(offered.position.value)",
        advice: "Give the new offer an id of its own")
    }
    guard let offerer = envelope.authid, offerer == data.party.text else { return nil }
    return Refusal(
      .contradiction, at: "/data/party", "a handover is never accepted by its offerer, and \(offerer) is both",
      advice: "Name the person who takes the release over")
  }

  private static func decideAcceptance(
    _ event: AttemptEvent, in envelope: Envelope, _ attempt: AttemptRow?
  ) -> Refusal? {
    guard let offered = attempt?.begun, let party = attempt?.party else {
      return contradiction(
        event, "\(event.inWords) was never offered", advice: "Offer it first, with handover.offered")
    }
    if let accepted = attempt?.ended {
      return contradiction(
        event, "\(event.inWords) was accepted already, at position \(accepted.position.value)",
        advice: "Nothing is left to do")
    }
    if let offerer = offered.by, offerer.text == envelope.authid {
      return Refusal(
        .notAuthorised, at: "/authid",
        "\(event.inWords) was offered by \(offerer.text), who can never accept it",
        advice: "Who may accept it: \(party.text)")
    }
    guard party.text != envelope.authid else { return nil }
    return Refusal(
      .notAuthorised, at: "/authid",
      "\(event.inWords) was offered to another person than \(envelope.authid ?? "nobody")",
      advice: "Who may accept it: \(party.text)")
  }

  /// Where an event says another environment or another suite than its attempt's first.
  private static func disagreement(of event: AttemptEvent, with attempt: AttemptRow?) -> Refusal? {
    guard let attempt else { return nil }
    if let known = attempt.environment, let said = event.environment, known != said {
      return Refusal(
        .contradiction, at: "/data/environment", "\(event.inWords) is in \(known), not in \(said)",
        advice: "Check the id and the environment")
    }
    if let known = attempt.suite, let said = event.suite, known != said {
      return Refusal(
        .contradiction, at: "/data/suite", "\(event.inWords) is a run of \(known), not of \(said)",
        advice: "Check the id and the suite")
    }
    return nil
  }

  private static func contradiction(_ event: AttemptEvent, _ reason: String, advice: String) -> Refusal {
    Refusal(.contradiction, at: "/data/\(event.kind.rawValue)", reason, advice: advice)
  }
}
