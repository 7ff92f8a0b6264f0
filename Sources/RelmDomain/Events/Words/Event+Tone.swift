extension Event {
  /// Whether an event is good news, bad news, something to look at, or none of these.
  package var tone: TimelineReport.Tone {
    switch self {
    case .release(let event): event.tone
    case .environment(.driftDetected), .environment(.freezeDeclared): .warning
    case .environment(.driftResolved): .good
    case .incident(.incidentOpened), .incident(.incidentAttributed): .bad
    case .incident(.incidentResolved): .good
    case .ledger(.eventAnnulled), .ledger(.ledgerClockSuspect): .warning
    case .environment, .ledger, .service, .person, .policy, .procedure, .capability, .foreign, .newer: .plain
    }
  }
}

extension ReleaseEvent {
  fileprivate var tone: TimelineReport.Tone {
    switch self {
    case .buildFinished(let data): Self.tone(of: data.outcome)
    case .testFinished(let data): Self.tone(of: data.outcome)
    case .deploymentFinished(let data): Self.tone(of: data.outcome)
    case .validationFinished(let data): Self.tone(of: data.outcome)
    case .verificationFinished(let data): Self.tone(of: data.outcome)
    case .activityRecorded(let data): data.outcome.map(Self.tone) ?? .plain
    case .resultLogged(let data): data.outcome.map(Self.tone) ?? .plain
    case .approvalGiven(let data): data.ratifies == nil ? .good : .warning
    case .authorisationGranted, .handoverAccepted, .handoverConditionMet, .reviewActionCompleted,
      .escalationResolved:
      .good
    case .approvalRefused, .authorisationRefused, .handoverRejected, .deploymentRolledback, .releaseWithdrawn:
      .bad
    case .overrideDeclared, .waiverGranted, .procedureStepSkipped, .approvalWithdrawn, .escalationRaised,
      .releaseScopeChanged:
      .warning
    case .componentAssessed(let data):
      switch data.verdict {
      case .acceptable: .good
      case .conditional: .warning
      case .unacceptable: .bad
      }
    case .gateDecided(let data): data.outcome == .open ? .good : .bad
    case .deploymentProgressed(let data):
      switch data.decision {
      case .continue: .plain
      case .hold: .warning
      case .abort: .bad
      }
    case .partnerConsulted(let data): data.outcome == .objected ? .warning : .plain
    case .supportClosed(let data):
      data.criteria.allSatisfy { $0.result == .met } && data.outcome ?? .succeeded == .succeeded
        ? .good : .warning
    case .reviewFindingRecorded: .warning
    case .reviewClosed(let data): Self.tone(of: data.outcome)
    case .releaseClosed(let data): Self.tone(of: data.outcome)
    case .attestationRecorded, .authorisationRequested, .buildStarted, .communicationSent, .deploymentRemoved,
      .deploymentStarted, .documentAttached, .handoverOffered, .packagePublished, .procedureStepCompleted,
      .releaseDesigned, .releasePlanned, .releaseSuperseded, .reviewActionRaised, .reviewOpened, .riskAssessed,
      .scheduleAgreed, .scheduleProposed, .supportAdvised, .supportOpened, .testStarted, .waiverRevoked:
      .plain
    }
  }

  private static func tone(of outcome: Outcome) -> TimelineReport.Tone {
    switch outcome {
    case .succeeded: .good
    case .failed, .errored: .bad
    case .cancelled: .warning
    }
  }

  private static func tone(of verdict: ReleaseVerdict) -> TimelineReport.Tone {
    switch verdict {
    case .successful: .good
    case .partlySuccessful: .warning
    case .unsuccessful: .bad
    }
  }
}
