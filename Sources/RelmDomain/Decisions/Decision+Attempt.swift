internal import RelmProof

/// An attempt begins once and ends once; what ends, continues or undoes it refers to one that is known, unless it says
/// of itself that it is backfilled. Late facts are taken: an end may be recorded after a rollback, and a start after
/// its end. What a stranger tells of a deployment takes nobody's place who has standing.
extension Decision {
  static func decide(
    _ event: AttemptEvent, _ question: Question<some LedgerState>, given attempt: AttemptRow?
  ) throws -> Refusal? {
    if let refusal = disagreement(of: event, with: attempt) { return refusal }
    switch event {
    case .buildStarted, .testStarted, .deploymentStarted, .supportOpened, .reviewOpened:
      guard let begun = attempt?.begun, try !goesOver(begun, event, question) else { return nil }
      return contradiction(
        event, "\(event.inWords) was begun already\(event.place), at position \(begun.position.value)",
        advice: "Give what begins now an id of its own")
    case .buildFinished(let data): return try decideEnd(event, data.outcome, question, attempt)
    case .testFinished(let data): return try decideEnd(event, data.outcome, question, attempt)
    case .deploymentFinished(let data): return try decideEnd(event, data.outcome, question, attempt)
    case .deploymentProgressed, .supportAdvised: return decideCourse(event, attempt)
    case .deploymentRolledback(let data):
      return try decideRestoring(data, question, attempt)
        ?? decideUndoing(event, question, attempt, before: attempt?.rolledBack ?? attempt?.removed)
    case .deploymentRemoved: return try decideUndoing(event, question, attempt, before: attempt?.removed)
    case .handoverOffered(let data): return try decideOffer(event, data, question, attempt)
    case .handoverAccepted(let data): return decideAnswer(event, attempt) ?? repeated(data.conditions.map(\.id))
    case .handoverRejected: return decideAnswer(event, attempt)
    case .handoverConditionMet(let data): return try decideCondition(event, data, question, attempt)
    case .supportClosed, .reviewClosed: return decideClosing(event, attempt)
    case .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted:
      return try decideReview(event, question, attempt)
    }
  }

  private static func decideEnd(
    _ event: AttemptEvent, _ outcome: Outcome, _ question: Question<some LedgerState>, _ attempt: AttemptRow?
  ) throws -> Refusal? {
    if let ended = attempt?.ended, let known = attempt?.outcome, known != outcome,
      try !goesOver(ended, event, question)
    {
      return Refusal(
        .contradiction, at: "/data/outcome",
        "\(event.inWords) ended already, \(known.rawValue), at position \(ended.position.value)",
        advice: "Record another attempt under an id of its own; if what was recorded is wrong, annul it")
    }
    return decideCourse(event, attempt)
  }

  /// Whether somebody with standing tells of a deployment what a stranger has told before: that is recorded beside it, and counts.
  private static func goesOver(
    _ mark: AttemptRow.Mark, _ event: AttemptEvent, _ question: Question<some LedgerState>
  ) throws -> Bool {
    guard event.kind == .deployment, case .release(let package, let version) = question.subject else {
      return false
    }
    let context = try ActScope.context(of: event.environment, question.state)
    let scope = try ActScope.release(package, version, in: context, question.state)
    func isStranger(_ person: PersonID?) throws -> Bool {
      try Narrator(by: person, recorded: question.time, position: nil).isStranger(
        to: scope, [], given: question.state)
    }
    return try !isStranger(question.speaker) && isStranger(mark.by)
  }

  /// What goes on in an attempt needs its beginning.
  private static func decideCourse(_ event: AttemptEvent, _ attempt: AttemptRow?) -> Refusal? {
    guard attempt?.begun == nil, !event.isBackfilled else { return nil }
    return contradiction(
      event, "\(event.inWords) was never begun\(event.place)",
      advice:
        "Check the id\(event.place.isEmpty ? "" : " and the environment"), or say \"backfilled\": true if its start is not known"
    )
  }

  private static func decideClosing(_ event: AttemptEvent, _ attempt: AttemptRow?) -> Refusal? {
    if let ended = attempt?.ended {
      return contradiction(
        event, "\(event.inWords) was closed already, at position \(ended.position.value)",
        advice: "Open another one, under an id of its own")
    }
    return decideCourse(event, attempt)
  }

  private static func decideUndoing(
    _ event: AttemptEvent, _ question: Question<some LedgerState>, _ attempt: AttemptRow?,
    before mark: AttemptRow.Mark?
  ) throws -> Refusal? {
    if let mark, try !goesOver(mark, event, question) {
      let how = attempt?.removed == mark ? "removed" : "rolled back"
      return contradiction(
        event, "\(event.inWords) was \(how) already, at position \(mark.position.value)",
        advice: "Check the id; a later deployment has one of its own")
    }
    guard attempt == nil, !event.isBackfilled else { return nil }
    return contradiction(
      event, "\(event.inWords) is not known\(event.place)",
      advice: "Check the id and the environment, or say \"backfilled\": true if nothing of it was recorded")
  }

  /// What a rollback restores it names whole: contents belong to a version, and a version comes in place of a deployment
  /// that is known. Either would else put something there that nobody could judge.
  /// Nor does a version come in its own place with the contents that it had: then nothing was rolled back.
  private static func decideRestoring(
    _ data: DeploymentRolledback, _ question: Question<some LedgerState>, _ attempt: AttemptRow?
  ) throws -> Refusal? {
    if data.restores == nil, !data.restoresDigests.isEmpty {
      return contradicts(
        "restoresDigests", "these are contents of a version that is not named",
        advice: "Say which version came back, with \"restores\"")
    }
    if case .release(let package, let version) = question.subject, data.restores == version,
      try !bringsOther(data.restoresDigests, than: attempt, question.state.release(package, version))
    {
      return contradicts(
        "restores", "\(version) is what was deployed, and it cannot come back in its own place",
        advice:
          "Name the version that runs now, or leave it out where that is the one before; if other contents of \(version) "
          + "came back, name them with \"restoresDigests\"")
    }
    guard data.restores != nil, attempt == nil, data.backfilled ?? false else { return nil }
    return contradicts(
      "restores",
      "something comes back in place of deployment \(data.deployment), of which nothing is recorded",
      advice: "Record first when that began, with deployment.started and the --time at which it did")
  }

  /// Whether some contents that came back are others than those of the deployment that was rolled back, by whichever of their
  /// digests; of one that names none, than those of its release.
  private static func bringsOther(
    _ digests: [ContentDigest], than attempt: AttemptRow?, _ release: ReleaseRow?
  ) -> Bool {
    let named = attempt?.digests ?? []
    let deployed = named.isEmpty ? release?.digests ?? [] : named
    return (release?.knownDigests ?? DigestSets()).stranger(among: digests, to: deployed) != nil
  }

  /// A review's findings and actions need the review; an action is raised once, and completed only if it was raised.
  private static func decideReview(
    _ event: AttemptEvent, _ question: Question<some LedgerState>, _ attempt: AttemptRow?
  ) throws -> Refusal? {
    guard attempt?.begun != nil else {
      return contradiction(
        event, "\(event.inWords) was never opened", advice: "Open it first, with review.opened")
    }
    if case .reviewActionRaised(let data) = event {
      let known = try action(data.action, of: data.review, question)
      guard let known else { return nil }
      return contradicts(
        "action", "action \(data.action) was raised already, at position \(known.raised.position.value)",
        advice: "Give the new action an id of its own")
    }
    if case .reviewActionCompleted(let data) = event {
      guard let known = try action(data.action, of: data.review, question) else {
        return contradicts(
          "action", "\(event.inWords) never raised an action \(data.action)",
          advice: "Check the id; 'relm obligations' lists what is open")
      }
      guard let done = known.done else { return nil }
      return contradicts(
        "action", "action \(data.action) was completed already, at position \(done.position.value)",
        advice: "Nothing is left to do")
    }
    return nil
  }

  private static func action(
    _ action: String, of review: String, _ question: Question<some LedgerState>
  ) throws -> ObligationRow? {
    try question.state.obligation(question.subject, .reviewAction, Duty.id(action, of: review))
  }

  // MARK: Handover

  private static func decideOffer(
    _ event: AttemptEvent, _ data: HandoverOffered, _ question: Question<some LedgerState>,
    _ attempt: AttemptRow?
  ) throws -> Refusal? {
    if let offered = attempt?.begun {
      return contradiction(
        event, "\(event.inWords) was offered already, at position \(offered.position.value)",
        advice: "Give the new offer an id of its own")
    }
    guard let offerer = question.speaker, try question.authority.answers(data.party, for: offerer) else {
      return nil
    }
    return Refusal(
      .contradiction, at: "/data/party",
      "a handover is never accepted by its offerer, and \(offerer.text) is both",
      advice: "Name the person who takes the release over")
  }

  private static func decideAnswer(_ event: AttemptEvent, _ attempt: AttemptRow?) -> Refusal? {
    guard attempt?.begun != nil, attempt?.party != nil else {
      return contradiction(
        event, "\(event.inWords) was never offered", advice: "Offer it first, with handover.offered")
    }
    guard let answered = attempt?.ended ?? attempt?.rejected else { return nil }
    let how = attempt?.ended == nil ? "rejected" : "accepted"
    return contradiction(
      event, "\(event.inWords) was \(how) already, at position \(answered.position.value)",
      advice: how == "accepted" ? "Nothing is left to do" : "Offer it anew, under an id of its own")
  }

  /// Two conditions of one id: which of them was met could never be said.
  private static func repeated(_ conditions: [String]) -> Refusal? {
    guard let twice = conditions.indices.first(where: { conditions[..<$0].contains(conditions[$0]) }) else {
      return nil
    }
    return contradicts(
      "conditions/\(twice)/id", "there are two conditions \(conditions[twice])",
      advice: "Give each condition an id of its own")
  }

  private static func decideCondition(
    _ event: AttemptEvent, _ data: HandoverConditionMet, _ question: Question<some LedgerState>,
    _ attempt: AttemptRow?
  ) throws -> Refusal? {
    guard attempt?.ended != nil else {
      return contradiction(event, "\(event.inWords) was never accepted", advice: "Check the id of the handover")
    }
    let id = Duty.id(data.condition, of: data.handover)
    guard let condition = try question.state.obligation(question.subject, .condition, id) else {
      return contradicts(
        "condition", "\(event.inWords) was accepted without a condition \(data.condition)",
        advice: "Check the id; 'relm obligations' lists what is open")
    }
    guard let done = condition.done else { return nil }
    return contradicts(
      "condition", "condition \(data.condition) was met already, at position \(done.position.value)",
      advice: "Nothing is left to do")
  }

  /// Why somebody may not answer a handover: it is the party's to do, and never the offerer's.
  static func conflict(
    of event: AttemptEvent, by actor: PersonID, _ question: Question<some LedgerState>,
    given attempt: AttemptRow?
  ) throws -> Refusal? {
    guard let party = attempt?.party else { return nil }
    if let offerer = attempt?.begun?.by, try question.authority.answers(actor, for: offerer) {
      return forbids(
        "\(event.inWords) was offered by \(offerer.text), who can never accept it",
        advice: "Who may accept it: \(party.text)")
    }
    guard try !question.authority.isSame(party, actor) else { return nil }
    return forbids(
      "\(event.inWords) was offered to another person than \(actor.text)",
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

extension AttemptEvent {
  /// Where a deployment is, for a sentence: " in production/eu"; of what is known by its id alone, nothing.
  fileprivate var place: String { attemptID.environment.map { " in \($0)" } ?? "" }
}
