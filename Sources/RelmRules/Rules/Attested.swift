internal import RelmDomain
internal import RelmProof

/// `attested`: there is an attestation of every type that is asked for about what is deployed, or what that is derived
/// from. Parameter: `predicateTypes`; without it one of any type is enough.
enum Attested: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard !judged.digests.isEmpty else {
      return Judgement(.violated, "nothing says what is deployed, by digest")
    }
    let pick: (ReleaseEvent) -> AttestationRecorded? = {
      if case .attestationRecorded(let data) = $0 { data } else { nil }
    }
    let all = judged.facts(pick)
    guard !all.isEmpty else { return judged.missing("an attestation", pick) }
    var used: [Fact<AttestationRecorded>] = []
    let lineage = judged.lineage
    let wanted = asked.predicateTypes.isEmpty ? [nil] : asked.predicateTypes.map(Optional.some)
    let attested = wanted.map { type in
      lineage.last(of: all.filter { type == nil || $0.data.predicateType == type }) { [$0.data.digest] }
    }
    var defects: [Judgement] = []
    for digest in lineage.deployed {
      for (type, last) in zip(wanted, attested) {
        guard let found = last[digest] else {
          let what = type.map { "attestation of type \($0)" } ?? "attestation"
          defects.append(
            Judgement(
              .violated, "no \(what) is about \(digest.text), nor what it is derived from",
              at: all.map(\.position)))
          continue
        }
        used.append(found)
      }
    }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: used, "what is deployed is attested")
  }
}
