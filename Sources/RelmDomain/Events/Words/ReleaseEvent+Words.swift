internal import RelmProof

extension ReleaseEvent {
  /// What happened, in words.
  package var inWords: String {
    switch family {
    case .attempt(let event): event.story
    case .planning(let event): event.inWords
    case .permission(let event): event.inWords
    case .record(let event): event.inWords
    case .ending(let event): event.inWords
    }
  }
}

extension PlanningEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .releasePlanned(let data):
      return "planned as \(data.class.rawValue)\(data.critical == true ? ", critical" : "")"
        + Wording.because(data.purpose)
    case .releaseScopeChanged(let data): return "scope changed: \(data.reason)"
    case .releaseDesigned(let data):
      let back = PlainWords.of(data.takeBack.rawValue)
      return "designed: \(PlainWords.of(data.strategy.rawValue)), \(back)"
    case .componentAssessed(let data):
      let version = data.component.version.map { " \($0)" } ?? ""
      return "component \(data.component.name)\(version) assessed for \(data.kind.rawValue): "
        + (data.verdict == .unacceptable ? "UNACCEPTABLE" : data.verdict.rawValue)
    case .riskAssessed(let data):
      return "risk assessed: \(data.likelihood * data.impact) of 25, "
        + "\(data.residualLikelihood * data.residualImpact) after mitigations"
    case .scheduleProposed(let data): return "window proposed: \(Self.words(data.windows))"
    case .scheduleAgreed(let data): return "window agreed: \(Self.words(data.windows))"
    case .partnerConsulted(let data):
      return "\(data.name) consulted about \(data.about): \(PlainWords.of(data.outcome.rawValue))"
    case .communicationSent(let data): return "\(data.audience) told by \(data.channel): \(data.topic)"
    }
  }

  private static func words(_ windows: [Window]) -> String {
    Wording.list(windows.map { "\($0.environment) \($0.from.text) to \($0.until.text)" })
  }
}

extension PermissionEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .approvalGiven(let data):
      let ratified = data.ratifies.map { ", ratifying the override at \($0.value)" } ?? ""
      return "\(data.scope.rawValue) approved\(Wording.with("to", data.environment))\(ratified)"
        + Wording.because(data.reason)
    case .approvalRefused(let data):
      return "\(data.scope.rawValue) REFUSED\(Wording.with("to", data.environment)): \(data.reason)"
    case .approvalWithdrawn(let data): return "approval at \(data.approval.value) withdrawn: \(data.reason)"
    case .authorisationRequested(let data):
      return "authorisation \(data.authorisation) asked of \(data.of.text): \(data.activity)"
    case .authorisationGranted(let data):
      let conditions = data.conditions.isEmpty ? "" : " on conditions: \(Wording.list(data.conditions))"
      return "authorisation \(data.authorisation) granted\(conditions)"
    case .authorisationRefused(let data): return "authorisation \(data.authorisation) REFUSED: \(data.reason)"
    case .waiverGranted(let data):
      return
        "rule \(data.rule.rawValue) waived\(Wording.with("in", data.environment)) until \(data.until.text): "
        + data.reason
    case .waiverRevoked(let data): return "waiver \(data.waiver) revoked: \(data.reason)"
    case .overrideDeclared(let data):
      return "OVERRIDE of \(Wording.list(data.rules.map(\.rawValue))) in \(data.environment): \(data.reason)"
    case .escalationRaised(let data):
      return "escalated to \(data.to.text), \(data.severity.rawValue): \(data.topic)"
    case .escalationResolved(let data): return "escalation \(data.escalation) resolved: \(data.decision)"
    case .gateDecided(let data):
      let state = data.outcome == .open ? "open" : "CLOSED"
      return "gate to \(data.environment) \(state): \(data.reason)"
    }
  }
}

extension RecordEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .activityRecorded(let data): return data.activity + Wording.because(data.result)
    case .resultLogged(let data): return "\(data.of): \(data.result)"
    case .documentAttached(let data): return "document attached: \(data.title)"
    case .packagePublished(let data):
      return "published \(data.name ?? data.purl ?? data.digest.text)\(Wording.with("in", data.registry))"
    case .attestationRecorded(let data): return "attested: \(data.predicateType)"
    case .procedureStepCompleted(let data): return "step \(data.step) of \(data.procedure) completed"
    case .procedureStepSkipped(let data):
      return "step \(data.step) of \(data.procedure) SKIPPED: \(data.reason)"
    case .validationFinished(let data):
      let met = data.criteria.filter { $0.result == .met }.count
      return
        "validation \(data.validation) \(Wording.ended(data.outcome)), \(met) of \(data.criteria.count) criteria met"
    case .verificationFinished(let data):
      return "deployment \(data.deployment) in \(data.environment) checked: \(Wording.ended(data.outcome))"
    }
  }
}

extension EndingEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .releaseClosed(let data):
      "closed, \(PlainWords.of(data.outcome.rawValue))\(Wording.because(data.summary))"
    case .releaseWithdrawn(let data): "WITHDRAWN: \(data.reason)"
    case .releaseSuperseded(let data): "superseded by \(data.by)\(Wording.because(data.reason))"
    }
  }
}
