package import RelmDomain

/// The view `approvals`: one row an approval or refusal, an authorisation, a waiver or an override, keyed by package,
/// version and id.
package enum Approvals: Projection {
  package static let name = "approvals"
  package static let place = 19
  package static let revision = 2
  package static let streams: Set<StreamKind> = [.release]

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let (said, package, version) = event.ofRelease else { return [] }
    return ApprovalRow.touched(by: said, at: event.position).map { RowKey(package, version, $0) }
  }

  package static func stream(of key: RowKey) -> Subject? {
    .release(package: key.components[0], version: key.components[1])
  }

  package static func evolve(_ row: ApprovalRow?, at key: RowKey, by event: RecordedEvent) -> ApprovalRow? {
    guard let (said, package, version) = event.ofRelease else { return row }
    return ApprovalRow.evolve(row, package: package, version: version, id: key.components[2], by: said, event)
  }
}
