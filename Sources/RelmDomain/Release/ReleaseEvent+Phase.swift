extension ReleaseEvent {
  /// Where an event of the phase deploy happened; nil for any other, and where it does not say.
  package var deployedTo: String? {
    switch family {
    case .attempt(let event): phase == .deploy ? event.environment : nil
    case .record(.verificationFinished(let data)): data.environment
    case .record, .planning, .permission, .ending: nil
    }
  }

  /// The phase in the life of a release that an event belongs to; nil where it belongs to none, or does not say.
  package var phase: Phase? {
    switch family {
    // What is taken away at the end of its life, long after, is no part of getting it there.
    case .attempt(.deploymentRemoved): nil
    case .attempt(let event):
      switch event.kind {
      case .build: .build
      case .test: .test
      case .deployment: .deploy
      case .handover: .handover
      case .support: .support
      case .review: .review
      }
    case .planning(.communicationSent(let data)): data.phase ?? .plan
    case .planning: .plan
    case .permission(.escalationRaised), .permission(.escalationResolved): nil
    case .permission: .approve
    case .record(let event):
      switch event {
      case .activityRecorded(let data): data.phase
      case .resultLogged(let data): data.phase
      case .attestationRecorded, .packagePublished: .build
      case .validationFinished: .test
      case .verificationFinished: .deploy
      case .procedureStepCompleted(let data): data.deployment == nil ? nil : .deploy
      case .procedureStepSkipped(let data): data.deployment == nil ? nil : .deploy
      case .documentAttached: nil
      }
    case .ending(.releaseClosed): .review
    case .ending: nil
    }
  }
}
