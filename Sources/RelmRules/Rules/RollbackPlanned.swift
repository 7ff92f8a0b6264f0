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
    guard design.data.rollbackPlan != nil else {
      return Judgement(.violated, "it is to be rolled back, and no plan says how", at: [design.position])
    }
    if let migration = design.data.migrations.first(where: { !$0.reverses }) {
      return Judgement(
        .violated, "it is to be rolled back, and the migration '\(migration.migration)' cannot be reversed",
        at: [design.position])
    }
    return .satisfied(by: [design], "it can be rolled back")
  }
}
