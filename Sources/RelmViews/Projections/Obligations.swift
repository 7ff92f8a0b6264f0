package import RelmDomain

/// The view `obligations`: what is due from whom by when, keyed by stream, kind and id. Whether something is overdue is
/// no part of it: that follows from the time of looking.
package enum Obligations: Projection {
  package static let name = "obligations"
  package static let place = 21
  package static let revision = 2
  package static let streams: Set<StreamKind> = Set(StreamKind.allCases)

  package static func keys(touchedBy event: RecordedEvent) -> [RowKey] {
    guard let subject = event.subject else { return [] }
    let duties = ObligationRow.duties(touchedBy: event)
    guard !duties.isEmpty else { return [] }
    return duties.map { RowKey(subject.text, $0.kind.rawValue, $0.id) }
  }

  /// What is due about a release is a good part of its stream; of what lives longer it is a few events among very many.
  package static let keepsTouches = true

  package static func stream(of key: RowKey) -> Subject? {
    guard case .release(let package, let version)? = Subject.named(key.components[0]) else { return nil }
    return .release(package: package, version: version)
  }

  package static func evolve(_ row: ObligationRow?, at key: RowKey, by event: RecordedEvent) -> ObligationRow? {
    guard key.components.count == 3, let kind = ObligationRow.Kind(rawValue: key.components[1]) else {
      return row
    }
    return ObligationRow.evolve(
      row, subject: key.components[0], Duty(kind: kind, id: key.components[2]), by: event)
  }
}
