package import RelmDomain

/// DORA's five measures of software delivery: a fold over deployments and incidents. ``DeliveryDefinitions`` says in
/// words what is computed here.
package struct DeliveryMetrics: Sendable, Equatable {
  /// Over the whole span.
  package let total: MetricsReport.Measures
  /// Over each week or month of it; none where it is not divided.
  package let periods: [MetricsReport.Measures]
  /// The deployments that failed, in the order in which they ended.
  package let failures: [MetricsReport.Failure]
  /// The incidents of the span for which nothing is named as a cause, in the order in which they began.
  package let unattributed: [MetricsReport.Unattributed]

  /// - Parameters:
  ///   - deliveries: the deployments to be counted; those outside the span are left out.
  ///   - incidents: at least those that began in the span or name one of the deployments.
  ///   - span: from its beginning to before its end.
  ///   - unit: what it is divided by.
  ///   - days: how days are counted.
  package init(
    _ deliveries: [Delivery], incidents: [DeliveryIncident], in span: Range<Instant>,
    by unit: CalendarUnit? = nil, days: LocalDays = .utc
  ) {
    let deliveries = deliveries.filter { span.contains($0.ended.at) }.sorted { $0.ended < $1.ended }
    let blame = Blame(incidents)
    var whole = DeliveryTally(by: days)
    let parts = unit?.parts(of: span, by: days) ?? []
    var tallies = Array(repeating: DeliveryTally(by: days), count: parts.count)
    var failures: [MetricsReport.Failure] = []
    var met: Set<String> = []
    var part = 0
    for delivery in deliveries {
      let leads = delivery.isFirst ? Self.leads(of: delivery, met: &met) : nil
      let verdict = DeliveryVerdict(delivery, blame)
      whole.add(delivery, verdict, leads)
      if let failure = verdict.failure(delivery) { failures.append(failure) }
      while part < parts.count, delivery.ended.at >= parts[part].upperBound { part += 1 }
      if part < parts.count { tallies[part].add(delivery, verdict, leads) }
    }
    var unattributed: [MetricsReport.Unattributed] = []
    for incident in incidents {
      guard let began = incident.began, span.contains(began) else { continue }
      whole.add(incident)
      if let part = parts.firstIndex(where: { $0.contains(began) }) { tallies[part].add(incident) }
      if incident.isUnattributed { unattributed.append(.init(incident: incident.incident, began: began)) }
    }
    total = whole.measures(over: span)
    periods = zip(parts, tallies).map { part, tally in tally.measures(over: part) }
    self.failures = failures
    self.unattributed = unattributed.sorted {
      $0.began == $1.began
        ? $0.incident.utf8.lexicographicallyPrecedes($1.incident.utf8) : $0.began < $1.began
    }
  }

  /// How long the commits of a release waited that came with no earlier one, in the span or before it.
  private static func leads(of delivery: Delivery, met: inout Set<String>) -> DeliveryTally.Leads {
    var leads = DeliveryTally.Leads()
    leads.hasTimes = delivery.commits.contains { $0.at != nil }
    for commit in delivery.commits where met.insert(commit.id).inserted && !commit.cameBefore {
      guard let at = commit.at else { continue }
      if at > delivery.ended.at {
        leads.negative += 1
      } else {
        leads.seconds.append(at.seconds(to: delivery.ended.at))
      }
    }
    return leads
  }
}
