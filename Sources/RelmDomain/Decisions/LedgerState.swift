package import RelmProof

/// What decisions may look up: the rows of the views, with every event counted that stands before the one to decide,
/// those of the same batch included, and the events themselves.
///
/// Looking up is all that a decision does with it; a decision that needs no row reads none.
package protocol LedgerState {
  func release(_ package: String, _ version: String) throws -> ReleaseRow?
  func attempt(_ package: String, _ version: String, _ attempt: AttemptID) throws -> AttemptRow?
  /// The row of that id within a release; ``ApprovalID`` says how ids are made.
  func approval(_ package: String, _ version: String, _ id: String) throws -> ApprovalRow?
  /// All of them of a release, in no particular order but the same on every machine.
  func approvals(_ package: String, _ version: String) throws -> [ApprovalRow]
  func escalation(_ package: String, _ version: String, _ id: String) throws -> EscalationRow?
  func obligation(_ subject: Subject, _ kind: ObligationRow.Kind, _ id: String) throws -> ObligationRow?
  func person(_ person: PersonID) throws -> PersonRow?
  func environment(_ name: String) throws -> EnvironmentRow?
  func service(_ name: String) throws -> ServiceRow?
  func policy(_ id: String) throws -> PolicyRow?
  func procedure(_ id: String) throws -> ProcedureRow?
  func capability(_ id: String) throws -> CapabilityRow?
  func incident(_ id: String) throws -> IncidentRow?
  func hold(_ id: String) throws -> HoldRow?
  func ledger() throws -> LedgerRow?
  /// Everybody of whom something is known, in the order of the pseudonyms.
  func people() throws -> [PersonRow]
  func policies() throws -> [PolicyRow]
  func holds() throws -> [HoldRow]
  /// What is known of the services that a package's releases concern in a context; see ``ReleaseReach``.
  func services(of package: String, in context: Context) throws -> PackageServices
  /// Whether somebody with authority for all that a release could concern in a context has said which services it does.
  func isNarrowed(_ package: String, _ version: String, in context: Context) throws -> Bool
  /// Everybody whom an event of any release names as an author of a commit, in the order of the pseudonyms.
  func authors(ofCommit id: String) throws -> [PersonID]
  /// The event at a position; nil where there is none yet.
  func event(at position: Position) throws -> RecordedEvent?
  /// Whether the event at a position counts: no annulment of it that counts itself stands in the log.
  func counts(_ position: Position) throws -> Bool
}

extension LedgerState {
  /// Whether it is known which human an account belongs to: only then can it be told from another's.
  package func isKnownHuman(_ person: PersonID) throws -> Bool {
    guard let row = try self.person(person), row.kind == .human else { return false }
    return row.isLinked || row.human != nil
  }
}

/// How the rows of the view `approvals` are named within a release.
package enum ApprovalID {
  /// An approval, a refusal or an override: by where it stands.
  package static func at(_ position: Position) -> String { String(position.value) }
  package static func authorisation(_ id: String) -> String { "authorisation/" + id }
  package static func waiver(_ id: String) -> String { "waiver/" + id }
}
