internal import RelmDomain
internal import RelmProof

/// `planned`: the release was planned before it was deployed.
enum Planned: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> ReleasePlanned? = {
      if case .releasePlanned(let data) = $0 { data } else { nil }
    }
    guard let plan = judged.facts(pick).firstInTime() else { return judged.missing("the plan", pick) }
    return .satisfied(by: [plan], "the plan is there")
  }
}
