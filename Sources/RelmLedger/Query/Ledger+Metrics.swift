package import RelmDomain
package import RelmProjections
package import RelmProof

/// Which deployments the delivery metrics are asked of.
package struct MetricsQuestion: Sendable {
  /// Only this package.
  package var package: String?
  /// Only this environment, be it production or not; without one, all of production.
  package var environment: String?
  /// Deployments that ended, and incidents that began, from its beginning to before its end.
  package var span: Range<Instant>
  /// What the span is divided by.
  package var unit: CalendarUnit?

  package init(
    package: String? = nil, environment: String? = nil, span: Range<Instant>, unit: CalendarUnit? = nil
  ) {
    self.package = package
    self.environment = environment
    self.span = span
    self.unit = unit
  }
}

/// What the delivery metrics are, or why there are none.
package enum MetricsAnswer: Sendable {
  case report(MetricsReport)
  /// The ledger knows no such package; which of its names is nearest.
  case unknownPackage(nearest: String?)
  /// The ledger knows no such environment; which of its names is nearest.
  case unknownEnvironment(nearest: String?)
}

extension Ledger {
  /// The delivery metrics as the ledger tells them: now, or as of the moment that it is as of.
  ///
  /// - Parameters:
  ///   - question: of which deployments.
  ///   - time: what the report says it was told at.
  package func metrics(_ question: MetricsQuestion, at time: Instant) throws -> MetricsAnswer {
    try withViews { rows, size in
      try metrics(question, rows: rows, size: size, at: time, happenedBy: asOf?.happenedBy)
    }
  }

  /// The delivery metrics that rows of the views tell.
  ///
  /// The rows are walked once. What is kept grows with the deployments and incidents of the span, not with the log.
  ///
  /// - Parameters:
  ///   - question: of which deployments.
  ///   - rows: current rows, or those of another moment.
  ///   - size: how many of the log's events they rest on.
  ///   - time: what the report says it was told at.
  ///   - happenedBy: what the report says that the rows are limited to; nil where they are not.
  package func metrics(
    _ question: MetricsQuestion, rows: any RowReading, size: TreeSize, at time: Instant,
    happenedBy: Instant? = nil
  ) throws -> MetricsAnswer {
    let scope = DeploymentScope(question.environment, rows)
    if let package = question.package, try !isKnown(package: package, rows) {
      return .unknownPackage(nearest: EditDistance.nearest(to: package, in: try packages(rows).sorted()))
    }
    if let environment = question.environment, try !isKnown(environment: environment, rows) {
      return .unknownEnvironment(
        nearest: EditDistance.nearest(to: environment, in: try environments(rows).sorted()))
    }
    var deliveries = try deliveries(question, scope, rows)
    try fillIn(&deliveries, rows) { event in
      event.position.value < size.value && happenedBy.map { event.happened <= $0 } ?? true
    }
    let incidents = try incidents(question, scope, naming: Set(deliveries.map(\.name)), rows)
    let metrics = DeliveryMetrics(deliveries, incidents: incidents, in: question.span, by: question.unit)
    let last = try recordedTime(of: size)
    return .report(
      MetricsReport(
        wording: DeliveryDefinitions.wording,
        asOf: MetricsReport.AsOf(
          events: Int(size.value), recorded: last ?? time, time: time, happenedBy: happenedBy),
        from: question.span.lowerBound, until: question.span.upperBound, package: question.package,
        environment: question.environment,
        by: question.unit.map { unit in
          switch unit {
          case .week: .week
          case .month: .month
          }
        },
        total: metrics.total, periods: metrics.periods, failures: metrics.failures,
        unattributed: metrics.unattributed))
  }

  private func deliveries(
    _ question: MetricsQuestion, _ scope: DeploymentScope, _ rows: any RowReading
  ) throws -> [Delivery] {
    var collector = DeliveryCollector(span: question.span)
    try forEachRow(of: Attempts.self, under: question.package.map { [$0] } ?? [], in: rows) { row in
      if row.kind == .deployment, let environment = row.environment, try scope.counts(environment) {
        collector.add(row)
      }
      return true
    }
    return collector.finish()
  }

  /// What the releases say of their deployments: what they are for, and which commits came with them.
  ///
  /// - Parameters:
  ///   - deliveries: those of the span; releases are neighbours in them.
  ///   - rows: the views.
  ///   - isTold: whether an event is among those that the rows rest on.
  private func fillIn(
    _ deliveries: inout [Delivery], _ rows: any RowReading, isTold: (RecordedEvent) -> Bool
  ) throws {
    var purposes: (of: DeploymentName, is: Delivery.Purpose)?
    for place in deliveries.indices {
      let name = deliveries[place].name
      // Deployments of a release are neighbours.
      if let known = purposes, known.of.package == name.package, known.of.version == name.version {
        deliveries[place].purpose = known.is
      } else {
        let plan = try Releases.row(Releases.key(package: name.package, version: name.version), in: rows)?.plan
        let purpose: Delivery.Purpose =
          plan.map { $0.class == .emergency || !$0.fixes.isEmpty ? .remedial : .planned } ?? .unknown
        purposes = (name, purpose)
        deliveries[place].purpose = purpose
      }
      if deliveries[place].isFirst {
        deliveries[place].commits = try commits(of: name.release, rows, isTold: isTold)
      }
    }
  }

  /// The commits that a release's plan names, as last changed, and those of its successful builds; each once, with
  /// the earliest time that is told of it.
  private func commits(
    of release: String, _ rows: any RowReading, isTold: (RecordedEvent) -> Bool
  ) throws -> [Delivery.Commit] {
    var planned: [Commit] = []
    var built: [Commit] = []
    let history = History(indexes: rows) { [self] position in try recorded(position) }
    for position in try history.positions(inStream: release)
    where try Annulments.counts(position, in: rows) {
      let event = try history.event(at: position)
      guard isTold(event), case .release(let said) = event.event else { continue }
      if case .releasePlanned(let data) = said {
        planned = data.commits
      } else if case .releaseScopeChanged(let data) = said, !data.commits.isEmpty {
        planned = data.commits
      } else if case .buildFinished(let data) = said, data.outcome == .succeeded {
        built += data.commits
      }
    }
    var order: [String] = []
    var times: [String: Instant?] = [:]
    for commit in planned + built {
      let at = commit.committedAt?.instant
      if let known = times[commit.id] {
        times[commit.id] = .some([known, at].compactMap { $0 }.min())
      } else {
        order.append(commit.id)
        times[commit.id] = .some(at)
      }
    }
    return order.map { Delivery.Commit(id: $0, at: times[$0] ?? nil) }
  }

  /// The incidents that began in the span or name one of the deployments.
  private func incidents(
    _ question: MetricsQuestion, _ scope: DeploymentScope, naming deployments: Set<DeploymentName>,
    _ rows: any RowReading
  ) throws -> [DeliveryIncident] {
    let releases = Set(deployments.map(\.release))
    var found: [DeliveryIncident] = []
    try forEachRow(of: Incidents.self, in: rows) { row in
      let isOfSpan = (row.beganAt ?? row.opened?.at).map(question.span.contains) ?? false
      guard isOfSpan || row.causes.contains(where: { releases.contains($0.release) }) else { return true }
      let incident = try DeliveryIncident(
        row, package: question.package, isProduction: scope.isProduction, counts: scope.counts
      ) { package, version in
        var attempts: [AttemptRow] = []
        let deployments = [package, version, AttemptRow.Kind.deployment.rawValue]
        try forEachRow(of: Attempts.self, under: deployments, in: rows) { row in
          attempts.append(row)
          return true
        }
        return attempts
      }
      found.append(incident)
      return true
    }
    return found
  }
}

/// Which environments' deployments are counted.
private final class DeploymentScope {
  private let only: String?
  private let rows: any RowReading
  private var known: [String: Bool] = [:]

  init(_ only: String?, _ rows: any RowReading) {
    self.only = only
    self.rows = rows
  }

  /// Whether a deployment to an environment counts: it is the one that is asked for, or one of production.
  func counts(_ environment: String) throws -> Bool {
    try only.map { $0.utf8.elementsEqual(environment.utf8) } ?? isProduction(environment)
  }

  func isProduction(_ environment: String) throws -> Bool {
    if let known = known[environment] { return known }
    // What was deployed before an environment was retired was deployed to what it was then.
    let registration = try Environments.row(Environments.key(environment), in: rows)?.registration
    let isProduction =
      switch registration?.context {
      case .production, nil: true
      case .development: false
      }
    known[environment] = isProduction
    return isProduction
  }
}
