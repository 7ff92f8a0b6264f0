internal import RelmHistory
package import RelmDomain
internal import RelmProof

/// What a draft of a policy would change: every deployment is judged twice, and what comes out otherwise is told, production apart
/// from development.
package struct WhatIf {
  private let draft: PolicyDocument
  private let question: ComplianceQuestion
  private var counts: [Context: Count]
  private var changes: [WhatifReport.Change] = []

  /// What is counted of the deployments of one context.
  fileprivate struct Count {
    var totals = WhatifReport.Totals(
      attempts: 0, unjudged: 0, nowHold: 0, draftHold: 0, improved: 0, worsened: 0)
    var rules: [RuleName: Changes] = [:]
  }

  /// How many deployments a rule's change is shown by.
  fileprivate static let shown = 3

  /// What changes of one rule.
  fileprivate struct Changes {
    var same = 0
    var flips: [Flip: (count: Int, examples: [WhatifReport.Example])] = [:]
  }

  /// From what to what.
  fileprivate struct Flip: Hashable {
    let from: RuleOutcome?
    let to: RuleOutcome?
  }

  package init(of draft: PolicyDocument, _ question: ComplianceQuestion) {
    self.draft = draft
    self.question = question
    counts = Dictionary(uniqueKeysWithValues: question.context.contexts.map { ($0, Count()) })
  }

  /// Compares a deployment as it was judged with the same as the draft judges it.
  package mutating func add(
    _ now: ComplianceReport.Attempt, byDraft then: ComplianceReport.Attempt
  ) {
    let reasons = counts[now.context, default: Count()].add(now, byDraft: then)
    let (from, to) = (WhatifReport.Standing(of: now), WhatifReport.Standing(of: then))
    guard now.isJudged, from != to else { return }
    changes.append(
      WhatifReport.Change(
        attempt: now.position, release: now.release, environment: now.environment, context: now.context,
        begun: now.begun, from: from, to: to, reasons: reasons, annulled: now.annulled?.position))
  }

  /// What was found.
  ///
  /// - Parameter leftOut: how many deployments would belong if the other context had been asked about too.
  package func report(asOf: WhatifReport.AsOf, leftOut: Int) -> WhatifReport {
    var parts = question.context.contexts.map { counts[$0, default: Count()].part }
    parts[0].totals.leftOut = leftOut == 0 ? nil : leftOut
    return WhatifReport(
      policy: draft.id, version: draft.version, asOf: asOf,
      scope: WhatifReport.Scope(
        context: question.context, package: question.package, version: question.version,
        environment: question.environment, from: question.from?.representable,
        until: question.until?.representable),
      totals: parts[0].totals, rules: parts[0].rules, development: parts.count > 1 ? parts[1] : nil,
      changes: changes)
  }
}

extension WhatIf.Count {
  /// Counts a deployment that was judged twice.
  ///
  /// - Returns: the rules that make the difference.
  fileprivate mutating func add(
    _ now: ComplianceReport.Attempt, byDraft then: ComplianceReport.Attempt
  ) -> [WhatifReport.Reason] {
    guard now.isJudged else {
      totals.unjudged += 1
      return []
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
      let flip = WhatIf.Flip(from: was?.outcome, to: becomes?.outcome)
      guard flip.from != flip.to else {
        rules[rule, default: WhatIf.Changes()].same += 1
        continue
      }
      let example = WhatifReport.Example(
        attempt: now.position, release: now.release, environment: now.environment, reason: decisive.reason,
        positions: decisive.positions)
      var known = rules[rule, default: WhatIf.Changes()].flips[flip] ?? (0, [])
      known.count += 1
      known.examples = Array(([example] + known.examples).prefix(WhatIf.shown))
      rules[rule, default: WhatIf.Changes()].flips[flip] = known
      // What makes the difference is what fails on one side and not on the other.
      if (flip.from?.isFailure ?? false) != (flip.to?.isFailure ?? false) {
        reasons.append(
          WhatifReport.Reason(rule: rule, from: flip.from, to: flip.to, reason: decisive.reason))
      }
    }
    return reasons
  }

  /// What a rule came to, the worst where it was asked more than once; nil where it was not.
  private static func worst(
    of rule: RuleName, _ attempt: ComplianceReport.Attempt
  ) -> ComplianceReport.Finding? {
    attempt.findings.filter { $0.rule == rule }.max { $0.outcome.gravity < $1.outcome.gravity }
  }

  fileprivate var part: WhatifReport.Part {
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
    return WhatifReport.Part(
      totals: totals,
      rules: told.sorted { (changed($1), $0.rule.rawValue) < (changed($0), $1.rule.rawValue) })
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
