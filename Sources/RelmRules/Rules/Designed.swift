internal import RelmDomain
internal import RelmProof

/// `designed`: how the release is packaged, rolled out and taken back was laid down before it was deployed.
enum Designed: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard let design = judged.designs.firstInTime() else { return judged.missing("the design", Case.design) }
    return .satisfied(by: [design], "the design is there")
  }
}

extension Case {
  static let design: @Sendable (ReleaseEvent) -> ReleaseDesigned? = {
    if case .releaseDesigned(let data) = $0 { data } else { nil }
  }

  var designs: [Fact<ReleaseDesigned>] { facts(Self.design) }
}
