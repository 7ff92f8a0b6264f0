extension ReleaseRow.SupportFacet {
  /// Whether the last one that was closed did what it was for: every criterion was met, and it did not fail.
  package var endedWell: Bool {
    lastClosed != nil && criteriaMet == criteria && (outcome.map { $0 == .succeeded } ?? true)
  }

  /// How the last closing was, where that is no good end, as part of a sentence: `1 of 3 criteria met`.
  package var shortfall: String? {
    guard lastClosed != nil, !endedWell else { return nil }
    let met = "\(criteriaMet ?? 0) of \(criteria ?? 0) criteria met"
    guard let outcome, outcome != .succeeded else { return met }
    return criteriaMet == criteria ? outcome.rawValue : "\(met), \(outcome.rawValue)"
  }
}
