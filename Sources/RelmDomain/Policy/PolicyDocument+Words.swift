extension Applicability {
  /// What it narrows to, in words; nil where it narrows nothing.
  package var inWords: String? {
    let parts = [
      ("packages", packages), ("services", services), ("environments", environments),
      ("classes", classes.map(\.rawValue)),
    ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension PolicyDocument.Criticality {
  /// The marks of a critical release, in words; nil where it names none.
  package var inWords: String? {
    var parts: [String] = []
    if !classes.isEmpty { parts.append("class " + classes.map(\.rawValue).joined(separator: " or ")) }
    if !services.isEmpty { parts.append("service " + services.joined(separator: " or ")) }
    if let residualRisk { parts.append("residual risk from \(residualRisk)") }
    if let securityImpact { parts.append("security impact from \(securityImpact.rawValue)") }
    return parts.isEmpty ? nil : parts.joined(separator: "; or ")
  }
}

extension PolicyDocument.Requirement {
  /// The rule with what it is to go by: "approved (quorum 2, level 5)".
  package var inWords: String {
    let told = parameters.map { "\($0.rawValue) \(inWords($0))" }
    return told.isEmpty ? rule.rawValue : "\(rule.rawValue) (\(told.joined(separator: ", ")))"
  }

  /// A parameter's value in words.
  package func inWords(_ parameter: RuleParameter) -> String {
    switch parameter {
    case .quorum: quorum.map(String.init) ?? ""
    case .level: level.map(String.init) ?? ""
    case .maximumResidual: maximumResidual.map(String.init) ?? ""
    case .leadTime: leadTime?.text ?? ""
    case .within: within?.text ?? ""
    case .minimum: minimum?.text ?? ""
    case .separate, .scopes, .suites, .assessments, .moments, .partners, .audiences, .procedures,
      .predicateTypes, .communities, .capabilities, .by:
      words(of: parameter).joined(separator: ", ")
    }
  }
}
