internal import RelmProof

/// A person as the log knows them. Links, grants and revocations are acts and count in the log's order.
extension PersonRow {
  /// How many grants a row lists.
  package static let grantLimit = 32

  /// The row after one more event that touches the person. Total.
  package static func evolve(_ row: PersonRow?, of person: PersonID, by event: RecordedEvent) -> PersonRow? {
    var row = row ?? PersonRow(person: person, kind: .human, isLinked: false, grantsLeftOut: 0)
    switch event.event {
    case .ledger(.ledgerOpened(let data)) where data.owner == person:
      row.add(
        Grant(
          position: event.position, level: 6, contexts: [.development, .production],
          from: event.recorded.representable, by: event.person))
    case .ledger(.subjectErased(let data)) where data.person == person: row.erased = event.moment
    case .person(let said):
      guard case .person(let subject)? = event.subject else { return row }
      row.apply(said, of: subject, event)
    case .ledger, .policy, .procedure, .capability, .environment, .service, .incident, .release, .foreign,
      .newer:
      break
    }
    return row
  }

  private mutating func apply(_ said: PersonEvent, of subject: PersonID, _ event: RecordedEvent) {
    switch said {
    case .personLinked(let data):
      isLinked = true
      guard person == subject else {
        human = subject
        return
      }
      switch data.kind {
      case .human: kind = .human
      case .service: kind = .service
      }
      for account in data.accounts where !accounts.contains(account) { accounts.append(account) }
      owner = data.owner ?? owner
    // What somebody is called is the vault's to know.
    case .personNamed: break
    case .authorityGranted(let data):
      add(
        Grant(
          position: event.position, level: data.level, contexts: data.contexts, services: data.services,
          packages: data.packages,
          from: max(data.from?.instant ?? event.recorded, event.recorded).representable,
          until: data.until?.instant.representable, delegatedFrom: data.delegatedFrom,
          reviewBy: data.reviewBy?.instant.representable, by: event.person))
    case .authorityRevoked(let data):
      change(data.grant) { $0.revoked = $0.revoked ?? event.moment }
    case .authorityReviewed(let data):
      change(data.grant) {
        $0.reviewed = event.moment
        $0.reviewBy = data.reviewBy?.instant.representable
      }
    }
  }

  private mutating func change(_ position: Position, _ body: (inout Grant) -> Void) {
    guard let index = grants.firstIndex(where: { $0.position == position }) else { return }
    body(&grants[index])
  }

  /// Adds a grant; of too many the first that is revoked is left out, or else the first that ends. What stands without
  /// end is never left out, for decisions rest on it.
  private mutating func add(_ grant: Grant) {
    grants.append(grant)
    guard grants.count > Self.grantLimit else { return }
    guard
      let index = grants.firstIndex(where: { $0.revoked != nil })
        ?? grants.firstIndex(where: { $0.until != nil })
    else { return }
    grants.remove(at: index)
    grantsLeftOut += 1
  }
}

extension Instant {
  /// The instant, or the end of the years that can be written where it lies beyond them.
  package var representable: Instant { min(max(self, .earliest), .latest) }
}
