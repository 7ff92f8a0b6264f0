internal import RelmDomain
internal import RelmProof

/// `communicated`: everybody who is to be told was told, early enough. Parameters: `audiences`; without them one of any
/// kind is enough; `leadTime`, how long before the deployment.
enum Communicated: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> CommunicationSent? = {
      if case .communicationSent(let data) = $0 { data } else { nil }
    }
    let all = judged.facts(pick)
    guard !all.isEmpty else { return judged.missing("a communication", pick) }
    let latest = judged.begun.microseconds - (asked.leadTime?.microseconds ?? 0)
    var used: [Fact<CommunicationSent>] = []
    var defects: [Judgement] = []
    for audience in asked.audiences.isEmpty ? [nil] : asked.audiences.map(Optional.some) {
      let told = all.filter { audience == nil || $0.data.audience == audience }
      let who = audience ?? "anybody"
      guard let first = told.first else {
        defects.append(Judgement(.violated, "\(who) was not told", at: all.map(\.position)))
        continue
      }
      if first.moment.at.microseconds > latest {
        defects.append(
          Judgement(
            .violated, "\(who) was told less than \(asked.leadTime?.text ?? "") before",
            at: told.map(\.position)))
      }
      used.append(first)
    }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: used, "everybody who is to know was told")
  }
}
