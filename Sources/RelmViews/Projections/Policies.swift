package import RelmDomain

/// The view `policies`: one row a policy, with its versions.
package enum Policies: Projection {
  package static let name = "policies"
  package static let place = 15
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.policy]

  package static func key(_ policy: String) -> RowKey { RowKey(policy) }

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard case .policy(let name)? = event.subject, case .policy = event.event else { return [] }
    return [key(name)]
  }

  package static func stream(of key: RowKey) -> Subject? { .policy(key.components[0]) }

  package static func evolve(_ row: PolicyRow?, at key: RowKey, by event: RecordedEvent) -> PolicyRow? {
    guard case .policy(let said) = event.event else { return row }
    return PolicyRow.evolve(row, policy: key.components[0], by: said, event)
  }
}
