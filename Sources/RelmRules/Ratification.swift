package import RelmDomain
package import RelmProof

extension Sequence<RecordedEvent> {
  /// Where the approvals stand that were withdrawn by one of these.
  var withdrawnApprovals: Set<Position> {
    Set(
      compactMap { event in
        if case .release(.approvalWithdrawn(let data)) = event.event { data.approval } else { nil }
      })
  }
}

/// Who may say afterwards that an override was right, and who takes over what others hand over: somebody else, of whom it is known
/// who they are.
package enum Ratification {
  /// Where approvals stand that ratify an override and are by a linked human who has not declared it, and acceptances of handovers
  /// by a linked human who has neither offered it nor written what is handed over.
  ///
  /// - Parameters:
  ///   - events: the release's events that count.
  ///   - state: the rows as they stand at the end; who is whose account is taken as it is known now.
  package static func independent(
    in events: [RecordedEvent], given state: some LedgerState
  ) throws -> Set<Position> {
    let authority = Authority(state, at: .latest)
    var declarers: [Position: PersonID?] = [:]
    var found: Set<Position> = []
    let withdrawn = events.withdrawnApprovals
    var offerers: [String: PersonID?] = [:]
    var authors: Set<PersonID>?
    for event in events where !withdrawn.contains(event.position) {
      if case .release(.handoverOffered(let data)) = event.event, offerers[data.handover] == nil {
        offerers[data.handover] = .some(event.person)
      }
      if case .release(.handoverAccepted(let data)) = event.event, let person = event.person,
        try state.isKnownHuman(person)
      {
        let human = try authority.human(of: person)
        let wrote =
          try authors ?? Set(Hands.authors(of: events, given: state).map { try authority.human(of: $0) })
        authors = wrote
        let isOfferer = try (offerers[data.handover] ?? nil).map { try authority.answers(person, for: $0) }
        if !(isOfferer ?? false), !wrote.contains(human) { found.insert(event.position) }
      }
      if case .release(.overrideDeclared) = event.event { declarers[event.position] = event.person }
      guard case .release(.approvalGiven(let data)) = event.event, let override = data.ratifies,
        let person = event.person, let declarer = declarers[override] ?? nil,
        try state.isKnownHuman(person), try !authority.isSame(person, declarer)
      else { continue }
      found.insert(event.position)
    }
    return found
  }
}
