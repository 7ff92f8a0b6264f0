package import RelmDomain

extension PolicyDocument {
  /// Why a policy takes a release for critical; nil where it does not.
  ///
  /// - Parameters:
  ///   - release: as it stood before the deployment.
  ///   - risk: how its risk was assessed last.
  package func critical(_ release: ReleaseRow?, risk: RelmDomain.RiskAssessed?) -> String? {
    guard let plan = release?.plan else { return nil }
    if plan.critical { return "it was planned as such" }
    guard let marks = criticalWhen else { return nil }
    if marks.classes.contains(plan.class) { return "it is of the class \(plan.class.rawValue)" }
    if let service = plan.services.first(where: marks.services.contains) { return "it changes \(service)" }
    if let least = marks.residualRisk, let risk, risk.residual >= least {
      return "its residual risk is \(risk.residual)"
    }
    if let least = marks.securityImpact, let impact = risk?.securityImpact, impact.isAtLeast(least) {
      return "its security impact is \(impact.rawValue)"
    }
    return nil
  }
}

extension Severity {
  /// Whether it is as bad as another, or worse.
  fileprivate func isAtLeast(_ other: Severity) -> Bool {
    func rank(_ severity: Severity) -> Int {
      switch severity {
      case .low: 0
      case .medium: 1
      case .high: 2
      case .critical: 3
      }
    }
    return rank(self) >= rank(other)
  }
}

extension RelmDomain.RiskAssessed {
  /// What is left of the risk after the mitigations: likelihood times impact, 1 to 25.
  var residual: Int { residualLikelihood * residualImpact }
}
