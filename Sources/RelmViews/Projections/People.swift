package import RelmDomain

/// The view `people`: one row a pseudonym, with what it was granted and whose account it is.
///
/// What touches a person stands in several streams: in their own, in the ledger's, and in those of people to whom they
/// are linked.
package enum People: Projection {
  package static let name = "people"
  package static let place = 12
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.ledger, .person]
  package static let keepsTouches = true

  package static func key(_ person: PersonID) -> RowKey { RowKey(person.text) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    switch event.event {
    case .ledger(.ledgerOpened(let data)): [key(data.owner)]
    case .ledger(.subjectErased(let data)): [key(data.person)]
    case .person(let said):
      if case .person(let person)? = event.subject {
        switch said {
        case .personLinked(let data): [key(person)] + data.accounts.filter { $0 != person }.map(key)
        case .personLinkConfirmed(let data): [key(person)] + (data.account == person ? [] : [key(data.account)])
        case .personNamed, .authorityGranted, .authorityRevoked, .authorityReviewed: [key(person)]
        }
      } else {
        []
      }
    case .ledger, .policy, .procedure, .capability, .environment, .service, .incident, .release, .foreign,
      .newer:
      []
    }
  }

  package static func stream(of key: RowKey) -> Subject? { nil }

  package static func evolve(_ row: PersonRow?, at key: RowKey, by event: RecordedEvent) -> PersonRow? {
    guard let person = PersonID(key.components[0]) else { return row }
    return PersonRow.evolve(row, of: person, by: event)
  }
}
