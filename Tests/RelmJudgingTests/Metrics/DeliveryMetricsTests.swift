import RelmDomain
import RelmJudging
import RelmProof
import Testing

@Suite("The delivery metrics")
struct DeliveryMetricsTests {
  /// Monday, 2026-11-02.
  private static let start = Instant(microseconds: 1_793_577_600_000_000)

  private static func hour(_ hours: Int) -> Instant {
    start.advanced(byMicroseconds: Int64(hours) * 3_600_000_000)
  }

  private static func moment(_ hours: Int, _ position: Int = 0) -> Moment {
    Moment(at: hour(hours), position: Position(UInt64(position)))
  }

  private static let span = start..<hour(28 * 24)

  private static func delivery(
    _ version: String, at hours: Int, _ outcome: Outcome? = .succeeded, rolledBack: Int? = nil,
    isFirst: Bool = true,
    nextSuccess: Int? = nil, purpose: Delivery.Purpose = .planned, commits: [(String, Int?)] = []
  ) -> Delivery {
    Delivery(
      name: DeploymentName(
        package: "api", version: version, deployment: "d", environment: "production"),
      environment: "production",
      ended: moment(hours), outcome: outcome, rolledBack: rolledBack.map { moment($0) },
      isFirst: isFirst && outcome == .succeeded, nextSuccess: nextSuccess.map { moment($0) }, purpose: purpose,
      commits: commits.map { Delivery.Commit(id: $0.0, at: $0.1.map(hour)) })
  }

  private static func incident(
    _ name: String, began: Int?, resolved: Int? = nil, confirmed: [String] = [], suspected: [String] = [],
    undecided: Int = 0
  ) -> DeliveryIncident {
    func names(_ versions: [String]) -> Set<DeploymentName> {
      Set(
        versions.map { DeploymentName(package: "api", version: $0, deployment: "d", environment: "production") }
      )
    }
    return DeliveryIncident(
      incident: name, began: began.map(hour), resolved: resolved.map(hour),
      hasCause: !(confirmed + suspected).isEmpty || undecided > 0, confirmed: names(confirmed),
      suspected: names(suspected), undecided: undecided)
  }

  private func measure(_ deliveries: [Delivery], _ incidents: [DeliveryIncident] = []) -> DeliveryMetrics {
    DeliveryMetrics(deliveries, incidents: incidents, in: Self.span, by: .week)
  }

  @Test("a commit is measured to the first deployment that it came with, and only once")
  func leadTime() {
    let metrics = measure([
      Self.delivery("1", at: 10, commits: [("a", 4), ("b", 8)]),
      // a came with 1 already; the second deployment of 1 says nothing new.
      Self.delivery("2", at: 30, commits: [("a", 4), ("c", 20)]),
      Self.delivery("1", at: 40, isFirst: false, commits: [("a", 4)]),
    ])
    let lead = metrics.total.leadTime
    #expect(lead.commits == 3)
    #expect(lead.medianSeconds == 6 * 3600 && lead.p90Seconds == 10 * 3600)
    #expect(lead.deployments == 2 && lead.withoutCommitTimes == 0 && lead.negative == 0)
  }

  @Test("a commit that came before the span counts neither as measured nor as dated wrongly")
  func cameBefore() {
    var delivery = Self.delivery("2", at: 30, commits: [("a", 4), ("b", 40), ("c", 20)])
    for place in 0..<2 { delivery.commits[place].cameBefore = true }
    let lead = measure([delivery]).total.leadTime
    #expect(lead.commits == 1 && lead.negative == 0 && lead.deployments == 1 && lead.withoutCommitTimes == 0)
  }

  @Test("commits that are dated after their deployment are counted apart, and so are deployments without times")
  func oddLeadTimes() {
    let lead = measure([
      Self.delivery("1", at: 10, commits: [("a", 11), ("b", 10)]),
      Self.delivery("2", at: 12, commits: [("c", nil)]), Self.delivery("3", at: 14),
    ]).total.leadTime
    #expect(lead.commits == 1 && lead.medianSeconds == 0)
    #expect(lead.negative == 1 && lead.deployments == 3 && lead.withoutCommitTimes == 2)
  }

  @Test("a deployment fails by its outcome, its rollback or an incident's confirmed cause, and by nothing else")
  func failures() {
    let metrics = measure(
      [
        Self.delivery("1", at: 1, .failed), Self.delivery("2", at: 2, .errored),
        Self.delivery("3", at: 3, .cancelled), Self.delivery("4", at: 4, rolledBack: 5),
        Self.delivery("5", at: 6), Self.delivery("6", at: 7), Self.delivery("7", at: 8),
      ],
      [
        Self.incident("INC-1", began: 6, confirmed: ["5"]), Self.incident("INC-2", began: 7, suspected: ["6"]),
        // Just after 7, and nobody says that it was 7.
        Self.incident("INC-3", began: 8),
      ])
    let rate = metrics.total.failRate
    #expect(rate.failed == 4 && rate.of == 7)
    #expect(rate.byOutcome == 2 && rate.byRollback == 1 && rate.byIncident == 1)
    #expect(rate.suspected == 1 && rate.unattributedIncidents == 1)
    #expect(metrics.failures.map(\.release).map { $0.suffix(1) } == ["1", "2", "4", "5"])
    #expect(metrics.failures.map(\.reasons) == [[.outcome], [.outcome], [.rollback], [.incident]])
    #expect(metrics.failures[3].incidents == ["INC-1"])
    #expect(metrics.unattributed.map(\.incident) == ["INC-3"])
    #expect(metrics.total.cancelled == 1)
  }

  @Test(
    "a recovery ends with the incident, else with the rollback, else with the next success after a failed outcome",
    arguments: [
      // The incident began before the deployment was finished, and decides both ends.
      (Delivery.Case(.failed, rolledBack: 12, nextSuccess: 20), [Blamed(began: 9, resolved: 15)], 6),
      // While it is open, the rollback is what is recorded.
      (Delivery.Case(.failed, rolledBack: 12, nextSuccess: 20), [Blamed(began: 9, resolved: nil)], 3),
      (Delivery.Case(.failed, rolledBack: nil, nextSuccess: 20), [Blamed(began: 9, resolved: nil)], 11),
      // Of two incidents both must be over.
      (
        Delivery.Case(.succeeded, rolledBack: nil, nextSuccess: 20),
        [Blamed(began: 11, resolved: 15), Blamed(began: 12, resolved: 18)], 7
      ),
      (
        Delivery.Case(.succeeded, rolledBack: nil, nextSuccess: 20),
        [Blamed(began: 11, resolved: 15), Blamed(began: 12, resolved: nil)], nil
      ),
      (Delivery.Case(.succeeded, rolledBack: 13, nextSuccess: 20), [], 3),
      (Delivery.Case(.errored, rolledBack: nil, nextSuccess: 20), [], 10),
      (Delivery.Case(.errored, rolledBack: nil, nextSuccess: nil), [], nil),
      // An incident that says no beginning begins with the deployment.
      (Delivery.Case(.succeeded, rolledBack: nil, nextSuccess: nil), [Blamed(began: nil, resolved: 15)], 5),
    ])
  func recovery(of delivery: Delivery.Case, blamed: [Blamed], hours: Int?) {
    let metrics = measure(
      [
        Self.delivery(
          "1", at: 10, delivery.outcome, rolledBack: delivery.rolledBack, nextSuccess: delivery.nextSuccess)
      ],
      blamed.enumerated().map { place, incident in
        Self.incident("INC-\(place)", began: incident.began, resolved: incident.resolved, confirmed: ["1"])
      })
    let recovery = metrics.total.recovery
    #expect(recovery.medianSeconds == hours.map { $0 * 3600 })
    #expect(recovery.recovered == (hours == nil ? 0 : 1) && recovery.unrecovered == (hours == nil ? 1 : 0))
    #expect(recovery.unmeasured == 0)
  }

  @Test(
    "a recovery whose times say no length is told apart: rolled back before it was finished, or never finished")
  func unmeasured() {
    let metrics = measure([
      Self.delivery("1", at: 10, .cancelled, rolledBack: 9), Self.delivery("2", at: 11, nil, rolledBack: 11),
    ])
    #expect(metrics.total.failRate.failed == 2)
    #expect(metrics.total.recovery.unmeasured == 2 && metrics.total.recovery.recovered == 0)
    #expect(metrics.failures.map(\.standing) == [.unmeasured, .unmeasured])
  }

  @Test("rework is what emergencies and fixes are; what nobody planned is told apart")
  func rework() {
    let rework = measure([
      Self.delivery("1", at: 1, purpose: .remedial), Self.delivery("2", at: 2, purpose: .planned),
      Self.delivery("3", at: 3, purpose: .unknown),
    ]).total.rework
    #expect(rework.remedial == 1 && rework.of == 3 && rework.withoutPlan == 1)
  }

  @Test("the span takes its first moment and not its last, and an empty week stands there with nothing in it")
  func periods() {
    let metrics = measure([
      Self.delivery("0", at: -1), Self.delivery("1", at: 0), Self.delivery("2", at: 7 * 24 - 1),
      Self.delivery("3", at: 7 * 24), Self.delivery("4", at: 28 * 24),
    ])
    #expect(metrics.total.deployments == 3)
    #expect(metrics.periods.map(\.deployments) == [2, 1, 0, 0])
    #expect(metrics.periods.map(\.frequency.days) == [2, 1, 0, 0])
    #expect(metrics.periods.allSatisfy { $0.frequency.seconds == 7 * 86_400 })
    #expect(metrics.periods[2].leadTime.medianSeconds == nil)
  }

  private static func anything(_ chance: inout SeededNumbers) -> ([Delivery], [DeliveryIncident]) {
    func maybe(_ bound: Int, _ chance: inout SeededNumbers) -> Int? {
      chance.below(3) == 0 ? nil : chance.below(bound) - 100
    }
    let deliveries = (0..<60).map { number in
      let outcomes: [Outcome?] = [.succeeded, .succeeded, .succeeded, .failed, .errored, .cancelled, nil]
      let outcome = outcomes[chance.below(outcomes.count)]
      let hours = chance.below(900) - 100
      let purposes: [Delivery.Purpose] = [.planned, .remedial, .unknown]
      return Delivery(
        name: DeploymentName(
          package: "api", version: "\(number)", deployment: "d", environment: "production"),
        environment: "production",
        ended: moment(hours, number), outcome: outcome,
        rolledBack: outcome == nil
          ? moment(hours, number) : chance.below(6) == 0 ? moment(hours + chance.below(50) - 5, 100) : nil,
        isFirst: outcome == .succeeded && chance.below(3) > 0,
        nextSuccess: maybe(900, &chance).map { moment(hours + abs($0), 100) },
        purpose: purposes[chance.below(3)],
        commits: (0..<chance.below(5)).map { _ in
          Delivery.Commit(
            id: "\(chance.below(40))", at: maybe(1000, &chance).map { hour($0 - 200) })
        })
    }
    let incidents = (0..<12).map { number in
      let began = maybe(900, &chance)
      return incident(
        "INC-\(number)", began: began, resolved: chance.below(3) == 0 ? nil : chance.below(1000),
        confirmed: (0..<chance.below(3)).map { _ in "\(chance.below(60))" },
        suspected: (0..<chance.below(2)).map { _ in "\(chance.below(60))" }, undecided: chance.below(3) / 2)
    }
    return (deliveries, incidents)
  }

  @Test(
    "whatever happened, the fold gives what the definitions give when they are computed one by one",
    arguments: 0..<60 as Range<UInt64>)
  func plainly(seed: UInt64) {
    var chance = SeededNumbers(seed: seed)
    let (deliveries, incidents) = Self.anything(&chance)
    let metrics = DeliveryMetrics(deliveries, incidents: incidents, in: Self.span)
    let plain = Plain(deliveries: deliveries, incidents: incidents, span: Self.span)
    #expect(metrics.total == plain.measures, "seed \(seed)")
    #expect(metrics.periods.isEmpty)
    #expect(metrics.failures.count == metrics.total.failRate.failed, "seed \(seed)")
    #expect(metrics.unattributed.count == metrics.total.failRate.unattributedIncidents, "seed \(seed)")
    #expect(
      DeliveryMetrics(deliveries.reversed(), incidents: incidents, in: Self.span) == metrics, "seed \(seed)")
  }

  @Test(
    "the counts of the parts add up to those of the whole, and each part is what its own span says",
    arguments: 0..<12 as Range<UInt64>)
  func parts(seed: UInt64) {
    var chance = SeededNumbers(seed: seed)
    let (deliveries, incidents) = Self.anything(&chance)
    for unit in CalendarUnit.allCases {
      let metrics = DeliveryMetrics(deliveries, incidents: incidents, in: Self.span, by: unit)
      func sum(_ path: KeyPath<MetricsReport.Measures, Int>) -> Int {
        metrics.periods.reduce(0) { $0 + $1[keyPath: path] }
      }
      for path: KeyPath<MetricsReport.Measures, Int> in [
        \.deployments, \.cancelled, \.leadTime.commits, \.leadTime.negative, \.leadTime.deployments,
        \.leadTime.withoutCommitTimes, \.frequency.successful, \.frequency.days, \.frequency.seconds,
        \.recovery.recovered, \.recovery.unrecovered, \.recovery.unmeasured, \.failRate.failed, \.failRate.of,
        \.failRate.suspected, \.failRate.unattributedIncidents, \.failRate.undecidedCauses, \.rework.remedial,
        \.rework.withoutPlan,
      ] {
        #expect(sum(path) == metrics.total[keyPath: path], "seed \(seed) \(path)")
      }
      for part in metrics.periods {
        let alone = DeliveryMetrics(deliveries, incidents: incidents, in: part.from..<part.until).total
        #expect(alone.recovery == part.recovery && alone.failRate == part.failRate, "seed \(seed)")
        #expect(alone.rework == part.rework && alone.frequency == part.frequency, "seed \(seed)")
      }
    }
  }
}

extension Delivery {
  /// What a test of recovery says of a deployment that was finished at hour 10.
  struct Case: Sendable {
    let outcome: Outcome
    let rolledBack: Int?
    let nextSuccess: Int?

    init(_ outcome: Outcome, rolledBack: Int?, nextSuccess: Int?) {
      self.outcome = outcome
      self.rolledBack = rolledBack
      self.nextSuccess = nextSuccess
    }
  }
}

/// An incident that names the deployment, by hours.
struct Blamed: Sendable {
  let began: Int?
  let resolved: Int?
}
