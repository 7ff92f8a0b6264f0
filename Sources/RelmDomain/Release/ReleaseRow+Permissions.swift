internal import RelmProof

/// Permissions: approvals, authorisations, waivers, overrides, escalations and gates. What each says in full is in the
/// view `approvals`; the release's row counts them, and lists the approvals that stand.
extension ReleaseRow {
  mutating func permit(_ event: PermissionEvent, at moment: Moment, by person: PersonID?) {
    switch event {
    case .approvalGiven(let data):
      guard data.ratifies == nil else {
        // It speaks of an override, and leaves standing what its giver has said of the release.
        overrides?.ratified += 1
        return
      }
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
      approvals?.withdraw(data.approval)
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
      let decision = GateFacet(
        environment: data.environment, isOpen: data.outcome == .open, until: data.until?.instant.representable,
        override: data.override, moment: moment)
      gates.keep(decision, of: decision.environment, by: \.environment, \.moment)
      if gate.map({ $0.moment < moment }) ?? true { gate = decision }
    }
  }

  private mutating func state(_ statement: Approval) {
    var facet = approvals ?? Approvals(given: 0, latest: [], refused: 0, withdrawn: 0)
    if statement.isRefusal { facet.refused += 1 } else { facet.given += 1 }
    facet.state(statement)
    approvals = facet
  }

  private mutating func count(authorisation: WritableKeyPath<Authorisations, Int>) {
    var facet = authorisations ?? Authorisations(requested: 0, granted: 0, refused: 0)
    facet[keyPath: authorisation] += 1
    authorisations = facet
  }
}

/// A person's latest statement on a scope and an environment is the one that counts. When it is withdrawn, the one before it
/// counts again, as the rules have it.
extension ReleaseRow.Approvals {
  fileprivate mutating func state(_ statement: ReleaseRow.Approval) {
    earlier += latest.filter(statement.isAboutTheSame(as:))
    earlier.sort { $0.moment.position < $1.moment.position }
    latest.removeAll(where: statement.isAboutTheSame(as:))
    latest.append(statement)
    latest.sort { $0.moment.position < $1.moment.position }
  }

  fileprivate mutating func withdraw(_ approval: Position) {
    earlier.removeAll { $0.moment.position == approval }
    guard let place = latest.firstIndex(where: { $0.moment.position == approval }) else { return }
    let withdrawn = latest.remove(at: place)
    guard let before = earlier.lastIndex(where: withdrawn.isAboutTheSame(as:)) else { return }
    latest.append(earlier.remove(at: before))
    latest.sort { $0.moment.position < $1.moment.position }
  }
}

extension ReleaseRow.Approval {
  fileprivate func isAboutTheSame(as other: Self) -> Bool {
    by == other.by && scope == other.scope && environment == other.environment
  }
}
