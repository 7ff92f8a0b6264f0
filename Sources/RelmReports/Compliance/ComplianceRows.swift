package import RelmDomain
internal import RelmProof

/// The findings of the compliance report as rows of plain fields, one a finding, for a table program.
///
/// A deployment without findings has one row too, with nothing in the fields of a finding, so that the rows hold the whole
/// population. Times are RFC 3339 in UTC, positions are numbers with spaces between.
package struct ComplianceRows {
  package static let columns = [
    "attempt", "release", "environment", "deployment", "begun", "recorded", "deploymentOutcome", "governance",
    "policy", "policyVersion", "rule", "ruleVersion", "outcome", "reason", "positions", "due", "waiver",
    "waivedBy", "waivedUntil", "control", "override", "once", "annulled", "annulledBy", "annulledReason",
    "annulledByOthers", "period", "restored", "unreleasable", "unreleasableReason", "context",
  ]

  private let reader: Reader

  /// - Parameter reader: who names the persons.
  package init(for reader: Reader) { self.reader = reader }

  /// The rows of one deployment, each with a field for every column.
  ///
  /// - Throws: what the reader throws.
  package func rows(of attempt: ComplianceReport.Attempt) throws -> [[String]] {
    let beginning = [
      "\(attempt.position)", attempt.release, attempt.environment, attempt.deployment,
      attempt.begun.rfc3339Microseconds, attempt.recorded.rfc3339Microseconds, attempt.outcome?.rawValue ?? "",
      attempt.governance.rawValue,
    ]
    let ending: [String] = [
      attempt.annulled.map { "\($0.position)" } ?? "", try attempt.annulled?.by.map(reader.name) ?? "",
      try attempt.annulled.map { try reader.sentence($0.reason) } ?? "",
      attempt.annulled.map { "\($0.independent)" } ?? "",
      attempt.afterPeriod == true ? "after" : attempt.beforePeriod == true ? "before" : "",
      attempt.restored == true ? "true" : "",
    ]
    let over = [
      attempt.unreleasable?.outcome.rawValue ?? "",
      try attempt.unreleasable.map { try reader.sentence($0.reason) } ?? "", attempt.context.rawValue,
    ]
    guard !attempt.findings.isEmpty else {
      let count = Self.columns.count - beginning.count - ending.count - over.count
      return [beginning + Array(repeating: "", count: count) + ending + over]
    }
    return try attempt.findings.map { try beginning + fields(of: $0) + ending + over }
  }

  private func fields(of finding: ComplianceReport.Finding) throws -> [String] {
    [
      finding.policy, finding.policyVersion, finding.rule.rawValue, "\(finding.ruleVersion)",
      finding.outcome.rawValue, try reader.sentence(finding.reason),
      finding.positions.map { "\($0)" }.joined(separator: " "), finding.due?.rfc3339Microseconds ?? "",
      finding.waiver.map { "\($0.position)" } ?? "", try finding.waiver?.by.map(reader.name) ?? "",
      finding.waiver?.until.rfc3339Microseconds ?? "",
      try finding.waiver.map { try reader.sentence($0.control) } ?? "",
      finding.override.map { "\($0)" } ?? "", finding.once?.rawValue ?? "",
    ]
  }
}
