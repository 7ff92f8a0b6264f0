/// Whom a duty falls to where nobody is named.
extension ObligationRow.Kind {
  /// The level that what does the duty asks for, or is expected to have.
  package var level: Int {
    switch self {
    case .reviewAction, .support, .supportClosing, .procedureSteps: 3
    case .baseline, .capabilityAssessment, .drift, .observation, .procedureReview, .recording, .verification: 4
    case .answer, .condition, .handover, .overrideRatification, .overrideReview, .policyRule, .review,
      .reviewClosing:
      5
    case .authorisation, .authorityReview, .escalation, .holdReview, .policyReview: 6
    }
  }
}

extension ObligationRow {
  /// The same, saying of which level those are that it falls to, where it names nobody.
  package var withLevel: Self {
    guard owner == nil, level == nil else { return self }
    var row = self
    row.level = kind.level
    return row
  }
}
