package import RelmDomain

/// The view `escalations`: one row an escalation, keyed by package, version and id.
package enum Escalations: Projection {
  package static let name = "escalations"
  package static let place = 20
  package static let revision = 1
  package static let streams: Set<StreamKind> = [.release]

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (said, package, version) = event.ofRelease, case .permission(let permission) = said.family,
      let escalation = permission.escalation
    else { return [] }
    return [RowKey(package, version, escalation)]
  }

  package static func stream(of key: RowKey) -> Subject? {
    .release(package: key.components[0], version: key.components[1])
  }

  package static func evolve(_ row: EscalationRow?, at key: RowKey, by event: RecordedEvent) -> EscalationRow? {
    guard let (said, package, version) = event.ofRelease, case .permission(let permission) = said.family else {
      return row
    }
    return EscalationRow.evolve(
      row, package: package, version: version, by: permission, at: event.moment, person: event.person)
  }
}
