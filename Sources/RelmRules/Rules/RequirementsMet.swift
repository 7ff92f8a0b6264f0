internal import RelmDomain
internal import RelmProof

/// `requirements-met`: each release that the plan requires ran in the environment when the deployment began.
///
/// What runs is folded from the facts about deployments there, as they count by the two clocks. Where the deployment itself
/// was recorded later than the policy allows, its word of when it began is not enough: the required release has to run there
/// also as all stood when that was recorded.
enum RequirementsMet: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let required = judged.scope.requires
    guard !required.isEmpty else { return Judgement(.notApplicable, "it requires no other release") }
    return .worst(of: required.map { requirement($0, judged) })
  }

  private static func requirement(_ required: String, _ judged: Case) -> Judgement {
    let name = required.hasPrefix("release/") ? String(required.dropFirst(8)) : required
    guard case .release(let package, let version)? = Subject.named(required) else {
      return Judgement(.violated, "it requires \(name), which is no release")
    }
    func run(_ counts: (RecordedEvent) -> Bool) -> RunningRow.Run? { judged.run(of: package, by: counts) }
    let isBelieved = judged.attempt.map { judged.isSoonEnough($0.beginning) } ?? true
    func isMet(by facts: RunningRow.Run?, besides all: (RecordedEvent) -> Bool) -> Bool {
      facts?.version == version && (isBelieved || run(all)?.version == version)
    }
    let inTime = run { judged.timing(of: $0) == .inTime }
    if let inTime, isMet(by: inTime, besides: { $0.position < judged.line }) {
      return Judgement(.satisfied, "\(name) ran there", at: [inTime.since.position])
    }
    let late = run { judged.timing(of: $0) != nil }
    if let late, isMet(by: late, besides: { $0.position < judged.line || judged.timing(of: $0) != nil }) {
      return Judgement(
        .satisfiedLate,
        "\(name) ran there; position \(late.since.position.value) was recorded after the deployment had begun",
        at: [late.since.position])
    }
    guard let other = late else { return Judgement(.violated, "it requires \(name), which did not run there") }
    let trouble =
      other.version == version
      ? "which ran there only by the time that the deployment claims, and that was recorded too late to be believed"
      : "and \(other.version) ran there"
    return Judgement(.violated, "it requires \(name), \(trouble)", at: [other.since.position])
  }
}

extension Case {
  /// What of a package ran in the environment, by those of the events about it that count.
  fileprivate func run(of package: String, by counts: (RecordedEvent) -> Bool) -> RunningRow.Run? {
    neighbours.reduce(nil as RunningRow?) { row, event in
      guard case .release(package, let version)? = event.subject, case .release(let said) = event.event,
        let step = said.attempt, step.environment == environment,
        let change = RunningRow.Change(step, of: version, at: event.moment), counts(event)
      else { return row }
      return RunningRow.evolve(row, environment: environment, package: package, by: change, at: event.moment)
    }?.running
  }
}
