package import RelmDomain
internal import RelmHistory
internal import RelmJudging
package import RelmViews
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
  /// How days are counted, and the name of the zone whose days those are; UTC without one.
  package var days: LocalDays
  package var zone: String?

  package init(
    package: String? = nil, environment: String? = nil, span: Range<Instant>, unit: CalendarUnit? = nil,
    days: LocalDays = .utc, zone: String? = nil
  ) {
    self.package = package
    self.environment = environment
    self.span = span
    self.unit = unit
    self.days = days
    self.zone = zone
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
    var (deliveries, hasEarlier) = try deliveries(question, scope, rows)
    let history = History(indexes: rows) { [self] position in try recorded(position) }
    let commits = ReleaseCommits(history) { event in
      event.position.value < size.value && happenedBy.map { event.happened <= $0 } ?? true
    }
    let arrivals = hasEarlier ? EarlierArrivals(question, scope, rows, commits) : nil
    try fillIn(&deliveries, rows, commits, arrivals)
    let incidents = try incidents(question, scope, naming: Set(deliveries.map(\.name)), rows)
    let metrics = DeliveryMetrics(
      deliveries, incidents: incidents, in: question.span, by: question.unit, days: question.days)
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
        zone: question.zone, total: metrics.total, periods: metrics.periods, failures: metrics.failures,
        unattributed: metrics.unattributed))
  }

  /// The deployments of the span, and whether there were others with success before it.
  private func deliveries(
    _ question: MetricsQuestion, _ scope: DeploymentScope, _ rows: any RowReading
  ) throws -> ([Delivery], hasEarlier: Bool) {
    var collector = DeliveryCollector(span: question.span)
    try forEachRow(of: Attempts.self, under: question.package.map { [$0] } ?? [], in: rows) { row in
      if row.kind == .deployment, let environment = row.environment, try scope.counts(environment) {
        collector.add(row)
      }
      return true
    }
    return (collector.finish(), collector.hasEarlierSuccess)
  }

  /// What the releases say of their deployments: what they are for, and which commits came with them.
  ///
  /// - Parameters:
  ///   - deliveries: those of the span; releases are neighbours in them.
  ///   - rows: the views.
  ///   - commits: what releases are made of.
  ///   - arrivals: what came before the span; nil where nothing did.
  private func fillIn(
    _ deliveries: inout [Delivery], _ rows: any RowReading, _ commits: ReleaseCommits,
    _ arrivals: EarlierArrivals?
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
      guard deliveries[place].isFirst else { continue }
      deliveries[place].commits = try commits.of(name.release).map { commit in
        var commit = commit
        commit.cameBefore = try arrivals?.hold(commit.id, otherThan: name.release) ?? false
        return commit
      }
    }
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
final class DeploymentScope {
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
