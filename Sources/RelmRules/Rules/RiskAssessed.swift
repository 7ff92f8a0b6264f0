internal import RelmDomain
internal import RelmProof

/// `risk-assessed`: the risk was assessed after the scope was last changed, and what is left of it is not too high.
/// Parameter: `maximumResidual`.
enum RiskAssessed: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> RelmDomain.RiskAssessed? = {
      if case .riskAssessed(let data) = $0 { data } else { nil }
    }
    guard let risk = judged.facts(pick).last else { return judged.missing("the risk assessment", pick) }
    let residual = risk.data.residual
    var defects: [Judgement] = []
    if let scope = judged.release?.plan?.scope.position, risk.position < scope {
      defects.append(
        Judgement(.violated, "the scope was changed after the risk was assessed", at: [risk.position, scope]))
    }
    if let most = asked.maximumResidual, residual > most {
      defects.append(
        Judgement(.violated, "the residual risk is \(residual), above \(most)", at: [risk.position]))
    }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: [risk], "the residual risk is \(residual)")
  }
}
