internal import RelmDomain
internal import RelmProof

/// `rollback-planned`: the design says how the release is taken back, or that it is mended forward, and no migration of
/// data stands in the way of going back.
enum RollbackPlanned: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard let design = judged.designs.last else { return judged.missing("the design", Case.design) }
    switch design.data.takeBack {
    case .fixForward: return .satisfied(by: [design], "it is mended forward")
    case .rollBack: break
    }
    var reasons = design.data.migrations.filter { !$0.reverses }.map {
      "it is to be rolled back, and the migration '\($0.migration)' cannot be reversed"
    }
    if design.data.rollbackPlan == nil {
      reasons.insert("it is to be rolled back, and no plan says how", at: 0)
    }
    let defects = reasons.map { Judgement(.violated, $0, at: [design.position]) }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: [design], "it can be rolled back")
  }
}
