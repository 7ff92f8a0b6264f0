internal import RelmProof

/// A person as the log knows them. Links, grants and revocations are acts and count in the log's order.
extension PersonRow {
  /// The row after one more event that touches the person. Total.
  package static func evolve(_ row: PersonRow?, of person: PersonID, by event: RecordedEvent) -> PersonRow? {
    var row = row ?? PersonRow(person: person, kind: .human, isLinked: false)
    switch event.event {
    case .ledger(.ledgerOpened(let data)) where data.owner == person:
      row.grants.append(
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
        link(to: subject, event)
        return
      }
      switch data.kind {
      case .human: kind = .human
      case .service: kind = .service
      }
      for account in data.accounts where !accounts.contains(account) {
        accounts.append(account)
        link(to: account, event)
      }
      owner = data.owner ?? owner
    case .personLinkConfirmed(let data):
      // Each side lends its own authority; somebody else, who agrees to the link, lends that of both.
      let other = person == subject ? data.account : subject
      guard event.person != other, let place = links.firstIndex(where: { $0.account == other }) else { return }
      links[place].lent = links[place].lent ?? event.position
    // What somebody is called is the vault's to know.
    case .personNamed: break
    case .authorityGranted(let data):
      grants.append(
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

  private mutating func link(to account: PersonID, _ event: RecordedEvent) {
    links.append(Link(position: event.position, account: account, by: event.person))
  }

  private mutating func change(_ position: Position, _ body: (inout Grant) -> Void) {
    guard let index = grants.firstIndex(where: { $0.position == position }) else { return }
    body(&grants[index])
  }
}

extension Instant {
  /// The instant, or the end of the years that can be written where it lies beyond them.
  package var representable: Instant { min(max(self, .earliest), .latest) }
}
