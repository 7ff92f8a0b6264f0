internal import RelmDomain
internal import RelmProof

/// What the policies in force found about the release's deployments: a review that leaves that out would be no review.
extension ReviewDraft {
  func compliance() throws -> [String] {
    var lines = ["## What the policies found", ""]
    guard !judged.population.isEmpty else { return lines + ["Nothing was deployed that could be judged."] }
    for attempt in judged.population {
      let name = "\(attempt.deployment) to \(attempt.environment)"
      lines.append(
        "- \(Markdown.text(name)): \(Markdown.text(verdict(on: attempt))) \(places([attempt.position]))")
      for finding in attempt.findings where finding.outcome.isException || finding.outcome == .pending {
        let due = finding.due.map { ", due \(Wording.minute($0))" } ?? ""
        lines.append(
          "  - **\(finding.rule.rawValue)** (\(Markdown.text(finding.policy))) is \(finding.outcome.words)\(due): "
            + cited(try words(finding.reason), finding.positions))
      }
      if let unreleasable = attempt.unreleasable, unreleasable.outcome.isException {
        lines.append(
          "  - It was not to be released: \(try words(unreleasable.reason)) \(places(unreleasable.positions))")
      }
    }
    return lines
  }

  private func cited(_ words: String, _ positions: [Position]) -> String {
    positions.isEmpty ? words : "\(words) \(places(positions))"
  }

  /// In a few words, what all rules together came to.
  private func verdict(on attempt: ComplianceReport.Attempt) -> String {
    if attempt.annulled != nil { return "annulled, and judged as it stood" }
    switch attempt.governance {
    case .ungoverned: return "no policy applied to it, in production"
    case .unasked: return "no policy asked anything of it"
    case .beforeLedger: return "older than the ledger, and not judged"
    case .unaccepted: return "it claims to be older than the ledger, which nobody has accepted"
    case .governed: break
    }
    let count = attempt.findings.count
    let exceptions = attempt.findings.filter(\.outcome.isException).count
    let asked = "\(count) \(count == 1 ? "rule was" : "rules were") asked"
    return exceptions == 0 ? "\(asked), and none is an exception" : "\(asked), and \(exceptions) not met"
  }
}
