package import RelmDomain
internal import RelmProof

/// What a draft of a policy would change: every deployment is judged twice, and what comes out otherwise is told.
package struct WhatIf {
  private let draft: PolicyDocument
  private var totals = WhatifReport.Totals(
    attempts: 0, unjudged: 0, nowHold: 0, draftHold: 0, improved: 0, worsened: 0)
  private var rules: [RuleName: Changes] = [:]
  private var changes: [WhatifReport.Change] = []

  /// How many deployments a rule's change is shown by.
  private static let shown = 3

  /// What changes of one rule.
  private struct Changes {
    var same = 0
    var flips: [Flip: (count: Int, examples: [WhatifReport.Example])] = [:]
  }

  /// From what to what.
  private struct Flip: Hashable {
    let from: RuleOutcome?
    let to: RuleOutcome?
  }

  package init(of draft: PolicyDocument) { self.draft = draft }

  /// Compares a deployment as it was judged with the same as the draft judges it.
  package mutating func add(
    _ now: ComplianceReport.Attempt, byDraft then: ComplianceReport.Attempt
  ) {
    guard now.isJudged else {
      totals.unjudged += 1
      return
    }
    totals.attempts += 1
    let (from, to) = (WhatifReport.Standing(of: now), WhatifReport.Standing(of: then))
    if from == .holds { totals.nowHold += 1 }
    if to == .holds { totals.draftHold += 1 }
    if to == .holds, from == .fails || from == .ungoverned { totals.improved += 1 }
    if to == .fails, from != .fails { totals.worsened += 1 }
    var reasons: [WhatifReport.Reason] = []
    for rule in RuleName.allCases {
      let (was, becomes) = (Self.worst(of: rule, now), Self.worst(of: rule, then))
      guard let decisive = becomes ?? was else { continue }
      let flip = Flip(from: was?.outcome, to: becomes?.outcome)
      guard flip.from != flip.to else {
        rules[rule, default: Changes()].same += 1
        continue
      }
      let example = WhatifReport.Example(
        attempt: now.position, release: now.release, environment: now.environment, reason: decisive.reason,
        positions: decisive.positions)
      var known = rules[rule, default: Changes()].flips[flip] ?? (0, [])
      known.count += 1
      known.examples = Array(([example] + known.examples).prefix(Self.shown))
      rules[rule, default: Changes()].flips[flip] = known
      // What makes the difference is what fails on one side and not on the other.
      if (flip.from?.isFailure ?? false) != (flip.to?.isFailure ?? false) {
        reasons.append(
          WhatifReport.Reason(rule: rule, from: flip.from, to: flip.to, reason: decisive.reason))
      }
    }
    guard from != to else { return }
    changes.append(
      WhatifReport.Change(
        attempt: now.position, release: now.release, environment: now.environment, begun: now.begun,
        from: from, to: to, reasons: reasons, annulled: now.annulled?.position))
  }

  /// What a rule came to, the worst where it was asked more than once; nil where it was not.
  private static func worst(
    of rule: RuleName, _ attempt: ComplianceReport.Attempt
  ) -> ComplianceReport.Finding? {
    attempt.findings.filter { $0.rule == rule }.max { $0.outcome.gravity < $1.outcome.gravity }
  }

  /// What was found.
  package func report(_ question: ComplianceQuestion, asOf: WhatifReport.AsOf) -> WhatifReport {
    let told = rules.map { rule, changes in
      WhatifReport.Rule(
        rule: rule, same: changes.same,
        flips: changes.flips.map {
          WhatifReport.Flip(from: $0.from, to: $0.to, count: $1.count, examples: $1.examples)
        }.sorted { one, other in
          // By how often, and then by what it is: never by how a dictionary happens to lie.
          (other.count, one.from?.rawValue ?? "", one.to?.rawValue ?? "")
            < (one.count, other.from?.rawValue ?? "", other.to?.rawValue ?? "")
        })
    }
    func changed(_ rule: WhatifReport.Rule) -> Int { rule.flips.reduce(0) { $0 + $1.count } }
    return WhatifReport(
      policy: draft.id, version: draft.version, asOf: asOf,
      scope: WhatifReport.Scope(
        package: question.package, version: question.version, environment: question.environment,
        from: question.from?.representable, until: question.until?.representable),
      totals: totals,
      rules: told.sorted { (changed($1), $0.rule.rawValue) < (changed($0), $1.rule.rawValue) },
      changes: changes)
  }
}

extension WhatifReport.Standing {
  /// How a deployment stands.
  init(of attempt: ComplianceReport.Attempt) {
    self =
      switch attempt.governance {
      case .governed:
        attempt.findings.contains { $0.outcome.isFailure } || attempt.unreleasable?.outcome.isFailure == true
          ? .fails : .holds
      case .ungoverned: .ungoverned
      case .unasked, .beforeLedger, .unaccepted: .unasked
      }
  }
}

extension ComplianceReport.Attempt {
  /// Whether what its rules come to is anybody's concern: not from before the ledger, and not annulled by somebody who had no
  /// hand in it.
  fileprivate var isJudged: Bool {
    guard annulled?.independent != true else { return false }
    return governance != .beforeLedger && governance != .unaccepted
  }
}
