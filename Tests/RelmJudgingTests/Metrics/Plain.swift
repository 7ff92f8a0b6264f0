import RelmDomain
import RelmJudging
import RelmProof

/// The measures once more, as the definitions read: every question asked of all deployments anew, without folds.
struct Plain {
  let deliveries: [Delivery]
  let incidents: [DeliveryIncident]
  let span: Range<Instant>

  private var counted: [Delivery] { deliveries.filter { span.contains($0.ended.at) } }

  private func blaming(_ delivery: Delivery) -> [DeliveryIncident] {
    incidents.filter { $0.confirmed.contains(delivery.name) }
  }

  private func failedItself(_ delivery: Delivery) -> Bool {
    delivery.outcome == .failed || delivery.outcome == .errored
  }

  private func failed(_ delivery: Delivery) -> Bool {
    failedItself(delivery) || delivery.rolledBack != nil || !blaming(delivery).isEmpty
  }

  var leads: [Int64] {
    counted.filter(\.isFirst).flatMap { delivery in
      delivery.commits.indices.compactMap { place -> Int64? in
        let commit = delivery.commits[place]
        let cameBefore = counted.contains { other in
          other.isFirst && other.ended < delivery.ended && other.commits.contains { $0.id == commit.id }
        }
        let isRepeated = delivery.commits[..<place].contains { $0.id == commit.id }
        guard !cameBefore, !commit.cameBefore, !isRepeated, let at = commit.at, at <= delivery.ended.at else {
          return nil
        }
        return (delivery.ended.at.microseconds - at.microseconds) / 1_000_000
      }
    }.sorted()
  }

  /// How long recoveries took; nil where there was none, and -1 where it is unmeasured.
  var recoveries: [Int64?] {
    counted.filter(failed).map { delivery in
      let incidents = blaming(delivery)
      var end: Instant?
      if !incidents.isEmpty, incidents.allSatisfy({ $0.resolved != nil }) {
        end = incidents.compactMap(\.resolved).max()
      } else if let rolledBack = delivery.rolledBack {
        end = rolledBack.at
      } else if failedItself(delivery) {
        end = delivery.nextSuccess?.at
      }
      guard let end else { return nil }
      let begun = incidents.compactMap(\.began)
      guard let start = begun.min() ?? (delivery.outcome == nil ? nil : delivery.ended.at), start <= end else {
        return -1
      }
      return (end.microseconds - start.microseconds) / 1_000_000
    }
  }

  private func percentile(_ values: [Int64], _ percent: Int) -> Int? {
    values.sorted().first { candidate in values.count { $0 <= candidate } * 100 >= percent * values.count }
      .map { Int($0) }
  }

  var measures: MetricsReport.Measures {
    let leads = leads
    let firsts = counted.filter(\.isFirst)
    var met: Set<String> = []
    let negative = firsts.sorted { $0.ended < $1.ended }.reduce(0) { sum, delivery in
      sum
        + delivery.commits.count { commit in
          let isNew = met.insert(commit.id).inserted
          return isNew && !commit.cameBefore && commit.at.map { $0 > delivery.ended.at } ?? false
        }
    }
    let told = recoveries.compactMap { $0 }.filter { $0 >= 0 }
    let began = incidents.filter { $0.began.map(span.contains) ?? false }
    let successes = counted.filter { $0.outcome == .succeeded }
    return MetricsReport.Measures(
      from: span.lowerBound, until: span.upperBound, deployments: counted.count,
      cancelled: counted.count { $0.outcome == .cancelled },
      leadTime: .init(
        commits: leads.count, medianSeconds: percentile(leads, 50), p90Seconds: percentile(leads, 90),
        deployments: firsts.count,
        withoutCommitTimes: firsts.count { $0.commits.allSatisfy { $0.at == nil } }, negative: negative),
      frequency: .init(
        successful: successes.count,
        days: Set(successes.map { $0.ended.at.rfc3339Milliseconds.prefix(10) }).count,
        seconds: Int((span.upperBound.microseconds - span.lowerBound.microseconds) / 1_000_000)),
      recovery: .init(
        recovered: told.count, medianSeconds: percentile(told, 50), p90Seconds: percentile(told, 90),
        unrecovered: recoveries.count { $0 == nil }, unmeasured: recoveries.count { $0 == -1 }),
      failRate: .init(
        failed: counted.count(where: failed), of: counted.count, byOutcome: counted.count(where: failedItself),
        byRollback: counted.count { $0.rolledBack != nil }, byIncident: counted.count { !blaming($0).isEmpty },
        suspected: counted.count { delivery in
          !failed(delivery) && incidents.contains { $0.suspected.contains(delivery.name) }
        },
        unattributedIncidents: began.count { $0.isInScope && !$0.hasCause },
        undecidedCauses: began.reduce(0) { $0 + $1.undecided }),
      rework: .init(
        remedial: counted.count { $0.purpose == .remedial }, of: counted.count,
        withoutPlan: counted.count { $0.purpose == .unknown }))
  }
}
