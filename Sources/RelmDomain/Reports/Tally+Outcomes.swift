extension ComplianceReport.Tally {
  /// Nothing was judged.
  package static let zero = Self(
    satisfied: 0, satisfiedLate: 0, violated: 0, overridden: 0, pending: 0, overdue: 0, waived: 0,
    notApplicable: 0)

  /// What some rules came to.
  package init(_ outcomes: some Sequence<RuleOutcome>) {
    self = .zero
    for outcome in outcomes { self[outcome] += 1 }
  }

  /// How often rules came to something.
  package subscript(outcome: RuleOutcome) -> Int {
    get {
      switch outcome {
      case .satisfied: satisfied
      case .satisfiedLate: satisfiedLate
      case .violated: violated
      case .overridden: overridden
      case .pending: pending
      case .overdue: overdue
      case .waived: waived
      case .notApplicable: notApplicable
      }
    }
    set {
      switch outcome {
      case .satisfied: satisfied = newValue
      case .satisfiedLate: satisfiedLate = newValue
      case .violated: violated = newValue
      case .overridden: overridden = newValue
      case .pending: pending = newValue
      case .overdue: overdue = newValue
      case .waived: waived = newValue
      case .notApplicable: notApplicable = newValue
      }
    }
  }

  package var total: Int { RuleOutcome.allCases.reduce(0) { $0 + self[$1] } }

  /// Both together.
  package static func + (one: Self, other: Self) -> Self {
    RuleOutcome.allCases.reduce(into: one) { sum, outcome in sum[outcome] += other[outcome] }
  }
}
