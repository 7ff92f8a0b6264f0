/// A parameter that a rule of a policy may have, by its name on the wire.
package enum RuleParameter: String, Sendable, CaseIterable {
  case quorum, level, separate, scopes, suites, assessments, maximumResidual, moments, partners, audiences,
    leadTime,
    procedures, predicateTypes, communities, within, minimum, capabilities, by
}

/// The one table of which rule takes which parameters.
///
/// The schema of the policy says the same in the words of its fields, and a test compares the two.
extension RuleName {
  /// The parameters that it may have.
  package var parameters: [RuleParameter] {
    switch self {
    case .approved: [.quorum, .level, .separate, .scopes]
    case .attested: [.predicateTypes, .by]
    case .baselined: [.moments, .by]
    case .built: [.capabilities, .by]
    case .capabilityInPlace: [.capabilities]
    case .communicated: [.audiences, .leadTime]
    case .componentsAssessed: [.assessments, .by]
    case .handedOver: [.communities, .within]
    case .partnersConsulted: [.partners]
    case .personnelCompetent: [.level]
    case .procedureApplied: [.procedures]
    case .reconciled, .verified: [.within, .by]
    case .recordedPromptly, .reviewed: [.within]
    case .riskAssessed: [.maximumResidual, .by]
    case .supported: [.minimum]
    case .tested: [.suites, .capabilities, .by]
    case .validated: [.by]
    case .authorised, .classified, .designed, .gated, .notFrozen, .planned, .releasable, .requirementsMet,
      .rollbackPlanned, .scheduled:
      []
    }
  }

  /// Those of them without which it would ask nothing.
  package var requiredParameters: [RuleParameter] {
    switch self {
    case .capabilityInPlace: [.capabilities]
    case .procedureApplied: [.procedures]
    case .approved, .attested, .authorised, .baselined, .built, .classified, .communicated, .componentsAssessed,
      .designed, .gated, .handedOver, .notFrozen, .partnersConsulted, .personnelCompetent, .planned,
      .reconciled,
      .recordedPromptly, .releasable, .requirementsMet, .reviewed, .riskAssessed, .rollbackPlanned, .scheduled,
      .supported, .tested,
      .validated,
      .verified:
      []
    }
  }
}

extension PolicyDocument.Requirement {
  /// The parameters that it has.
  package var parameters: [RuleParameter] { RuleParameter.allCases.filter(has) }

  /// Those of them that its rule does not take. What is adopted has none; whoever judges a policy that was recorded
  /// otherwise must not pass over them in silence.
  package var strayParameters: [RuleParameter] {
    let taken = rule.parameters
    return parameters.filter { !taken.contains($0) }
  }

  private func has(_ parameter: RuleParameter) -> Bool {
    switch parameter {
    case .quorum: quorum != nil
    case .level: level != nil
    case .separate: !separate.isEmpty
    case .scopes: !scopes.isEmpty
    case .suites: !suites.isEmpty
    case .assessments: !assessments.isEmpty
    case .maximumResidual: maximumResidual != nil
    case .moments: !moments.isEmpty
    case .partners: !partners.isEmpty
    case .audiences: !audiences.isEmpty
    case .leadTime: leadTime != nil
    case .procedures: !procedures.isEmpty
    case .predicateTypes: !predicateTypes.isEmpty
    case .communities: !communities.isEmpty
    case .within: within != nil
    case .minimum: minimum != nil
    case .capabilities: !capabilities.isEmpty
    case .by: by != nil
    }
  }

  /// The words of a list that a parameter is; none where it is no list.
  package func words(of parameter: RuleParameter) -> [String] {
    switch parameter {
    case .separate: separate.map(\.rawValue)
    case .scopes: scopes.map(\.rawValue)
    case .suites: suites
    case .assessments: assessments.map(\.rawValue)
    case .moments: moments.map(\.rawValue)
    case .partners: partners.map(\.rawValue)
    case .audiences: audiences
    case .procedures: procedures
    case .predicateTypes: predicateTypes
    case .communities: communities.map(\.rawValue)
    case .capabilities: capabilities
    case .by: by?.words ?? []
    case .quorum, .level, .maximumResidual, .leadTime, .within, .minimum: []
    }
  }
}

extension PolicyDocument.EvidenceSource {
  /// Whom it names, each in a word or two.
  package var words: [String] {
    kinds.map(\.words) + accounts.map(\.text) + capabilities.map { "those of capability \($0)" }
      + independentOf.map { "not the \($0.rawValue)" }
  }

  /// Whether it names anybody at all.
  package var isEmpty: Bool {
    kinds.isEmpty && accounts.isEmpty && capabilities.isEmpty && independentOf.isEmpty
  }
}

extension PolicyDocument.Kinds {
  fileprivate var words: String {
    switch self {
    case .human: "linked humans"
    case .service: "service accounts of linked humans"
    }
  }
}
