/// What an outcome means for whoever has to act on it.
extension RuleOutcome {
  /// Whether a rule asks in vain: a deployment does not hold for it.
  package var isFailure: Bool {
    switch self {
    case .violated, .overdue: true
    case .satisfied, .satisfiedLate, .overridden, .pending, .waived, .notApplicable: false
    }
  }

  /// Whether it is to be explained: a rule does not plainly hold, because it is broken or was set aside.
  package var isException: Bool {
    switch self {
    case .violated, .overdue, .overridden, .waived: true
    case .satisfied, .satisfiedLate, .pending, .notApplicable: false
    }
  }

  /// Whether a gate stays closed for it.
  package var closesGate: Bool {
    switch self {
    case .violated, .pending, .overdue: true
    case .satisfied, .satisfiedLate, .overridden, .waived, .notApplicable: false
    }
  }

  /// How much worse than others it is: 0 for what asks nothing.
  package var gravity: Int {
    switch self {
    case .notApplicable: 0
    case .satisfied: 1
    case .satisfiedLate: 2
    case .waived: 3
    case .overridden: 4
    case .pending: 5
    case .overdue: 6
    case .violated: 7
    }
  }

  /// The outcome for a reader: "satisfied late".
  package var words: String { PlainWords.of(rawValue) }
}
