internal import RelmDomain
internal import RelmProof

/// `verified`: what was deployed was checked where it runs, and the last such check went well. Parameter: `within`, how
/// soon after the deployment.
enum Verified: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let (end, attempt): (Attempt.End, Attempt)
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let event, let ended): (end, attempt) = (event, ended)
    }
    let duty = Duty("the verification", within: asked.within, of: end.happened, judged)
    let lineage = judged.lineage
    let checks = judged.events.compactMap { event -> (event: RecordedEvent, troubles: [String])? in
      guard case .release(.verificationFinished(let data)) = event.event,
        data.environment == judged.environment,
        data.deployment == attempt.deployment, end.happened <= event.happened, event.happened <= judged.asOf
      else { return nil }
      let isOfThis =
        data.digests.isEmpty || lineage.stranger(to: data.digests) == nil
      let failed = data.checks.filter { $0.result != .met }.prefix(8).map { "'\($0.criterion)' is not met" }
      let troubles =
        (data.outcome == .succeeded ? [] : ["it \(data.outcome.rawValue)"]) + failed
        + (isOfThis ? [] : ["it was of something else"])
      return (event, troubles)
    }.sorted { $0.event.moment < $1.event.moment }
    let good = checks.suffix { $0.troubles.isEmpty }
    if good.isEmpty, let bad = checks.last {
      return duty.broken(
        "the last verification did not succeed: \(bad.troubles.joined(separator: "; "))",
        at: [bad.event.position])
    }
    return duty.judgement(by: good.map(\.event), done: "it was verified where it runs")
  }
}

extension Array {
  /// The last elements of which each is such.
  fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice<Element> {
    self[(lastIndex { !holds($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
