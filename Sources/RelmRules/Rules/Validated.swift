internal import RelmDomain
internal import RelmProof

/// `validated`: the last validation against the acceptance criteria succeeded, with every criterion met, and on what is
/// deployed where it says on what.
enum Validated: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> ValidationFinished? = {
      if case .validationFinished(let data) = $0 { data } else { nil }
    }
    guard let last = judged.facts(pick).last else { return judged.missing("the validation", pick) }
    var reasons: [String] = []
    if last.data.outcome != .succeeded { reasons.append("validation \(last.data.validation) did not succeed") }
    reasons += last.data.criteria.filter { $0.result != .met }.map {
      "the criterion '\($0.criterion)' is not met"
    }
    if !last.data.digests.isEmpty, let other = judged.lineage.stranger(to: last.data.digests) {
      reasons.append("validation \(last.data.validation) was of something else than \(other.text)")
    }
    let defects = reasons.map { Judgement(.violated, $0, at: [last.position]) }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: [last], "validation \(last.data.validation) succeeded")
  }
}
