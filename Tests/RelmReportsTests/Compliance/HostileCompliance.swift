import RelmDomain
import RelmReports

/// A report in which everything that somebody wrote is an attack.
enum HostileCompliance {
  static let attack = #"</script></style></title>"'><img src=x onerror=alert(1)><!-- | `x` **b** [a](b)"#

  static var report: ComplianceReport {
    var report = SampleCompliance.quarter
    report.origin = attack
    report.scope.package = attack
    report.scope.version = attack
    report.scope.environment = attack
    report.scope.zone = attack
    report.scope.draft = attack
    report.scope.frameworks = [attack]
    report.asOf.root = attack
    for place in report.population.indices { attack(&report.population[place]) }
    for place in report.exceptions.indices {
      report.exceptions[place].release = attack
      report.exceptions[place].environment = attack
      report.exceptions[place].policy = attack
      report.exceptions[place].reason = attack
    }
    for place in report.overrides.indices {
      report.overrides[place].release = attack
      report.overrides[place].environment = attack
      report.overrides[place].reason = attack
      report.overrides[place].incident = attack
      report.overrides[place].freeze = attack
    }
    for place in report.lateEvidence.indices {
      report.lateEvidence[place].release = attack
      report.lateEvidence[place].type = attack
    }
    for place in report.governance.indices {
      report.governance[place].type = attack
      report.governance[place].subject = attack
    }
    for place in report.authority.indices {
      report.authority[place].services = [attack]
      report.authority[place].packages = [attack]
    }
    for place in report.reconciliation.indices {
      report.reconciliation[place].environment = attack
      report.reconciliation[place].item = attack
      report.reconciliation[place].version = attack
    }
    for place in report.clauses.indices {
      report.clauses[place].framework = attack
      report.clauses[place].clause = attack
      report.clauses[place].title = attack
      report.clauses[place].why = attack
    }
    return report
  }

  private static func attack(_ attempt: inout ComplianceReport.Attempt) {
    attempt.release = attack
    attempt.environment = attack
    attempt.deployment = attack
    for place in attempt.policies.indices {
      attempt.policies[place].policy = attack
      attempt.policies[place].version = attack
    }
    for place in attempt.findings.indices {
      attempt.findings[place].policy = attack
      attempt.findings[place].policyVersion = attack
      attempt.findings[place].reason = attack
      attempt.findings[place].waiver?.control = attack + " instead"
    }
    for place in attempt.evidence.indices {
      attempt.evidence[place].type = attack
      attempt.evidence[place].subject = attack
      attempt.evidence[place].hash = attack
    }
  }
}
