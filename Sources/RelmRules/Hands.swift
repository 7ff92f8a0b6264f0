package import RelmDomain
internal import RelmProof

/// Who had a hand in a release, of everything that was ever said of it, be it annulled since: whoever is left out by a
/// change of the plan or by an annulment has had it all the same.
package enum Hands {
  /// Who planned, asked for, wrote, built or deployed a release.
  ///
  /// - Parameters:
  ///   - events: of the release, whether they count or not.
  ///   - state: who wrote a commit is known by what any release was told of it.
  static func work(on events: [RecordedEvent], given state: some LedgerState) throws -> [PersonID] {
    try people(who: ReleaseRow.Duty.ofWork, in: events, given: state)
  }

  /// Who asked for a release, wrote or built it: those whose word for it is their own.
  static func makers(of events: [RecordedEvent], given state: some LedgerState) throws -> [PersonID] {
    try people(who: [.requester, .author, .initiator], in: events, given: state)
  }

  /// Who wrote a release.
  static func authors(of events: [RecordedEvent], given state: some LedgerState) throws -> [PersonID] {
    try people(who: [.author], in: events, given: state)
  }

  private static func people(
    who had: Set<ReleaseRow.Duty>, in events: [RecordedEvent], given state: some LedgerState
  ) throws -> [PersonID] {
    var commits: Set<String> = []
    var found: [PersonID] = []
    for event in events {
      guard case .release(let said) = event.event else { continue }
      commits.formUnion(said.commits.map(\.id))
      found += said.hands(recordedBy: event.person).filter { had.contains($0.duty) }.map(\.person)
    }
    return try found + commits.sorted().flatMap { try state.authors(ofCommit: $0) }
  }

  /// Who decided about a release, for it or against it.
  static func decisions(on events: [RecordedEvent]) -> [PersonID] {
    events.compactMap { event in
      guard case .release(let said) = event.event, case .permission(let permission) = said.family else {
        return nil
      }
      switch permission {
      case .approvalGiven, .approvalRefused, .approvalWithdrawn, .authorisationRequested, .authorisationGranted,
        .authorisationRefused, .waiverGranted, .waiverRevoked, .overrideDeclared:
        return event.person
      case .escalationRaised, .escalationResolved, .gateDecided: return nil
      }
    }
  }

  /// Who had a hand in a deployment: in its release, in what was decided about that, and in what was said of itself.
  ///
  /// - Parameters:
  ///   - attempt: the deployment.
  ///   - events: of its release, whether they count or not.
  ///   - state: the rows as they stand at the end.
  static func all(
    in attempt: Attempt, _ events: [RecordedEvent], given state: some LedgerState
  ) throws -> [PersonID] {
    let own = Set(attempt.events.map(\.position))
    return try work(on: events, given: state) + decisions(on: events)
      + events.filter { own.contains($0.position) }.flatMap { [$0.person].compactMap { $0 } + $0.event.persons }
  }

  /// Whether an annulment is by somebody with level 6 for a deployment who had no hand in it until then.
  ///
  /// - Parameters:
  ///   - annulment: the record of it.
  ///   - attempt: what it annuls.
  ///   - events: all of the release, whether they count or not.
  ///   - scope: what the deployment reaches to.
  ///   - state: the rows as they stand at the end; who is whose account is taken as it is known now.
  package static func areOff(
    _ annulment: RecordedEvent, of attempt: Attempt, _ events: [RecordedEvent], _ scope: ActScope,
    given state: some LedgerState
  ) throws -> Bool {
    guard let person = annulment.person else { return false }
    let authority = Authority(state, at: annulment.recorded, before: annulment.position)
    guard try authority.held(by: person, for: scope)?.level == 6 else { return false }
    let before = events.filter { $0.position < annulment.position }
    return try !all(in: attempt, before, given: state).contains { try authority.isSame($0, person) }
  }
}
