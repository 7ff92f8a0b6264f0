package import RelmDomain
internal import RelmViews
package import RelmProof

/// The rows of the views as some events make them, each folded when it is asked for: slow, and plain to see.
package struct RowsBefore: LedgerState {
  /// What counts, in the order of the positions.
  package let events: [RecordedEvent]

  private func row<View: Projection>(_ view: View.Type, _ key: RowKey) -> View.Row? {
    events.reduce(nil) { row, event in
      View.touched(by: event).contains(key) ? View.evolve(row, at: key, by: event) : row
    }
  }

  private func rows<View: Projection>(_ view: View.Type) -> [View.Row] {
    var keys: [RowKey] = []
    for key in events.flatMap(View.touched) where !keys.contains(key) { keys.append(key) }
    return keys.compactMap { row(view, $0) }
  }

  package func release(_ package: String, _ version: String) -> ReleaseRow? {
    row(Releases.self, Releases.key(package: package, version: version))
  }
  package func attempt(_ package: String, _ version: String, _ attempt: AttemptID) -> AttemptRow? {
    row(Attempts.self, Attempts.key(package: package, version: version, attempt))
  }
  package func approval(_ package: String, _ version: String, _ id: String) -> ApprovalRow? {
    row(Approvals.self, RowKey(package, version, id))
  }
  package func approvals(_ package: String, _ version: String) -> [ApprovalRow] {
    rows(Approvals.self).filter { $0.package == package && $0.version == version }
  }
  package func escalation(_ package: String, _ version: String, _ id: String) -> EscalationRow? {
    row(Escalations.self, RowKey(package, version, id))
  }
  package func obligation(_ subject: Subject, _ kind: ObligationRow.Kind, _ id: String) -> ObligationRow? {
    row(Obligations.self, RowKey(subject.text, kind.rawValue, id))
  }
  package func person(_ person: PersonID) -> PersonRow? { row(People.self, RowKey(person.text)) }
  package func environment(_ name: String) -> EnvironmentRow? { row(Environments.self, RowKey(name)) }
  package func service(_ name: String) -> ServiceRow? { row(Services.self, RowKey(name)) }
  package func policy(_ id: String) -> PolicyRow? { row(Policies.self, RowKey(id)) }
  package func procedure(_ id: String) -> ProcedureRow? { row(Procedures.self, RowKey(id)) }
  package func capability(_ id: String) -> CapabilityRow? { row(Capabilities.self, RowKey(id)) }
  package func incident(_ id: String) -> IncidentRow? { row(Incidents.self, RowKey(id)) }
  package func hold(_ id: String) -> HoldRow? { row(Holds.self, RowKey(id)) }
  package func ledger() -> LedgerRow? { row(LedgerItself.self, RowKey("ledger")) }
  package func people() -> [PersonRow] { rows(People.self) }
  package func policies() -> [PolicyRow] { rows(Policies.self) }
  package func holds() -> [HoldRow] { rows(Holds.self) }
  package func services(of package: String, in context: Context) throws -> PackageServices {
    var (usual, said, isVouchedFor) = (Set<String>(), Set<String>(), false)
    for event in events {
      guard case .release(let told) = event.event, case .release(package, let version)? = event.subject else {
        continue
      }
      let before = RowsBefore(events: events.filter { $0.position < event.position })
      let planned = before.release(package, version)?.plan
      func isHere(_ environment: String?) -> Bool {
        environment.flatMap { before.environment($0)?.currentContext } ?? .production == context
      }
      var (named, asked): ([String]?, [String]) = (nil, [])
      switch told {
      case .releasePlanned(let data): (named, asked) = (data.services, data.services)
      case .releaseScopeChanged(let data): (named, asked) = (data.services, data.services)
      case .approvalGiven(let data)
      where data.ratifies == nil && (data.environment == nil || isHere(data.environment)):
        named = planned?.services
      case .deploymentFinished(let data) where data.outcome == .succeeded && isHere(data.environment):
        usual.formUnion(planned?.services ?? [])
      default: break
      }
      let scope = ActScope(contexts: [context], services: asked.isEmpty ? nil : asked, packages: [package])
      guard let named, let person = event.person,
        try Authority(before, at: event.recorded).held(by: person, for: scope)?.level ?? 0 >= 5
      else { continue }
      said.formUnion(named)
      isVouchedFor = true
    }
    return PackageServices(
      usual: usual.union(said).sorted(), said: said.sorted(), isVouchedFor: isVouchedFor)
  }
  package func isNarrowed(_ package: String, _ version: String, in context: Context) -> Bool { false }
  package func authors(ofCommit id: String) -> [PersonID] {
    let named = events.flatMap { event -> [PersonID] in
      guard case .release(let said) = event.event else { return [] }
      return said.commits.filter { $0.id == id }.flatMap(\.authors)
    }
    return Set(named).sorted()
  }
  package func event(at position: Position) -> RecordedEvent? { events.first { $0.position == position } }
  package func counts(_ position: Position) -> Bool { event(at: position) != nil }
}

extension Projection {
  fileprivate static func touched(by event: RecordedEvent) -> [RowKey] {
    guard let kind = event.event.stream, streams.contains(kind) else { return [] }
    return keys(touchedBy: event)
  }
}
