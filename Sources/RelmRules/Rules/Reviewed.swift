internal import RelmDomain
internal import RelmProof

/// `reviewed`: the release was reviewed after the deployment, and an override that the deployment went by was ratified and
/// was looked at in a review. What did not succeed is reviewed as well.
///
/// Parameter: `within`, how soon after the deployment.
enum Reviewed: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let end: Attempt.End
    switch judged.ended(onlySuccess: false) {
    case .not(let judgement): return judgement
    case .at(let event, _): end = event
    }
    let duty = Duty("the review", within: asked.within, of: end.happened, judged)
    let reviews = judged.events.compactMap { event -> (event: RecordedEvent, data: ReviewClosed)? in
      guard case .release(.reviewClosed(let data)) = event.event else { return nil }
      return (event, data)
    }
    let done = duty.judgement(
      by: reviews.map(\.event).filter { end.happened <= $0.happened }, done: "it was reviewed")
    guard !done.outcome.closesGate, let used = judged.usedOverride else { return done }
    let override = used.position
    // A policy that gives no time for the review leaves the one in which an override is ratified.
    let owed = Duty("the review", due: duty.due ?? used.event.ratificationDue(used.data), judged)
    guard let ratified = judged.ratification(of: override, by: owed.due) else {
      return owed.unmet(
        "it was reviewed, and the override at position \(override.value) is not ratified; let an approval of another linked human ratify it",
        at: done.positions + [override])
    }
    guard
      let listing = reviews.first(where: {
        $0.event.happened <= judged.asOf && $0.data.overrides.contains(override)
      })
    else {
      return owed.unmet(
        "it was reviewed, and no review lists the override at position \(override.value); one that is closed with --override \(override.value) does",
        at: done.positions + [override, ratified])
    }
    return Judgement(
      done.outcome, "\(done.reason), and the override at position \(override.value) was ratified and reviewed",
      at: done.positions + [override, ratified, listing.event.position], due: duty.due)
  }
}

extension Case {
  /// The first approval that ratifies an override and was recorded in time, by a linked human who has not declared it.
  fileprivate func ratification(of override: Position, by due: Instant?) -> Position? {
    events.first { event in
      guard case .release(.approvalGiven(let data)) = event.event, data.ratifies == override else {
        return false
      }
      return ratifications.contains(event.position) && due.map { event.recorded <= $0 } ?? true
    }?.position
  }
}
