package import RelmDomain
package import RelmProof

/// What decisions may look up, with every event counted that was folded so far.
extension Views: LedgerState {
  package func release(_ package: String, _ version: String) throws -> ReleaseRow? {
    try folds.releases.row(Releases.key(package: package, version: version), over: base)
  }

  package func attempt(_ package: String, _ version: String, _ attempt: AttemptID) throws -> AttemptRow? {
    try folds.attempts.row(Attempts.key(package: package, version: version, attempt), over: base)
  }

  /// What of a package runs in an environment.
  package func running(_ environment: String, _ package: String) throws -> RunningRow? {
    try folds.running.row(Running.key(environment: environment, package: package), over: base)
  }

  package func approval(_ package: String, _ version: String, _ id: String) throws -> ApprovalRow? {
    try folds.approvals.row(RowKey(package, version, id), over: base)
  }

  package func approvals(_ package: String, _ version: String) throws -> [ApprovalRow] {
    try folds.approvals.allRows(over: base, under: RowKey(package, version).prefix)
  }

  package func escalation(_ package: String, _ version: String, _ id: String) throws -> EscalationRow? {
    try folds.escalations.row(RowKey(package, version, id), over: base)
  }

  package func obligation(
    _ subject: Subject, _ kind: ObligationRow.Kind, _ id: String
  ) throws -> ObligationRow? {
    try folds.obligations.row(RowKey(subject.text, kind.rawValue, id), over: base)
  }

  package func person(_ person: PersonID) throws -> PersonRow? {
    try folds.people.row(RowKey(person.text), over: base)
  }
  package func environment(_ name: String) throws -> EnvironmentRow? {
    try folds.environments.row(RowKey(name), over: base)
  }
  package func environments() throws -> [EnvironmentRow] { try folds.environments.allRows(over: base) }

  /// The environments in which anything runs or ran, one name or several times.
  package func environmentsInUse() throws -> [String] {
    try folds.running.allRows(over: base).map(\.environment)
  }

  package func service(_ name: String) throws -> ServiceRow? {
    try folds.services.row(RowKey(name), over: base)
  }
  package func policy(_ id: String) throws -> PolicyRow? { try folds.policies.row(RowKey(id), over: base) }
  package func procedure(_ id: String) throws -> ProcedureRow? {
    try folds.procedures.row(RowKey(id), over: base)
  }
  package func capability(_ id: String) throws -> CapabilityRow? {
    try folds.capabilities.row(RowKey(id), over: base)
  }
  package func incident(_ id: String) throws -> IncidentRow? { try folds.incidents.row(RowKey(id), over: base) }
  package func hold(_ id: String) throws -> HoldRow? { try folds.holds.row(RowKey(id), over: base) }
  package func ledger() throws -> LedgerRow? { try folds.ledger.row(RowKey("ledger"), over: base) }

  package func people() throws -> [PersonRow] { try folds.people.allRows(over: base) }
  package func policies() throws -> [PolicyRow] { try folds.policies.allRows(over: base) }
  package func holds() throws -> [HoldRow] { try folds.holds.allRows(over: base) }

  package func services(of package: String, in context: Context) throws -> PackageServices {
    try services(of: package).known(in: context)
  }

  package func isNarrowed(_ package: String, _ version: String, in context: Context) throws -> Bool {
    let release = Subject.release(package: package, version: version)
    return try !FirstTouch.all(under: IndexKey.narrowings(of: release, in: context), in: indexes).isEmpty
  }

  package func authors(ofCommit id: String) throws -> [PersonID] {
    try CommitAuthors.all(of: id, in: indexes).map(\.person)
  }

  package func event(at position: Position) throws -> RecordedEvent? {
    guard position.value < checkpoint.size.value else { return nil }
    return try history.lookUp(position)
  }

  package func counts(_ position: Position) throws -> Bool { try history.counts(position) }
}
