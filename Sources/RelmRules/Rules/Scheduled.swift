internal import RelmDomain
internal import RelmProof

/// `scheduled`: the deployment begins inside a window for its environment that was agreed last.
enum Scheduled: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> [Window]? = { event in
      guard case .scheduleAgreed(let data) = event else { return nil }
      let own = data.windows.filter { $0.environment == judged.environment }
      return own.isEmpty ? nil : own
    }
    guard let agreed = judged.facts(pick).last else {
      return judged.missing("an agreed window for \(judged.environment)", pick)
    }
    let outside = judged.moments.filter { moment in
      !agreed.data.contains { $0.from.instant <= moment && moment < $0.until.instant }
    }
    for window in agreed.data
    where outside.isEmpty && window.from.instant <= judged.begun && judged.begun < window.until.instant {
      return .satisfied(
        by: [agreed], "it begins inside the window from \(window.from.text) to \(window.until.text)")
    }
    let windows = agreed.data.map { "\($0.from.text) to \($0.until.text)" }.joined(separator: ", ")
    return Judgement(
      .violated,
      "\((outside.first ?? judged.begun).rfc3339Milliseconds) is outside the agreed window, \(windows)",
      at: [agreed.position])
  }
}
