/// What it means for verdicts that an event counts.
package enum Bearing: Sendable, Equatable {
  /// It can only make them worse: were it gone, something would be better.
  case tightens
  /// It can only make them better.
  case permits
  /// It says what a release is, and so which rules ask what of whom.
  case plans
  /// It gives somebody authority, or lends it.
  case empowers
  /// It takes authority from somebody.
  case disempowers
  /// A deployment: annulled or not, it is judged, and what of it is annulled is told.
  case isKept
  /// Evidence, and what is told besides.
  case neutral
}

extension Event {
  /// What it means for verdicts that the event counts.
  package var bearing: Bearing {
    if tellsOfFailure { return .tightens }
    switch self {
    case .release(.releasePlanned), .release(.releaseScopeChanged): return .plans
    case .release(.deploymentStarted), .release(.deploymentProgressed), .release(.deploymentFinished),
      .release(.deploymentRemoved):
      return .isKept
    case .release(.approvalGiven), .release(.authorisationGranted), .release(.waiverGranted),
      .environment(.freezeLifted), .ledger(.holdReleased):
      return .permits
    case .person(.authorityGranted), .person(.personLinkConfirmed): return .empowers
    case .person(.authorityRevoked): return .disempowers
    case .release(.approvalWithdrawn), .release(.waiverRevoked), .release(.releaseWithdrawn),
      .release(.releaseSuperseded), .release(.releaseClosed), .environment(.environmentObserved),
      .environment(.freezeDeclared), .policy(.policyAdopted),
      .capability(.capabilityWithdrawn),
      .procedure(.procedureRetired), .ledger(.holdPlaced):
      return .tightens
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign, .newer:
      return .neutral
    }
  }

  /// Whether it tells of something that went wrong, or of a finding.
  package var tellsOfFailure: Bool {
    func isBad(_ outcome: Outcome) -> Bool { outcome == .failed || outcome == .errored }
    switch self {
    case .release(.buildFinished(let data)): return isBad(data.outcome)
    case .release(.testFinished(let data)): return isBad(data.outcome)
    case .release(.deploymentFinished(let data)): return isBad(data.outcome)
    case .release(.validationFinished(let data)):
      return isBad(data.outcome) || data.criteria.contains { $0.result != .met }
    case .release(.verificationFinished(let data)):
      return isBad(data.outcome) || data.checks.contains { $0.result != .met }
    case .release(.resultLogged(let data)): return data.outcome.map(isBad) ?? false
    case .release(.activityRecorded(let data)): return data.outcome.map(isBad) ?? false
    case .release(.componentAssessed(let data)): return data.verdict != .acceptable
    case .release(.deploymentProgressed(let data)): return data.decision == .abort
    case .release(.partnerConsulted(let data)): return data.outcome == .objected
    case .release(.supportClosed(let data)):
      return data.outcome.map(isBad) ?? false || data.criteria.contains { $0.result != .met }
    case .release(.reviewClosed(let data)): return data.outcome == .unsuccessful
    case .release(.deploymentRolledback), .release(.approvalRefused), .release(.authorisationRefused),
      .release(.handoverRejected), .release(.reviewFindingRecorded), .release(.reviewActionRaised),
      .release(.escalationRaised), .release(.procedureStepSkipped), .incident(.incidentOpened),
      .incident(.incidentAttributed), .environment(.driftDetected):
      return true
    case .capability(.capabilityAssessed(let data)): return data.verdict != .acceptable
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign, .newer:
      return false
    }
  }

  /// Whether it says who asked for a release, who wrote it, or who set a build of it going.
  var namesDuties: Bool {
    guard case .release(let said) = self else { return false }
    if said.commits.contains(where: { !$0.authors.isEmpty }) { return true }
    switch said {
    case .releasePlanned(let data): return data.requestedBy != nil
    case .buildStarted(let data): return data.initiator != nil
    case .buildFinished(let data): return data.initiator != nil
    default: return false
    }
  }

  /// What would count again that only its giver can say, where an annulment of the event makes it so.
  ///
  /// - Parameter isAgain: whether the event itself would count again; else it would stop counting.
  func onlySaid(again isAgain: Bool) -> String? {
    switch self {
    case .release(.approvalGiven): isAgain ? "an approval" : nil
    case .release(.authorisationGranted): isAgain ? "an authorisation" : nil
    case .release(.waiverGranted): isAgain ? "a waiver" : nil
    case .release(.approvalWithdrawn): isAgain ? nil : "an approval"
    case .release(.waiverRevoked): isAgain ? nil : "a waiver"
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign, .newer:
      nil
    }
  }
}
