extension AttemptEvent {
  /// What happened, in words.
  package var story: String {
    switch self {
    case .buildStarted(let data): return "build \(data.build) started"
    case .buildFinished(let data):
      let made =
        data.artifacts.isEmpty ? "" : ", " + PlainWords.count(data.artifacts.count, "artifact", "artifacts")
      return "build \(data.build) \(Wording.ended(data.outcome))\(made)"
    case .testStarted(let data): return "test \(data.test) of \(data.suite) started"
    case .testFinished(let data): return "test \(data.test) of \(data.suite) \(Wording.ended(data.outcome))"
    case .deploymentStarted(let data): return "deployment \(data.deployment) to \(data.environment) started"
    case .deploymentProgressed(let data):
      let share = data.share.map { " at \($0.inWords)" } ?? ""
      return "deployment \(data.deployment)\(share): \(data.decision.rawValue)"
    case .deploymentFinished(let data):
      return "deployment \(data.deployment) to \(data.environment) \(Wording.ended(data.outcome))"
    case .deploymentRolledback(let data):
      return
        "deployment \(data.deployment) in \(data.environment) ROLLED BACK\(Wording.with("to", data.restores))"
        + Wording.because(data.reason)
    case .deploymentRemoved(let data):
      return "deployment \(data.deployment) removed from \(data.environment)\(Wording.because(data.reason))"
    case .handoverOffered(let data): return "handed over to \(data.to.rawValue): offered to \(data.party.text)"
    case .handoverAccepted(let data):
      let conditions =
        data.conditions.isEmpty
        ? "" : " on " + PlainWords.count(data.conditions.count, "condition", "conditions")
      return "handover \(data.handover) accepted\(conditions)"
    case .handoverRejected(let data): return "handover \(data.handover) REJECTED: \(data.reason)"
    case .handoverConditionMet(let data): return "condition \(data.condition) of handover \(data.handover) met"
    case .supportOpened(let data): return "early life support \(data.support) opened"
    case .supportAdvised(let data): return "advice given\(Wording.with("on", data.topic))"
    case .supportClosed(let data):
      let met = data.criteria.filter { $0.result == .met }.count
      return "early life support \(data.support) closed, \(met) of \(data.criteria.count) criteria met"
    case .reviewOpened(let data): return "review \(data.review) opened: \(data.scope)"
    case .reviewFindingRecorded(let data):
      return "finding \(data.finding), \(data.kind.rawValue): \(data.statement)"
    case .reviewActionRaised(let data):
      return "action \(data.action) for \(data.owner.text), due \(data.due.text): \(data.task)"
    case .reviewActionCompleted(let data): return "action \(data.action) done: \(data.result)"
    case .reviewClosed(let data):
      return
        "review \(data.review) closed, \(PlainWords.of(data.outcome.rawValue))\(Wording.because(data.summary))"
    }
  }
}
