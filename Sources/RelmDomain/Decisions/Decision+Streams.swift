internal import RelmProof

/// What the streams of policies, procedures, capabilities, environments, services and incidents leave possible.
extension Decision {
  static func decide(_ event: PolicyEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .policy(let id) = question.subject else { return nil }
    let row = try question.state.policy(id)
    switch event {
    case .policyAdopted(let data):
      guard data.document.id == id else { return otherID(data.document.id, id) }
      if let problem = data.document.problems.first {
        return Refusal(
          .badInput, at: "/data/document" + problem.pointer, problem.reason, advice: problem.advice)
      }
      guard let known = row?.versions.first(where: { $0.version == data.document.version }) else { return nil }
      return contradicts(
        "document/version",
        "version \(known.version) was adopted already, at position \(known.adopted.position.value)",
        advice: "Give the new version another name")
    case .policyReviewed(let data):
      return unknownVersion(data.version, row?.versions.map(\.version) ?? [])
    case .policyRetired: return retiredAlready(row?.retired, since: row?.versions.last?.adopted)
    }
  }

  static func decide(_ event: ProcedureEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .procedure(let id) = question.subject else { return nil }
    let row = try question.state.procedure(id)
    switch event {
    case .procedurePublished(let data):
      guard data.document.id == id else { return otherID(data.document.id, id) }
      let steps = data.document.steps.map(\.step)
      if let twice = steps.indices.first(where: { steps[..<$0].contains(steps[$0]) }) {
        return contradicts(
          "document/steps/\(twice)/step", "there are two steps \(steps[twice])",
          advice: "Give each step an id of its own")
      }
      guard let known = row?.versions.first(where: { $0.version == data.document.version }) else { return nil }
      return contradicts(
        "document/version",
        "version \(known.version) was published already, at position \(known.published.position.value)",
        advice: "Give the new version another name")
    case .procedureReviewed(let data):
      return unknownVersion(data.version, row?.versions.map(\.version) ?? [])
    case .procedureRetired: return retiredAlready(row?.retired, since: row?.versions.last?.published)
    }
  }

  static func decide(_ event: CapabilityEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .capability(let id) = question.subject else { return nil }
    let row = try question.state.capability(id)
    switch event {
    case .capabilityRegistered:
      guard let row, row.withdrawn == nil else { return nil }
      return contradicts(
        "", "capability \(id) is registered already, at position \(row.registered.position.value)",
        advice: "Record what has become of it with capability.assessed")
    case .capabilityAssessed:
      guard row == nil else { return nil }
      return contradicts("", "capability \(id) is not registered", advice: "Register it first")
    case .capabilityWithdrawn: return retiredAlready(row?.withdrawn, since: row?.registered)
    }
  }

  static func decide(_ event: EnvironmentEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .environment(let name) = question.subject else { return nil }
    let row = try question.state.environment(name)
    switch event {
    case .environmentRegistered(let data):
      guard !EnvironmentScope(name).isPattern else {
        return contradicts(
          pointer: "/subject", "\(name) stands for many environments, and one is registered at a time",
          advice: "Give the environment's own name")
      }
      guard let known = row?.registration, let current = row?.currentContext else { return nil }
      // That it is production after all asks more of what goes there.
      guard current == .production || data.context != .production else { return nil }
      return contradicts(
        "", "environment \(name) is registered already, at position \(known.moment.position.value)",
        advice: "If that is wrong, annul it; if it has changed, retire it first")
    case .environmentRetired:
      guard row?.currentContext == nil else { return nil }
      return contradicts("", "environment \(name) is not registered", advice: "Check the name")
    case .freezeDeclared(let data):
      guard data.from.instant < data.until.instant else {
        return contradicts("until", "the freeze would end before it begins", advice: "Correct the times")
      }
      guard let known = row?.freezes.last(where: { $0.freeze == data.freeze }) else { return nil }
      return contradicts(
        "freeze",
        "freeze \(data.freeze) was declared already, at position \(known.declared.position.value)",
        advice: "Give the new freeze an id of its own")
    case .freezeLifted(let data):
      guard let freeze = row?.freezes.last(where: { $0.freeze == data.freeze }) else {
        return contradicts(
          "freeze", "no freeze \(data.freeze) was declared in \(name)",
          advice: "Check the id; 'relm calendar' lists the freezes")
      }
      guard let lifted = freeze.lifted else { return nil }
      return contradicts(
        "freeze", "freeze \(data.freeze) was lifted already, at position \(lifted.position.value)",
        advice: "Nothing is left to do")
    case .driftDetected(let data):
      guard data.expected != nil || data.found != nil else {
        return contradicts(
          "expected", "a drift says what was expected, what was found, or both",
          advice: "Give expected or found")
      }
      guard let known = row?.drifts.last(where: { $0.drift == data.drift }) else { return nil }
      return contradicts(
        "drift", "drift \(data.drift) was detected already, at position \(known.detected.position.value)",
        advice: "Give the new drift an id of its own")
    case .driftResolved(let data):
      guard let known = row?.drifts.last(where: { $0.drift == data.drift }) else {
        guard row?.driftsLeftOut ?? 0 == 0 else { return nil }
        return contradicts("drift", "no drift \(data.drift) was detected in \(name)", advice: "Check the id")
      }
      guard let resolved = known.resolved else { return nil }
      return contradicts(
        "drift", "drift \(data.drift) was resolved already, at position \(resolved.position.value)",
        advice: "Nothing is left to do")
    case .environmentObserved, .baselineRecorded, .configurationExchanged: return nil
    }
  }

  static func decide(_ event: ServiceEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .service(let name) = question.subject else { return nil }
    let row = try question.state.service(name)
    switch event {
    case .serviceEstablished:
      guard let known = row?.established, row?.retired == nil else { return nil }
      return contradicts(
        "", "service \(name) was established already, at position \(known.moment.position.value)",
        advice: "Record that a release continues it, with service.continued")
    case .serviceContinued: return nil
    case .serviceRetired: return retiredAlready(row?.retired, since: row?.latest?.moment)
    }
  }

  static func decide(_ event: IncidentEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .incident(let id) = question.subject else { return nil }
    let row = try question.state.incident(id)
    switch event {
    case .incidentOpened:
      guard let opened = row?.opened else { return nil }
      return contradicts(
        "", "incident \(id) was opened already, at position \(opened.position.value)",
        advice: "Give another incident an id of its own")
    case .incidentAttributed: return nil
    case .incidentResolved(let data):
      if let resolved = row?.resolved {
        return contradicts(
          "", "incident \(id) was resolved already, at position \(resolved.position.value)",
          advice: "If it came back, open another one")
      }
      guard row?.opened == nil, data.backfilled != true else { return nil }
      return contradicts(
        "", "incident \(id) was never opened",
        advice: "Check the id, or say \"backfilled\": true if its beginning is not known")
    }
  }

  private static func otherID(_ said: String, _ id: String) -> Refusal {
    contradicts("document/id", "the document is \(said), and the subject \(id)", advice: "Use one id for both")
  }

  private static func unknownVersion(_ version: String, _ known: [String]) -> Refusal? {
    guard !known.contains(version) else { return nil }
    return contradicts(
      "version", "there is no version \(version)", advice: "There are: \(known.joined(separator: ", "))")
  }

  /// What is over cannot end again, unless it has begun anew since.
  private static func retiredAlready(_ retired: Moment?, since begun: Moment?) -> Refusal? {
    guard let retired, begun.map({ $0.position < retired.position }) ?? true else { return nil }
    return contradicts(
      "", "it ended already, at position \(retired.position.value)", advice: "Nothing is left to do")
  }
}
