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
    guard last.data.outcome == .succeeded else {
      return Judgement(.violated, "validation \(last.data.validation) did not succeed", at: [last.position])
    }
    if let criterion = last.data.criteria.first(where: { $0.result != .met }) {
      return Judgement(.violated, "the criterion '\(criterion.criterion)' is not met", at: [last.position])
    }
    if !last.data.digests.isEmpty, let other = judged.lineage.stranger(to: last.data.digests) {
      return Judgement(
        .violated, "validation \(last.data.validation) was of something else than \(other.text)",
        at: [last.position])
    }
    return .satisfied(by: [last], "validation \(last.data.validation) succeeded")
  }
}
