extension EscalationRow {
  /// The row after an escalation was raised or resolved; nil before it was raised. Total.
  package static func evolve(
    _ row: EscalationRow?, package: String, version: String, by event: PermissionEvent, at moment: Moment,
    person: PersonID?
  ) -> EscalationRow? {
    if case .escalationRaised(let data) = event {
      return row
        ?? EscalationRow(
          package: package, version: version, escalation: data.escalation, to: data.to, severity: data.severity,
          topic: data.topic, raised: moment, by: person, due: data.due?.instant.representable)
    }
    guard case .escalationResolved(let data) = event, var row, row.resolved == nil else { return row }
    row.resolved = moment
    row.decision = data.decision
    row.resolvedBy = person
    return row
  }
}

extension PermissionEvent {
  /// The escalation that the event is about; nil for another permission.
  package var escalation: String? {
    switch self {
    case .escalationRaised(let data): data.escalation
    case .escalationResolved(let data): data.escalation
    case .approvalGiven, .approvalRefused, .approvalWithdrawn, .authorisationRequested, .authorisationGranted,
      .authorisationRefused, .waiverGranted, .waiverRevoked, .overrideDeclared, .gateDecided:
      nil
    }
  }
}
