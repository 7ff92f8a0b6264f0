package import RelmProof

/// What an event rests on: the authority by which an act was done, and the events that it names.
///
/// It is a fact about the time of recording, and stays true when what it rests on is annulled later: then whoever looks
/// at the act is told.
package enum Reliance {
  /// The positions that an event rests on, ascending, without doubles; none for most facts.
  ///
  /// - Parameters:
  ///   - event: the event, of our own.
  ///   - state: what the views say, all events before this one counted.
  package static func of(_ event: RecordedEvent, given state: some LedgerState) throws -> [Position] {
    guard let type = event.event.type, let subject = event.subject else { return [] }
    var positions = event.event.positions.filter { $0 < event.position }
    let question = Decision.Question(
      type: type, envelope: event.record.envelope, subject: subject, state: state, time: event.recorded)
    if case .level = try Decision.need(of: event.event, question), let actor = event.person {
      let scope = try ActScope.of(event.event, subject, state)
      if let held = try Authority(state, at: event.recorded).held(by: actor, for: scope) {
        positions.append(held.grant)
      }
    }
    return positions.count < 2 ? positions : Array(Set(positions)).sorted()
  }
}

extension Event {
  /// The positions of earlier events that an event's data names as what it rests on.
  package var positions: [Position] {
    switch self {
    case .release(.approvalGiven(let data)): [data.plan, data.ratifies].compactMap { $0 }
    case .release(.approvalRefused(let data)): [data.plan].compactMap { $0 }
    case .release(.approvalWithdrawn(let data)): [data.approval]
    case .release(.authorisationRequested(let data)): [data.plan].compactMap { $0 }
    case .release(.authorisationGranted(let data)): [data.plan].compactMap { $0 }
    case .release(.overrideDeclared(let data)): [data.plan].compactMap { $0 }
    case .release(.releaseDesigned(let data)): [data.plan].compactMap { $0 }
    case .release(.riskAssessed(let data)): [data.plan].compactMap { $0 }
    case .release(.deploymentStarted(let data)): [data.gateDecision, data.override].compactMap { $0 }
    case .release(.deploymentFinished(let data)): [data.gateDecision].compactMap { $0 }
    case .release(.reviewFindingRecorded(let data)): data.positions
    case .release(.reviewClosed(let data)): data.overrides
    case .release(.gateDecided(let data)):
      [data.plan, data.override, data.earlier].compactMap { $0 } + data.policies.map(\.position)
        + data.findings.flatMap(\.positions)
    case .person(.authorityGranted(let data)): [data.delegatedFrom].compactMap { $0 }
    case .person(.authorityRevoked(let data)): [data.grant]
    case .person(.authorityReviewed(let data)): [data.grant]
    case .release, .ledger, .person, .policy, .procedure, .capability, .environment, .service, .incident,
      .foreign,
      .newer:
      []
    }
  }
}
