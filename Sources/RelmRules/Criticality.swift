internal import RelmDomain

extension PolicyDocument {
  /// Why a policy takes a release for critical; nil where it does not.
  ///
  /// - Parameters:
  ///   - scope: what it was planned to be, as it stood before the deployment.
  ///   - risks: the risk assessments that stand.
  func critical(_ scope: ReleaseScope, _ risks: [RelmDomain.RiskAssessed]) -> String? {
    guard !scope.classes.isEmpty else { return nil }
    if scope.isCritical { return "it was planned as such" }
    guard let marks = criticalWhen else { return nil }
    if let mark = scope.classes.first(where: marks.classes.contains) {
      return "it is of the class \(mark.rawValue)"
    }
    if let service = scope.services.names.first(where: marks.services.contains) {
      return "it changes \(service)"
    }
    if scope.services.meet(marks.services) {
      return
        "it may change \(marks.services.joined(separator: " or ")), as nobody with level 5 has said what it changes"
    }
    if let least = marks.residualRisk, let risk = risks.last(where: { $0.residual >= least }) {
      return "its residual risk is \(risk.residual)"
    }
    if let least = marks.securityImpact,
      let impact = risks.compactMap(\.securityImpact).last(where: { $0.isAtLeast(least) })
    {
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
