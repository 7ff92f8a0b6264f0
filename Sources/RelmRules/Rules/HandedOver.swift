internal import RelmDomain
internal import RelmProof

/// `handed-over`: those who live with the release have taken it over, and what they made a condition of it was met in time.
///
/// An acceptance is an act: it counts from when it was recorded, and may stand before the deployment. It is somebody else's: of a
/// linked human who has neither offered it nor written what is handed over.
///
/// Parameters: `communities`, each of which is asked for; without it one acceptance by any is enough; `within`, how soon
/// after the deployment.
enum HandedOver: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let end: Attempt.End
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let event, _): end = event
    }
    let communities = asked.communities.isEmpty ? [nil] : asked.communities.map(Optional.some)
    let duties = communities.map { community in
      let what = "an acceptance by \(community?.rawValue ?? "operations or users")"
      return Handovers(to: community, judged).judgement(
        for: Duty(what, within: asked.within, of: end.happened, judged))
    }
    let judgement = Judgement.worst(of: duties)
    let due = asked.within.map { end.happened.advanced(byMicroseconds: $0.microseconds) }
    return judged.unlessUndone(by: [due, judgement.due].compactMap { $0 }.min(), judgement)
  }
}

/// The handovers of a release to one community, for one environment.
private struct Handovers {
  private let judged: Case
  /// The first acceptance by where it stands.
  private var accepted: (event: RecordedEvent, data: HandoverAccepted)?
  private var rejected: [Position] = []
  /// Acceptances that are not known to be somebody else's.
  private var own: [RecordedEvent] = []
  private var offered: Set<String> = []

  init(to community: Community?, _ judged: Case) {
    self.judged = judged
    for event in judged.events {
      guard case .release(.handoverOffered(let data)) = event.event,
        community.map({ $0 == data.to }) ?? true,
        data.environment.map({ $0 == judged.environment }) ?? true
      else { continue }
      offered.insert(data.handover)
    }
    for event in judged.events where event.recorded <= judged.asOf {
      if case .release(.handoverAccepted(let data)) = event.event, offered.contains(data.handover) {
        if !judged.ratifications.contains(event.position) {
          own.append(event)
        } else if accepted == nil {
          accepted = (event, data)
        }
      }
      if case .release(.handoverRejected(let data)) = event.event, offered.contains(data.handover) {
        rejected.append(event.position)
      }
    }
  }

  func judgement(for duty: Duty) -> Judgement {
    guard let (event, data) = accepted else {
      if let first = own.first {
        let unmet = duty.unmet(
          "\(duty.what) is missing: that at position \(first.position.value) is by an account that is linked to no human, or by "
            + "who offered it or wrote the release")
        return Judgement(
          unmet.outcome, unmet.reason, at: own.map(\.position), due: unmet.due,
          remedies: own.compactMap { $0.person.map(Remedy.link) })
      }
      return rejected.isEmpty
        ? duty.missing : duty.unmet("\(duty.what) is missing: it was rejected", at: rejected)
    }
    guard duty.due.map({ event.recorded <= $0 }) ?? true else {
      return duty.broken("\(duty.what) was recorded after it was due", at: [event.position])
    }
    let met = Set(judged.events.compactMap { condition(metBy: $0, of: data.handover) })
    let open = data.conditions.filter { !met.contains($0.id) && $0.due.instant < judged.asOf }
    guard let first = open.min(by: { $0.due.instant < $1.due.instant }) else {
      return Judgement(
        .satisfied, "handover \(data.handover) was accepted", at: [event.position], due: duty.due)
    }
    return Judgement(
      .overdue,
      "handover \(data.handover) was accepted on the condition \(first.id), which was due at \(first.due.text)",
      at: [event.position], due: first.due.instant)
  }

  /// The id of the condition of a handover that an event says is met.
  private func condition(metBy event: RecordedEvent, of handover: String) -> String? {
    guard event.recorded <= judged.asOf, case .release(.handoverConditionMet(let data)) = event.event,
      data.handover == handover
    else { return nil }
    return data.condition
  }
}
