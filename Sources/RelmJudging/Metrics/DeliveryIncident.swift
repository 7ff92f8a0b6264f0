package import RelmDomain

/// An incident, with the deployments that it names as its causes.
package struct DeliveryIncident: Sendable, Equatable {
  package let incident: String
  /// When it began, or else was opened; nil where neither is recorded.
  package let began: Instant?
  package let resolved: Instant?
  /// Whether anything at all is named as a cause, confirmed or suspected.
  package let hasCause: Bool
  /// Whether it can be counted as one of where deployments are counted: it is of one of those environments, or of none.
  package let isInScope: Bool
  package let confirmed: Set<DeploymentName>
  package let suspected: Set<DeploymentName>
  /// How many confirmed causes tell no single deployment.
  package let undecided: Int

  package init(
    incident: String, began: Instant?, resolved: Instant? = nil, hasCause: Bool, isInScope: Bool = true,
    confirmed: Set<DeploymentName> = [], suspected: Set<DeploymentName> = [], undecided: Int = 0
  ) {
    self.incident = incident
    self.began = began
    self.resolved = resolved
    self.hasCause = hasCause
    self.isInScope = isInScope
    self.confirmed = confirmed
    self.suspected = suspected
    self.undecided = undecided
  }

  /// Reads the causes of a row.
  ///
  /// A cause that names a deployment means it; of several environments under that id, the one in the incident's. One that names only a release means its one deployment, in the
  /// incident's environment where it has one and else to production; where there are several, which one is not guessed,
  /// not even where only one of them is asked for.
  ///
  /// - Parameters:
  ///   - package: the only package whose causes are asked for; nil for all.
  ///   - isProduction: whether an environment is one of production.
  ///   - counts: whether deployments to an environment are asked for.
  ///   - deployments: every deployment of a release, wherever and whenever.
  package init(
    _ row: IncidentRow, package: String?, isProduction: (String) throws -> Bool,
    counts: (String) throws -> Bool,
    deployments: (_ package: String, _ version: String) throws -> [AttemptRow]
  ) throws {
    var confirmed: Set<DeploymentName> = []
    var suspected: Set<DeploymentName> = []
    var undecided = 0
    let isInScope = try row.environment.map(counts) ?? true
    for cause in row.causes {
      guard case .release(let name, let version)? = Subject.named(cause.release),
        package.map({ $0.utf8.elementsEqual(name.utf8) }) ?? true
      else { continue }
      let known = try deployments(name, version)
      let meant: [AttemptRow]
      if let deployment = cause.deployment {
        let named = known.filter { $0.id == deployment }
        let there = named.filter { $0.environment == row.environment }
        meant = there.isEmpty ? named : there
      } else {
        meant = try known.filter { candidate in
          guard candidate.deploymentEnd != nil, let place = candidate.environment else { return false }
          return try row.environment.map { $0 == place } ?? isProduction(place)
        }
      }
      guard meant.count == 1, let one = meant.first, let place = one.environment else {
        if cause.confidence == .confirmed, isInScope { undecided += 1 }
        continue
      }
      let deployment = DeploymentName(
        package: name, version: version, deployment: one.id, environment: place)
      switch cause.confidence {
      case .confirmed: confirmed.insert(deployment)
      case .suspected: suspected.insert(deployment)
      }
    }
    self.init(
      incident: row.incident, began: row.beganAt ?? row.opened?.at, resolved: row.resolvedAt,
      hasCause: !row.causes.isEmpty, isInScope: isInScope, confirmed: confirmed,
      suspected: suspected.subtracting(confirmed), undecided: undecided)
  }
}
