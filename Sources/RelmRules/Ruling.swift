internal import RelmDomain
internal import RelmProof

/// What a gate comes to at one time.
struct Ruling {
  let judged: Case
  /// The policies that apply, and how many are in force in the context.
  let policies: [PolicyRow.Adoption]
  private let inForce: Int
  let findings: [Finding]
  /// What hinders the release besides: what is over goes nowhere in production, be it asked or not.
  private let hindered: Finding?
  /// The override by which fewer rules are against it; nil where none helps.
  let override: Case.Override?
  /// The freezes in force that concern the release.
  let frozen: [EnvironmentRow.Freeze]
  /// Whether it matters that nobody with authority has said which services the package concerns.
  private let isUnsaid: Bool
  /// The class that it was planned as by somebody who may not say so, where that matters.
  private let unvouchedClass: ReleaseClass?

  init(_ judged: Case, given state: some LedgerState) throws {
    self.judged = judged
    let inForce = try state.policies().compactMap { $0.inForce(at: judged.begun) }.filter {
      $0.document.context == judged.context
    }
    self.inForce = inForce.count
    policies = try judged.judging(of: inForce, \.document, given: state)
    let usual = try judged.scoped(byLevel: Case.usualLevel, state)
    frozen = try usual.freezesInForce(given: state)
    unvouchedClass =
      inForce.contains { $0.document.appliesTo?.classes.isEmpty == false } ? usual.scope.unvouchedClass : nil
    isUnsaid =
      !usual.scope.isSaid
      && (inForce.contains { $0.document.appliesTo?.services.isEmpty == false }
        || frozen.contains { !$0.services.isEmpty })
    let verdict = try Self.verdict(of: judged, by: policies, given: state)
    (findings, hindered, override) = (verdict.findings, verdict.hindered, verdict.override)
  }

  /// What keeps it closed.
  var failed: [Finding] { findings.filter(\.outcome.closesGate) }

  /// What opens it, each once, in the order in which it has to be done.
  var remedies: [Remedy] {
    guard !isOpen else { return [] }
    let closing = (findings + [hindered].compactMap { $0 }).filter(\.outcome.closesGate)
    let said = isUnsaid ? [Remedy.sayServices(of: judged)] : []
    return closing.isEmpty
      ? said + [inForce > 0 ? .look("policy", "list") : .look("policy", "init")]
      : (said + closing.flatMap(\.remedies)).once.inTheirCourse
  }

  var isOpen: Bool { isOpenOtherwise && !(hindered?.outcome.closesGate ?? false) }

  private var isOpenOtherwise: Bool { failed.isEmpty && (!policies.isEmpty || judged.context == .development) }

  /// What the rules come to, with what hinders the release besides.
  private struct Verdict {
    let findings: [Finding]
    let hindered: Finding?
    let override: Case.Override?

    /// How much still keeps the gate closed.
    var closing: [Finding] { (findings + [hindered].compactMap { $0 }).filter(\.outcome.closesGate) }
  }

  /// What every rule comes to, by the override of those at hand that leaves the fewest rules against it; of equals by the last,
  /// and by none where none helps. One deployment goes by one of them.
  private static func verdict(
    of judged: Case, by policies: [PolicyRow.Adoption], given state: some LedgerState
  ) throws -> Verdict {
    func verdict(goingBy override: Case.Override?) throws -> Verdict {
      let judge = Judge(judged, given: state, goingBy: override)
      return Verdict(
        findings: try policies.flatMap { try judge.findings(by: $0.document, adopted: $0.adopted.position) },
        hindered: try judge.releasability(judged.context, askedBy: policies.map(\.document)),
        override: override)
    }
    var best = try verdict(goingBy: nil)
    let failing = Set(best.closing.map(\.rule))
    for override in judged.overridesAtHand.reversed() where !failing.isDisjoint(with: override.data.rules) {
      let helped = try verdict(goingBy: override)
      if helped.closing.count < best.closing.count { best = helped }
    }
    return best
  }

  /// Why, in a sentence, with what hinders the release besides; and what is to be said first, where that is not known.
  var reason: String {
    guard !isOpen else { return otherwise }
    let asNormal =
      unvouchedClass.map {
        "; it was planned as \($0.rawValue) by somebody without the level of approvers, and counts as normal too until one of them "
          + "approves it or says so of its scope"
      } ?? ""
    guard isUnsaid else { return otherwise + asNormal }
    let release = Subject.release(package: judged.package, version: judged.version).text
    return
      "\(otherwise)\(asNormal); nobody with level 5 has planned or approved a release of \(judged.package) as of certain services, so that it "
      + "may concern any: relm record release.scope.changed --subject \(release) services=… reason=…"
  }

  private var otherwise: String {
    guard let hindered else { return asked }
    guard hindered.outcome.closesGate else { return "\(asked); \(hindered.reason)" }
    return isOpenOtherwise ? hindered.reason : "\(hindered.reason); besides, \(asked)"
  }

  /// What comes of what the policies ask.
  private var asked: String {
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
    guard !aside.isEmpty else {
      return findings.count == 1
        ? "the one rule that is asked holds" : "every one of \(findings.count) rules holds"
    }
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
