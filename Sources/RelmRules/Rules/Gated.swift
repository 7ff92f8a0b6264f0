internal import RelmDomain
internal import RelmProof

/// `gated`: the gate had decided that the release may go there, for what is deployed and as it was planned, and its
/// decision had not expired when the deployment began. Where it was open by an override, no deployment had used that before.
enum Gated: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard let attempt = judged.attempt else { return Judgement(.notApplicable, "this is the gate") }
    guard !judged.digests.isEmpty else {
      return Judgement(.violated, "nothing says what is deployed, by digest")
    }
    guard let decision = attempt.decision(in: judged.events),
      case .release(.gateDecided(let data)) = decision.event
    else { return Judgement(.violated, "the gate was not asked before the deployment") }
    let place = [decision.position]
    guard data.outcome == .open else {
      return Judgement(.violated, "the gate was closed: \(data.reason)", at: place)
    }
    var defects: [Judgement] = []
    let until = data.until?.instant
    if until.map({ !judged.holds(until: $0) }) ?? true {
      let ends = data.ends.map { ": \($0)" } ?? ""
      defects.append(Judgement(.violated, "the gate's decision had expired\(ends)", at: place))
    }
    let known = judged.digestSets(saidBefore: decision.position)
    if let other = known.stranger(among: judged.digests, to: data.digests) {
      defects.append(
        Judgement(.violated, "the gate decided about something else than \(other.text)", at: place))
    }
    if let plan = data.plan, plan != judged.release?.plan?.scope.position {
      defects.append(
        Judgement(
          .violated, "the scope was changed after the gate had decided",
          at: place + [judged.release?.plan?.scope.position].compactMap { $0 }))
    }
    if let override = data.override, !judged.overridesAtHand.contains(where: { $0.position == override }) {
      defects.append(
        Judgement(
          .violated,
          "the gate was open by the override at position \(override.value), which is used up, or not for this",
          at: place + [override]))
    }
    if let broken = Judgement.broken(defects) { return broken }
    let ends = data.ends.map { " (\($0))" } ?? ""
    return Judgement(
      .satisfied, "the gate was open until \(until?.rfc3339Milliseconds ?? "")\(ends)", at: place)
  }
}
