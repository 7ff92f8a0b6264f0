internal import RelmProof

extension EnvironmentEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .environmentRegistered(let data):
      "registered for \(data.context.rawValue)\(Wording.with("as", data.tier))"
    case .environmentRetired(let data): "retired: \(data.reason)"
    case .environmentObserved(let data):
      "observed by \(data.observer): \(PlainWords.count(data.running.count, "thing runs", "things run"))"
    case .baselineRecorded(let data):
      "baseline \(data.baseline) recorded, \(PlainWords.count(data.items.count, "item", "items"))"
    case .configurationExchanged(let data): "configuration exchanged with \(data.database)"
    case .driftDetected(let data): "DRIFT \(data.drift) of \(data.item)"
    case .driftResolved(let data): "drift \(data.drift) resolved: \(PlainWords.of(data.resolution.rawValue))"
    case .freezeDeclared(let data): "FROZEN from \(data.from.text) until \(data.until.text): \(data.reason)"
    case .freezeLifted(let data): "freeze \(data.freeze) lifted: \(data.reason)"
    }
  }
}

extension IncidentEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .incidentOpened(let data): "INCIDENT, \(data.severity.rawValue): \(data.summary)"
    case .incidentAttributed(let data):
      "incident attributed, \(data.confidence.rawValue), to \(Wording.list(data.causes.map(\.release)))"
        + Wording.because(data.explanation)
    case .incidentResolved(let data):
      "incident resolved\(Wording.with("by", data.release))\(Wording.because(data.summary))"
    }
  }
}

extension ServiceEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .serviceEstablished(let data): "service established by \(data.release) for \(data.userCommunity)"
    case .serviceContinued(let data): "service continued by \(data.release)"
    case .serviceRetired(let data): "service retired: \(data.reason)"
    }
  }
}

extension LedgerEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .ledgerOpened(let data): "ledger \(data.origin) opened for \(data.owner.text)"
    case .ledgerKeyRotated(let data): "key for \(data.use.rawValue) replaced: \(data.reason)"
    case .ledgerSealed(let data):
      "sealed at \(PlainWords.count(data.treeSize, "record"))\(Wording.because(data.reason))"
    case .ledgerClockSuspect(let data): "CLOCK SUSPECT: it said \(data.clock.text), held at \(data.held.text)"
    case .eventAnnulled(let data):
      "event \(data.position.value) ANNULLED: \(data.reason)"
        + (data.replacedBy.map { "; \($0) stands in its place" } ?? "")
    case .subjectErased(let data): "\(data.person.text) erased: \(data.ground)"
    case .holdPlaced(let data): "legal hold \(data.hold) placed: \(data.ground)"
    case .holdReleased(let data): "legal hold \(data.hold) released: \(data.reason)"
    case .evidenceDisposed(let data): "evidence \(data.digest.text) disposed of: \(data.ground)"
    case .historyAccepted(let data):
      "earlier history of \(data.source) accepted\(data.until.map { ", until \($0.text)" } ?? ""): \(data.reason)"
    }
  }
}

extension PersonEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .personLinked(let data):
      "\(data.kind.rawValue) linked"
        + (data.accounts.isEmpty ? "" : ": \(Wording.list(data.accounts.map(\.text)))")
    case .personLinkConfirmed(let data): "link to \(data.account.text) confirmed"
    case .personNamed(let data): "given a name\(Wording.because(data.reason))"
    case .authorityGranted(let data):
      "authority of level \(data.level) granted for \(Wording.list(data.contexts.map(\.rawValue)))"
        + (data.until.map { " until \($0.text)" } ?? "")
    case .authorityRevoked(let data): "authority of \(data.grant.value) revoked: \(data.reason)"
    case .authorityReviewed(let data): "authority of \(data.grant.value) reviewed: \(data.outcome.rawValue)"
    }
  }
}

extension PolicyEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .policyAdopted(let data):
      "policy adopted for \(data.document.context.rawValue), version \(data.document.version): \(data.document.title)"
    case .policyReviewed(let data): "policy version \(data.version) reviewed: \(data.outcome.rawValue)"
    case .policyRetired(let data): "policy retired: \(data.reason)"
    }
  }
}

extension ProcedureEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .procedurePublished(let data):
      "procedure published, version \(data.document.version): \(data.document.title)"
    case .procedureReviewed(let data): "procedure version \(data.version) reviewed: \(data.outcome.rawValue)"
    case .procedureRetired(let data): "procedure retired: \(data.reason)"
    }
  }
}

extension CapabilityEvent {
  /// What happened, in words.
  package var inWords: String {
    switch self {
    case .capabilityRegistered(let data): "\(data.kind.rawValue) registered: \(data.title)"
    case .capabilityAssessed(let data): "capability assessed: \(data.verdict.rawValue)"
    case .capabilityWithdrawn(let data): "capability withdrawn: \(data.reason)"
    }
  }
}
