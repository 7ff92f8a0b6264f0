internal import RelmDomain

/// What is counted of the deployments and incidents of one span of time.
struct DeliveryTally {
  /// What a release's first deployment says of lead times.
  struct Leads {
    var seconds: [Int] = []
    /// How many commits are dated after their deployment.
    var negative = 0
    /// Whether any of its commits has a time.
    var hasTimes = false
  }

  /// How days are counted.
  private let calendar: LocalDays
  private var deployments = 0
  private var cancelled = 0
  private var successful = 0
  private var days: Set<Int64> = []
  private var leads: [Int] = []
  private var negativeLeads = 0
  private var firstDeployments = 0
  private var withoutCommitTimes = 0
  private var failed = 0
  private var reasons: [MetricsReport.Reason: Int] = [:]
  private var suspected = 0
  private var recoveries: [Int] = []
  private var unrecovered = 0
  private var unmeasured = 0
  private var remedial = 0
  private var withoutPlan = 0
  private var unattributed = 0
  private var undecided = 0

  init(by calendar: LocalDays) { self.calendar = calendar }

  /// - Parameter leads: of a release's first deployment; nil of another.
  mutating func add(_ delivery: Delivery, _ verdict: DeliveryVerdict, _ leads: Leads?) {
    deployments += 1
    switch delivery.outcome {
    case .succeeded:
      successful += 1
      days.insert(calendar.day(of: delivery.ended.at))
    case .cancelled: cancelled += 1
    case .failed, .errored, nil: break
    }
    if let leads {
      firstDeployments += 1
      if !leads.hasTimes { withoutCommitTimes += 1 }
      self.leads += leads.seconds
      negativeLeads += leads.negative
    }
    switch verdict.recovery {
    case .recovered(let seconds): recoveries.append(seconds)
    case .unrecovered: unrecovered += 1
    case .unmeasured: unmeasured += 1
    case nil: break
    }
    if verdict.recovery != nil { failed += 1 }
    for reason in verdict.reasons { reasons[reason, default: 0] += 1 }
    if verdict.isSuspected { suspected += 1 }
    switch delivery.purpose {
    case .remedial: remedial += 1
    case .unknown: withoutPlan += 1
    case .planned: break
    }
  }

  /// An incident that began in the span.
  mutating func add(_ incident: DeliveryIncident) {
    if incident.isUnattributed { unattributed += 1 }
    undecided += incident.undecided
  }

  func measures(over span: Range<Instant>) -> MetricsReport.Measures {
    let lead = Percentiles(of: leads)
    let recovery = Percentiles(of: recoveries)
    return MetricsReport.Measures(
      from: span.lowerBound, until: span.upperBound, deployments: deployments, cancelled: cancelled,
      leadTime: MetricsReport.LeadTime(
        commits: leads.count, medianSeconds: lead.value(50),
        p90Seconds: lead.value(90),
        deployments: firstDeployments, withoutCommitTimes: withoutCommitTimes, negative: negativeLeads),
      frequency: MetricsReport.Frequency(
        successful: successful, days: days.count, seconds: span.lowerBound.seconds(to: span.upperBound)),
      recovery: MetricsReport.Recovery(
        recovered: recoveries.count, medianSeconds: recovery.value(50),
        p90Seconds: recovery.value(90), unrecovered: unrecovered, unmeasured: unmeasured),
      failRate: MetricsReport.FailRate(
        failed: failed, of: deployments, byOutcome: reasons[.outcome] ?? 0, byRollback: reasons[.rollback] ?? 0,
        byIncident: reasons[.incident] ?? 0, suspected: suspected, unattributedIncidents: unattributed,
        undecidedCauses: undecided),
      rework: MetricsReport.Rework(remedial: remedial, of: deployments, withoutPlan: withoutPlan))
  }
}
