package import RelmDomain
internal import RelmProof

/// What makes a gate come to something else than it did before.
extension GateDecided {
  /// What has changed since an earlier decision, in words: the most telling first.
  package func changes(since earlier: GateDecided) -> [String] {
    var words: [String] = []
    for policy in policies where !earlier.policies.contains(where: { $0.position == policy.position }) {
      words.append(
        "policy \(policy.policy) version \(policy.version) of position \(policy.position.value) applies")
    }
    for policy in earlier.policies where !policies.contains(where: { $0.policy == policy.policy }) {
      words.append("policy \(policy.policy) applies no more")
    }
    if plan != earlier.plan, let plan { words.append("the scope was changed at position \(plan.value)") }
    if Set(digests) != Set(earlier.digests) { words.append("the release goes by other digests") }
    for freeze in freezes where !earlier.freezes.contains(freeze) { words.append("freeze \(freeze) has begun") }
    for freeze in earlier.freezes where !freezes.contains(freeze) { words.append("freeze \(freeze) is over") }
    if let override = earlier.override, override != self.override {
      words.append("the override at position \(override.value) helps no more")
    }
    for finding in findings {
      guard let before = earlier.finding(like: finding), before.outcome.closesGate != finding.outcome.closesGate
      else { continue }
      words.append(
        "\(finding.rule.rawValue) was \(before.outcome.words), and is \(finding.outcome.words): \(finding.reason)"
      )
    }
    return words
  }

  private func finding(like other: Finding) -> Finding? {
    findings.first { $0.policy == other.policy && $0.rule == other.rule }
  }

  /// Whether an earlier decision is the answer still, beside what the gate says now.
  ///
  /// - Parameters:
  ///   - now: what it says now.
  ///   - time: when that is.
  package func stands(beside now: GateDecided, at time: Instant) -> Bool {
    guard outcome == now.outcome, plan == now.plan, Set(digests) == Set(now.digests) else { return false }
    guard outcome == .open else { return against == now.against }
    guard let until = until?.instant, time < until else { return false }
    return override == now.override && now.until.map { until <= $0.instant } ?? true
  }

  /// The rules that stand against it, by their policies.
  private var against: [String] {
    findings.filter(\.outcome.closesGate).map { "\($0.policy) \($0.rule.rawValue) \($0.outcome.rawValue)" }
  }
}
