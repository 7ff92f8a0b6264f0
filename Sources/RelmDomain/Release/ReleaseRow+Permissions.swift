internal import RelmProof

/// Permissions: approvals, authorisations, waivers, overrides, escalations and gates. What each says in full is in the
/// view `approvals`; the release's row counts them, and lists the approvals that stand.
extension ReleaseRow {
  mutating func permit(_ event: PermissionEvent, at moment: Moment, by person: PersonID?) {
    switch event {
    case .approvalGiven(let data):
      if data.ratifies != nil { overrides?.ratified += 1 }
      guard let person else { return }
      state(
        Approval(
          by: person, scope: data.scope, environment: data.environment, moment: moment, isRefusal: false,
          plan: data.plan, digests: data.digests))
    case .approvalRefused(let data):
      guard let person else { return }
      state(
        Approval(
          by: person, scope: data.scope, environment: data.environment, moment: moment, isRefusal: true,
          plan: data.plan, digests: data.digests))
    case .approvalWithdrawn(let data):
      approvals?.withdrawn += 1
      approvals?.latest.removeAll { $0.moment.position == data.approval }
    case .authorisationRequested: count(authorisation: \.requested)
    case .authorisationGranted: count(authorisation: \.granted)
    case .authorisationRefused: count(authorisation: \.refused)
    case .waiverGranted:
      waivers = Waivers(granted: (waivers?.granted ?? 0) + 1, revoked: waivers?.revoked ?? 0)
    case .waiverRevoked: waivers?.revoked += 1
    case .overrideDeclared:
      overrides = Overrides(
        declared: (overrides?.declared ?? 0) + 1, used: overrides?.used ?? 0, ratified: overrides?.ratified ?? 0
      )
    case .escalationRaised:
      escalations = Escalations(raised: (escalations?.raised ?? 0) + 1, resolved: escalations?.resolved ?? 0)
    case .escalationResolved: escalations?.resolved += 1
    case .gateDecided(let data):
      guard gate.map({ $0.moment < moment }) ?? true else { return }
      gate = GateFacet(
        environment: data.environment, isOpen: data.outcome == .open, until: data.until?.instant.representable,
        override: data.override, moment: moment)
    }
  }

  /// A person's latest statement on a scope and an environment is the one that counts.
  private mutating func state(_ statement: Approval) {
    var facet = approvals ?? Approvals(given: 0, latest: [], refused: 0, withdrawn: 0)
    if statement.isRefusal { facet.refused += 1 } else { facet.given += 1 }
    facet.latest.removeAll {
      $0.by == statement.by && $0.scope == statement.scope && $0.environment == statement.environment
    }
    facet.latest.append(statement)
    facet.latest.sort { $0.moment.position < $1.moment.position }
    approvals = facet
  }

  private mutating func count(authorisation: WritableKeyPath<Authorisations, Int>) {
    var facet = authorisations ?? Authorisations(requested: 0, granted: 0, refused: 0)
    facet[keyPath: authorisation] += 1
    authorisations = facet
  }
}
