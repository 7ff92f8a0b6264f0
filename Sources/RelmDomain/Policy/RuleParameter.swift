/// A parameter that a rule of a policy may have, by its name on the wire.
package enum RuleParameter: String, Sendable, CaseIterable {
  case quorum, level, separate, scopes, suites, assessments, maximumResidual, moments, partners, audiences,
    leadTime,
    procedures, predicateTypes, communities, within, minimum, capabilities
}

/// The one table of which rule takes which parameters.
///
/// The schema of the policy says the same in the words of its fields, and a test compares the two.
extension RuleName {
  /// The parameters that it may have.
  package var parameters: [RuleParameter] {
    switch self {
    case .approved: [.quorum, .level, .separate, .scopes]
    case .attested: [.predicateTypes]
    case .baselined: [.moments]
    case .built: [.capabilities]
    case .capabilityInPlace: [.capabilities]
    case .communicated: [.audiences, .leadTime]
    case .componentsAssessed: [.assessments]
    case .handedOver: [.communities, .within]
    case .partnersConsulted: [.partners]
    case .personnelCompetent: [.level]
    case .procedureApplied: [.procedures]
    case .reconciled, .recordedPromptly, .reviewed, .verified: [.within]
    case .riskAssessed: [.maximumResidual]
    case .supported: [.minimum]
    case .tested: [.suites, .capabilities]
    case .authorised, .classified, .designed, .gated, .notFrozen, .planned, .rollbackPlanned, .scheduled,
      .validated:
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
      .recordedPromptly, .reviewed, .riskAssessed, .rollbackPlanned, .scheduled, .supported, .tested,
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
    case .quorum, .level, .maximumResidual, .leadTime, .within, .minimum: []
    }
  }
}
