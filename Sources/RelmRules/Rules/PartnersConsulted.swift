internal import RelmDomain
internal import RelmProof

/// `partners-consulted`: every kind of partner that is asked for was consulted, and none of them objected last.
/// Parameter: `partners`; without it one of any kind is enough.
enum PartnersConsulted: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let pick: (ReleaseEvent) -> PartnerConsulted? = {
      if case .partnerConsulted(let data) = $0 { data } else { nil }
    }
    let all = judged.facts(pick)
    guard !all.isEmpty else { return judged.missing("a partner's word", pick) }
    var latest: [String: Fact<PartnerConsulted>] = [:]
    for fact in all { latest["\(fact.data.partner.rawValue) \(fact.data.name)"] = fact }
    if let objection = latest.values.filter({ $0.data.outcome == .objected }).min(by: { $0.moment < $1.moment })
    {
      return Judgement(.violated, "\(objection.data.name) objects", at: [objection.position])
    }
    for partner in asked.partners where !all.contains(where: { $0.data.partner.rawValue == partner.rawValue }) {
      return Judgement(.violated, "no \(partner.rawValue) partner was consulted", at: all.map(\.position))
    }
    return .satisfied(by: latest.values.sorted { $0.moment < $1.moment }, "partners were consulted")
  }
}
