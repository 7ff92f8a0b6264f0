package import RelmDomain
internal import RelmProof

/// A deployment in a few lines, where there are too many to tell all of each.
extension ComplianceLists {
  package struct Brief: Sendable {
    /// When it began, how it ended, by whom and by which policies.
    package let facts: [ComplianceTable.Part]
    /// What is out of the ordinary about it, and each rule that does not plainly hold, with its reason.
    package let remarks: [[ComplianceTable.Part]]
    /// The other rules, by what they came to.
    package let rest: [ComplianceTable.Part]
  }

  /// - Throws: what the reader throws.
  package func brief(_ attempt: ComplianceReport.Attempt) throws -> Brief {
    Brief(facts: try facts(attempt), remarks: try remarkable(attempt), rest: rest(attempt))
  }

  private func facts(_ attempt: ComplianceReport.Attempt) throws -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = [.words("\(attempt.deployment), begun "), .minute(attempt.begun)]
    if let late = attempt.lateSeconds {
      parts += [.words(", "), .toned(.warning, "recorded \(Wording.duration(late)) late")]
    }
    if let words = attempt.besidePeriod { parts += [.words(", "), .toned(.warning, words)] }
    if let by = attempt.by { parts.append(.words(", by \(try reader.name(by))")) }
    parts += [.words("; ")] + Self.ending(attempt).prefix(1)
    if let ended = attempt.ended {
      let isSameDay = Wording.day(ended) == Wording.day(attempt.begun)
      parts += [.words(" "), isSameDay ? .words(String(Wording.minute(ended).dropFirst(11))) : .minute(ended)]
    }
    if let undone = attempt.undone { parts += [.words(", undone ")] + Self.moment(undone) }
    if let digest = attempt.digests.first {
      parts += [.words("; "), .hash(digest.text)]
      if attempt.digests.count > 1 { parts.append(.words(" and \(attempt.digests.count - 1) more")) }
    }
    if !attempt.policies.isEmpty {
      let names = attempt.policies.map { "\($0.policy) \($0.version)" }.joined(separator: ", ")
      parts.append(.words(report.scope.draft == nil ? "; judged by \(names)" : "; judged by a draft, \(names)"))
    }
    return parts
  }

  private func remarkable(_ attempt: ComplianceReport.Attempt) throws -> [[ComplianceTable.Part]] {
    var lines: [[ComplianceTable.Part]] = []
    if attempt.governance != .governed {
      lines.append([.toned(attempt.governance.tone, attempt.governance.sentence)])
    }
    lines += try remarks(on: attempt).map { [.words("\($0.name): ")] + $0.parts }
    let hasPolicies = Set(attempt.findings.map(\.policy)).count > 1
    for finding in attempt.findings where finding.outcome.isException || finding.outcome == .satisfiedLate {
      var line: [ComplianceTable.Part] = [.words(finding.rule.rawValue)]
      if hasPolicies { line.append(.quiet(" (\(finding.policy))")) }
      line += [.words(" "), .outcome(finding.outcome, finding.outcome.words)]
      if let due = finding.due, finding.outcome == .overdue { line += [.words(" since "), .minute(due)] }
      line.append(.words(": \(try said(finding.reason))"))
      if let waiver = finding.waiver { line += [.words("; until "), .minute(waiver.until)] }
      if let once = finding.once { line.append(.quiet("; once \(once.words), before an annulment")) }
      if !finding.positions.isEmpty { line += [.words(" "), .places(finding.positions, of: attempt.position)] }
      lines.append(line + finding.helps.map { .help($0) })
    }
    return lines
  }

  private func rest(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = []
    for outcome in [RuleOutcome.satisfied, .pending, .notApplicable] {
      let findings = attempt.findings.filter { $0.outcome == outcome }
      guard !findings.isEmpty else { continue }
      parts.append(.words("\(parts.isEmpty ? "" : "; ")\(outcome.words): "))
      for (place, finding) in findings.enumerated() {
        parts.append(.words("\(place > 0 ? ", " : "")\(finding.rule.rawValue)"))
        if let due = finding.due, outcome == .pending { parts += [.words(" by "), .day(due)] }
        guard outcome == .satisfied, !finding.positions.isEmpty else { continue }
        parts += [.words(" "), .places(finding.positions, of: attempt.position)]
      }
    }
    return parts
  }
}
