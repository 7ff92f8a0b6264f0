internal import RelmDomain
internal import RelmProof

/// What a gate comes to at one time.
struct Ruling {
  let judged: Case
  /// The policies that apply, and how many are in force in the context.
  let policies: [PolicyRow.Adoption]
  private let inForce: Int
  let findings: [Finding]
  /// The override by which fewer rules are against it; nil where none helps.
  let override: Case.Override?
  /// The freezes in force that concern the release.
  let frozen: [EnvironmentRow.Freeze]

  init(_ judged: Case, given state: some LedgerState) throws {
    self.judged = judged
    let inForce = try state.policies().compactMap { $0.inForce(at: judged.begun) }.filter {
      $0.document.context == judged.context
    }
    self.inForce = inForce.count
    policies = try inForce.filter { try judged.isSubject(to: $0.document, given: state) }
    frozen = try judged.scoped(byLevel: Case.usualLevel, state).freezesInForce(given: state)
    (findings, override) = try Self.judgement(of: judged, by: policies, given: state)
  }

  /// What keeps it closed.
  var failed: [Finding] { findings.filter(\.outcome.closesGate) }

  var isOpen: Bool { failed.isEmpty && (!policies.isEmpty || judged.context == .development) }

  /// What every rule comes to, by the override of those at hand that leaves the fewest rules against it; of equals by the last,
  /// and by none where none helps. One deployment goes by one of them.
  private static func judgement(
    of judged: Case, by policies: [PolicyRow.Adoption], given state: some LedgerState
  ) throws -> (findings: [Finding], override: Case.Override?) {
    func findings(goingBy override: Case.Override?) throws -> [Finding] {
      let judge = Judge(judged, given: state, goingBy: override)
      return try policies.flatMap { try judge.findings(by: $0.document, adopted: $0.adopted.position) }
    }
    func left(_ findings: [Finding]) -> Int { findings.count { $0.outcome.closesGate } }
    let plain = try findings(goingBy: nil)
    let failing = Set(plain.filter(\.outcome.closesGate).map(\.rule))
    var best: (findings: [Finding], override: Case.Override?) = (plain, nil)
    for override in judged.overridesAtHand.reversed() where !failing.isDisjoint(with: override.data.rules) {
      let helped = try findings(goingBy: override)
      if left(helped) < left(best.findings) { best = (helped, override) }
    }
    return best
  }

  /// Why, in a sentence.
  var reason: String {
    guard !policies.isEmpty else { return ungoverned }
    let failed = failed
    guard let first = failed.first else { return holding }
    let others = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
    return "\(failed.count) of \(findings.count) rules \(failed.count == 1 ? "does" : "do") not hold: "
      + "\(first.rule.rawValue) (\(first.reason))\(others)"
  }

  /// How many rules hold, and which were set aside: those do not.
  private var holding: String {
    let kinds: [(RuleOutcome, String)] = [(.overridden, "overridden"), (.waived, "waived")]
    let aside = kinds.compactMap { outcome, word -> (count: Int, words: String)? in
      let rules = findings.filter { $0.outcome == outcome }.map(\.rule.rawValue)
      return rules.isEmpty ? nil : (rules.count, "\(rules.count) \(word): \(rules.joined(separator: ", "))")
    }
    guard !aside.isEmpty else { return "every one of \(findings.count) rules holds" }
    let left = findings.count - aside.reduce(0) { $0 + $1.count }
    return "\(left) of \(findings.count) rules hold, " + aside.map(\.words).joined(separator: "; ")
  }

  private var ungoverned: String {
    guard judged.context == .production else { return "no policy asks anything of development there" }
    guard inForce > 0 else {
      return "no policy is in force for production there, and without one nothing goes there"
    }
    let plan = judged.release?.plan == nil ? ", which was not planned" : ""
    return
      "none of the policies in force for production, \(inForce), applies to the release\(plan); without one "
      + "nothing goes there"
  }
}
