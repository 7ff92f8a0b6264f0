package import RelmDomain
package import RelmRules

/// How a deployment is walked through: which step of its release each record belongs to.
package enum Walkthrough {
  /// The step of an event of the release's stream; nil for what is about another deployment of it alone.
  ///
  /// What was allowed is shown for whichever environment: whether it covers this one is what the auditor looks for.
  package static func step(of event: RecordedEvent, in attempt: Attempt) -> SampleReport.StepName? {
    guard case .release(let said) = event.event else { return .other }
    switch said {
    case .releasePlanned, .releaseScopeChanged, .releaseDesigned, .scheduleProposed, .scheduleAgreed:
      return .request
    case .componentAssessed: return .assessment
    case .riskAssessed: return .risk
    case .buildStarted, .buildFinished, .packagePublished, .attestationRecorded: return .build
    case .testStarted, .testFinished, .validationFinished: return .test
    case .approvalGiven, .approvalRefused, .approvalWithdrawn, .authorisationRequested, .authorisationGranted,
      .authorisationRefused, .waiverGranted, .waiverRevoked, .overrideDeclared:
      return .approval
    case .gateDecided(let data): return data.environment == attempt.environment ? .gate : nil
    case .deploymentStarted(let data): return deployment(data.deployment, data.environment, attempt)
    case .deploymentProgressed(let data): return deployment(data.deployment, data.environment, attempt)
    case .deploymentFinished(let data): return deployment(data.deployment, data.environment, attempt)
    case .deploymentRolledback(let data): return deployment(data.deployment, data.environment, attempt)
    case .deploymentRemoved(let data): return deployment(data.deployment, data.environment, attempt)
    case .verificationFinished(let data):
      return data.deployment == attempt.deployment && data.environment == attempt.environment
        ? .verification : nil
    case .handoverOffered, .handoverAccepted, .handoverRejected, .handoverConditionMet, .supportOpened,
      .supportAdvised, .supportClosed:
      return .handover
    case .reviewOpened, .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted, .reviewClosed:
      return .review
    case .procedureStepCompleted(let data): return other(data.deployment, attempt)
    case .procedureStepSkipped(let data): return other(data.deployment, attempt)
    case .activityRecorded, .communicationSent, .documentAttached, .escalationRaised, .escalationResolved,
      .partnerConsulted, .releaseClosed, .releaseSuperseded, .releaseWithdrawn, .resultLogged:
      return .other
    }
  }

  private static func deployment(
    _ named: String, _ environment: String, _ attempt: Attempt
  ) -> SampleReport.StepName? {
    named == attempt.deployment && environment == attempt.environment ? .deployment : nil
  }

  /// What may name a deployment, and then belongs to that one.
  private static func other(_ named: String?, _ attempt: Attempt) -> SampleReport.StepName? {
    named == nil || named == attempt.deployment ? .other : nil
  }
}
