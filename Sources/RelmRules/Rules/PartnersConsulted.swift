internal import RelmDomain
internal import RelmProof

/// `partners-consulted`: every kind of partner that is asked for was consulted, and none of them objected last.
/// Parameter: `partners`; without it one of any kind is enough.
///
/// An objection is taken back by who recorded it, or by somebody whose approval would count: another's later word for the
/// same partner leaves it standing.
enum PartnersConsulted: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let pick: (ReleaseEvent) -> PartnerConsulted? = {
      if case .partnerConsulted(let data) = $0 { data } else { nil }
    }
    let all = judged.facts(pick)
    guard !all.isEmpty else { return judged.missing("a partner's word", pick) }
    var latest: [String: Fact<PartnerConsulted>] = [:]
    for fact in all {
      let partner = "\(fact.data.partner.rawValue) \(fact.data.name)"
      guard try latest[partner].map({ try judged.replaces($0, fact, given: state) }) ?? true else { continue }
      latest[partner] = fact
    }
    let objections = latest.values.filter { $0.data.outcome == .objected }.sorted { $0.moment < $1.moment }
    let unasked = asked.partners.filter { partner in
      !all.contains { $0.data.partner.rawValue == partner.rawValue }
    }
    let defects =
      objections.map { Judgement(.violated, "\($0.data.name) objects", at: [$0.position]) }
      + unasked.map {
        Judgement(.violated, "no \($0.rawValue) partner was consulted", at: all.map(\.position))
      }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: latest.values.sorted { $0.moment < $1.moment }, "partners were consulted")
  }
}

extension Case {
  /// Whether a partner's later word takes the place of the one before.
  fileprivate func replaces(
    _ before: Fact<PartnerConsulted>, _ fact: Fact<PartnerConsulted>, given state: some LedgerState
  ) throws -> Bool {
    guard before.data.outcome == .objected else { return true }
    return try takesBack(fact.event, before.event, given: state)
  }

  /// Whether somebody takes back what was said before: who said it, or whoever has the policy's level.
  func takesBack(
    _ event: RecordedEvent, _ before: RecordedEvent, given state: some LedgerState
  ) throws -> Bool {
    let approvers = Approvers(level: approverLevel, context, package, given: state)
    if try approvers.made(event, scope.reach) { return true }
    guard let objector = before.person, let person = event.person else { return false }
    return try Authority(state, at: begun).isSame(objector, person)
  }
}
