extension ContextChoice {
  /// The contexts that are asked about, production first.
  package var contexts: [Context] {
    switch self {
    case .production: [.production]
    case .development: [.development]
    case .all: [.production, .development]
    }
  }

  package init(_ context: Context) {
    switch context {
    case .production: self = .production
    case .development: self = .development
    }
  }
}

extension ComplianceReport {
  /// What was counted, by context, production first: figures of the two are never added up.
  package var counted: [(context: Context, totals: Totals)] {
    zip(scope.context.contexts, [totals, developmentTotals].compactMap { $0 }).map { ($0, $1) }
  }

  /// The report as one of each context that was asked about, production first.
  ///
  /// What concerns the house as a whole stays with the first.
  package var parts: [ComplianceReport] {
    let contexts = counted
    guard contexts.count > 1 else { return [self] }
    return contexts.enumerated().map { place, counted in
      var part = self
      part.scope.context = ContextChoice(counted.context)
      part.totals = counted.totals
      part.developmentTotals = nil
      part.population = population.filter { $0.context == counted.context }
      part.exceptions = exceptions.filter { $0.context == counted.context }
      part.clauses = clauses.filter { $0.context == nil || $0.context == counted.context }
      let own = Set(part.population.map(\.position))
      part.lateEvidence = lateEvidence.filter { own.contains($0.attempt) }
      let isFirst = place == 0
      let development = Set(population.filter { $0.context == .development }.map(\.environment))
      part.overrides = overrides.filter { development.contains($0.environment) != isFirst }
      if !isFirst { (part.governance, part.authority, part.reconciliation) = ([], [], []) }
      return part
    }
  }
}
