internal import RelmProof

extension Decision {
  static func decide(
    _ event: LedgerEvent, _ question: Question<some LedgerState>, streamExists: Bool
  ) throws -> Refusal? {
    switch event {
    case .ledgerOpened:
      guard streamExists else { return nil }
      return contradicts(
        "", "the ledger is open already, since its first event", advice: "Use another folder for another ledger"
      )
    case .ledgerKeyRotated(let data):
      let current = try question.state.ledger()?.keys.last {
        $0.use.rawValue == data.use.rawValue && $0.retired == nil
      }
      guard current?.verifier != data.retired else { return nil }
      return contradicts(
        "retired", "the key in use is \(current?.verifier ?? "none")", advice: "Rotate with 'relm key rotate'")
    case .ledgerSealed, .ledgerClockSuspect, .evidenceDisposed: return try heldBack(event, question)
    case .eventAnnulled(let data): return try decideAnnulment(data, question)
    case .subjectErased(let data):
      if try question.state.person(data.person)?.erased != nil {
        return contradicts("person", "\(data.person.text) is erased already", advice: "Nothing is left to do")
      }
      return try heldBack(event, question)
    case .holdPlaced(let data):
      if let known = try question.state.hold(data.hold) {
        return contradicts(
          "hold", "hold \(data.hold) was placed already, at position \(known.placed.position.value)",
          advice: "Give the new hold an id of its own")
      }
      guard data.persons.isEmpty, data.evidence.isEmpty, data.subjects.isEmpty, data.everything != true else {
        return nil
      }
      return contradicts(
        "persons", "the hold covers nothing", advice: "Give persons, evidence, subjects, or everything=true")
    case .holdReleased(let data):
      guard let hold = try question.state.hold(data.hold) else {
        return contradicts("hold", "no hold \(data.hold) was placed", advice: "Check the id")
      }
      guard let released = hold.released else { return nil }
      return contradicts(
        "hold", "hold \(data.hold) was released already, at position \(released.position.value)",
        advice: "Nothing is left to do")
    }
  }

  /// Erasure and disposal wait for every legal hold.
  private static func heldBack(_ event: LedgerEvent, _ question: Question<some LedgerState>) throws -> Refusal?
  {
    let holds: HoldRow?
    switch event {
    case .subjectErased(let data):
      // A hold on one account covers every account of the human.
      holds = try question.state.holds().first { hold in
        guard hold.released == nil else { return false }
        return try hold.everything
          || hold.persons.contains { try question.authority.isSame($0, data.person) }
      }
    case .evidenceDisposed(let data):
      // Which attachments belong to a stream is for the ledger to look up; a hold on a stream holds all of them.
      holds = try question.state.holds().first {
        $0.released == nil && ($0.everything || $0.evidence.contains(data.digest) || !$0.subjects.isEmpty)
      }
    case .ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect, .eventAnnulled, .holdPlaced,
      .holdReleased:
      holds = nil
    }
    return holds.map { hold in
      Refusal(
        .contradiction, at: "/type",
        "legal hold \(hold.hold), placed at position \(hold.placed.position.value), prevents it (\(hold.ground))",
        advice: "Wait until it is released")
    }
  }

  // MARK: Annulment

  /// What may be annulled, and when the ledger would come apart by it.
  private static func decideAnnulment(
    _ data: EventAnnulled, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard let target = try question.state.event(at: data.position) else {
      return contradicts(
        "position", "there is no event at position \(data.position.value)", advice: "Check the position")
    }
    guard let type = target.event.type else {
      return contradicts(
        "position",
        "position \(data.position.value) holds \(target.record.envelope.type), which moves nothing here",
        advice: "Nothing is left to do")
    }
    guard type.canBeAnnulled else {
      return contradicts(
        "position",
        "\(type.rawValue) cannot be annulled: it says what the ledger or somebody under it has done",
        advice: "Record what follows from it")
    }
    guard try question.state.counts(data.position) else {
      return contradicts(
        "position", "position \(data.position.value) is annulled already", advice: "Nothing is left to do")
    }
    return try lastStanding(without: target, question)
  }

  /// Whether somebody would still hold level 6 without end or limit.
  private static func lastStanding(
    without target: RecordedEvent, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    var root = target
    var isSwitchedOn = false
    while case .ledger(.eventAnnulled(let data)) = root.event,
      let next = try question.state.event(at: data.position)
    {
      root = next
      isSwitchedOn.toggle()
    }
    var gone: Position?
    if case .person(.authorityGranted) = root.event, !isSwitchedOn { gone = root.position }
    if case .person(.authorityRevoked(let data)) = root.event, isSwitchedOn { gone = data.grant }
    guard let gone, try question.authority.grant(at: gone)?.grant.isStanding == true else { return nil }
    guard try !question.authority.standsWithout(gone) else { return nil }
    return contradicts(
      "position", "nobody else holds level 6 without end or limit, and somebody must",
      advice: "Grant it to somebody first")
  }

  static func conflict(
    of event: LedgerEvent, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard case .eventAnnulled(let data) = event, let target = try question.state.event(at: data.position) else {
      return nil
    }
    guard target.event.tellsOfFailure else { return nil }
    for person in try workers(on: target, question) where try question.authority.isSame(person, actor) {
      return forbids(
        "position \(data.position.value) tells of a failure or a finding about the work of \(person.text), who "
          + "cannot annul it", advice: "Let somebody else with authority decide it")
    }
    return nil
  }

  /// Whose work an event is about: who recorded it and whom it names, who began it, and who answers for the release.
  private static func workers(
    on target: RecordedEvent, _ question: Question<some LedgerState>
  ) throws -> [PersonID] {
    var people = target.person.map { [$0] } ?? []
    people += target.event.persons
    guard case .release(let event) = target.event, case .release(let package, let version)? = target.subject
    else {
      return people
    }
    let release = try question.state.release(package, version)
    people += [release?.plan?.manager, release?.plan?.requestedBy].compactMap { $0 }
    if let attempt = event.attempt {
      let row = try question.state.attempt(package, version, attempt.kind, attempt.id)
      people += [row?.initiator, row?.begun?.by].compactMap { $0 }
    }
    return people
  }
}

extension EventType {
  /// Whether an annulment may make it not count. Not what the ledger says of itself, nor a gate's decision, nor an
  /// override; and not what cannot be undone.
  package var canBeAnnulled: Bool {
    let lasting: [EventType] = [
      .ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect, .gateDecided, .overrideDeclared,
      .subjectErased, .evidenceDisposed,
    ]
    return !lasting.contains(self)
  }
}

extension Event {
  /// Whether it tells of something that went wrong, or of a finding.
  package var tellsOfFailure: Bool {
    func isBad(_ outcome: Outcome) -> Bool { outcome == .failed || outcome == .errored }
    switch self {
    case .release(.buildFinished(let data)): return isBad(data.outcome)
    case .release(.testFinished(let data)): return isBad(data.outcome)
    case .release(.deploymentFinished(let data)): return isBad(data.outcome)
    case .release(.validationFinished(let data)): return isBad(data.outcome)
    case .release(.verificationFinished(let data)): return isBad(data.outcome)
    case .release(.resultLogged(let data)): return data.outcome.map(isBad) ?? false
    case .release(.activityRecorded(let data)): return data.outcome.map(isBad) ?? false
    case .release(.componentAssessed(let data)): return data.verdict != .acceptable
    case .release(.deploymentProgressed(let data)): return data.decision == .abort
    case .release(.deploymentRolledback), .release(.approvalRefused), .release(.authorisationRefused),
      .release(.handoverRejected), .release(.reviewFindingRecorded), .release(.escalationRaised),
      .release(.procedureStepSkipped), .incident(.incidentOpened), .incident(.incidentAttributed),
      .environment(.driftDetected):
      return true
    case .capability(.capabilityAssessed(let data)): return data.verdict != .acceptable
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign,
      .newer:
      return false
    }
  }
}
