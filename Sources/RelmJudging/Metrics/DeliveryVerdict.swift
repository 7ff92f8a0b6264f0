internal import RelmDomain

/// What incidents say of deployments.
struct Blame {
  private(set) var confirmed: [DeploymentName: [DeliveryIncident]] = [:]
  private(set) var suspected: Set<DeploymentName> = []

  init(_ incidents: [DeliveryIncident]) {
    for incident in incidents {
      for name in incident.confirmed { confirmed[name, default: []].append(incident) }
      suspected.formUnion(incident.suspected)
    }
  }
}

extension DeliveryIncident {
  /// Whether it counts as one for which no cause is named.
  var isUnattributed: Bool { isInScope && !hasCause }
}

/// Whether a deployment failed, what says so, and how long it took to recover.
struct DeliveryVerdict {
  enum Recovery: Equatable {
    case recovered(seconds: Int)
    case unrecovered
    case unmeasured
  }

  let reasons: [MetricsReport.Reason]
  /// The incidents that name it as their confirmed cause.
  let incidents: [DeliveryIncident]
  /// Whether it is only suspected.
  let isSuspected: Bool
  /// Nil where it did not fail.
  let recovery: Recovery?

  init(_ delivery: Delivery, _ blame: Blame) {
    var reasons: [MetricsReport.Reason] = []
    let hasFailed =
      switch delivery.outcome {
      case .failed, .errored: true
      case .succeeded, .cancelled, nil: false
      }
    if hasFailed { reasons.append(.outcome) }
    if delivery.rolledBack != nil { reasons.append(.rollback) }
    incidents = blame.confirmed[delivery.name] ?? []
    if !incidents.isEmpty { reasons.append(.incident) }
    self.reasons = reasons
    isSuspected = reasons.isEmpty && blame.suspected.contains(delivery.name)
    recovery = reasons.isEmpty ? nil : Self.recovery(delivery, incidents, hasFailed: hasFailed)
  }

  private static func recovery(
    _ delivery: Delivery, _ incidents: [DeliveryIncident], hasFailed: Bool
  ) -> Recovery {
    guard let end = end(delivery, incidents, hasFailed: hasFailed) else { return .unrecovered }
    guard let beginning = beginning(delivery, incidents), beginning <= end else { return .unmeasured }
    return .recovered(seconds: beginning.seconds(to: end))
  }

  /// When the failure began: with the earliest of its incidents, or else when the deployment was finished.
  private static func beginning(_ delivery: Delivery, _ incidents: [DeliveryIncident]) -> Instant? {
    incidents.compactMap(\.began).min() ?? (delivery.outcome == nil ? nil : delivery.ended.at)
  }

  /// When it was over: when the last of its incidents was resolved; or else, when it was rolled back; or else, of a
  /// deployment that itself said that it failed, with the next that succeeded there.
  private static func end(
    _ delivery: Delivery, _ incidents: [DeliveryIncident], hasFailed: Bool
  ) -> Instant? {
    let resolved = incidents.compactMap(\.resolved)
    if resolved.count == incidents.count, let last = resolved.max() { return last }
    if let rolledBack = delivery.rolledBack { return rolledBack.at }
    return hasFailed ? delivery.nextSuccess?.at : nil
  }

  /// The line of the report; nil where the deployment did not fail.
  func failure(_ delivery: Delivery) -> MetricsReport.Failure? {
    guard let recovery else { return nil }
    let (standing, seconds): (MetricsReport.Standing, Int?) =
      switch recovery {
      case .recovered(let seconds): (.recovered, seconds)
      case .unrecovered: (.unrecovered, nil)
      case .unmeasured: (.unmeasured, nil)
      }
    return MetricsReport.Failure(
      release: delivery.name.release, deployment: delivery.name.deployment, environment: delivery.environment,
      finished: delivery.ended, reasons: reasons,
      incidents: incidents.map(\.incident).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      standing: standing, recoverySeconds: seconds)
  }
}
