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
    case .historyAccepted: return nil
    case .eventAnnulled(let data): return try decideAnnulment(data, question)
    case .subjectErased(let data):
      if try question.state.person(data.person)?.erased != nil {
        return contradicts("person", "\(data.person.text) is erased already", advice: "Nothing is left to do")
      }
      let row = try question.state.person(data.person)
      if row?.grants.contains(where: \.isStanding) ?? false, try !question.authority.standsWithout(data.person)
      {
        return contradicts(
          "person", "nobody else holds level 6 without end or limit, and somebody must",
          advice: "Grant it to somebody first")
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
      .holdReleased, .historyAccepted:
      holds = nil
    }
    return holds.map { hold in
      Refusal(
        .contradiction, at: "/type",
        "legal hold \(hold.hold), placed at position \(hold.placed.position.value), prevents it (\(hold.ground))",
        advice: "Wait until it is released")
    }
  }
}
