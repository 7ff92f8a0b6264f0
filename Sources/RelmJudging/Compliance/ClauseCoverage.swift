package import RelmDomain

/// What a report shows of the clauses of frameworks: which rules are evidence for each, and what they came to.
package enum ClauseCoverage {
  /// - Parameters:
  ///   - frameworks: whose clauses, in their order.
  ///   - book: what the rules came to.
  package static func clauses(
    of frameworks: [ControlFramework], in book: ComplianceBook
  ) -> [ComplianceReport.Clause] {
    frameworks.flatMap { framework in
      book.contexts.flatMap { context in clauses(of: framework, in: context, book) }
    }
  }

  private static func clauses(
    of framework: ControlFramework, in context: Context, _ book: ComplianceBook
  ) -> [ComplianceReport.Clause] {
    framework.clauses.map { clause in
      let tallies = clause.rules.map { (rule: $0, tally: book.tally(of: $0, in: context)) }
      return ComplianceReport.Clause(
        framework: framework.id, clause: clause.id, title: clause.title,
        context: book.contexts.count > 1 ? context : nil, coverage: clause.coverage.told, why: clause.why,
        rules: clause.rules, evidence: clause.evidence.map(\.rawValue),
        unasked: tallies.filter { $0.tally == nil }.map(\.rule),
        findings: tallies.compactMap(\.tally).reduce(.zero, +))
    }
  }
}

extension ControlFramework.Coverage {
  fileprivate var told: ComplianceReport.Coverage {
    switch self {
    case .evidenced: .evidenced
    case .partly: .partly
    case .outside: .outside
    }
  }
}
