/// An environment: what it is, when it is frozen, what was declared of it and what was seen.
///
/// Observations, baselines and exchanges are facts: the latest is the latest by when it happened. Registrations, freezes
/// and drifts are taken in the log's order.
extension EnvironmentRow {
  /// How many drifts a row lists where some are resolved; each is an obligation too, and there all are. What is open decides,
  /// and so do freezes: those are all kept.
  package static let driftLimit = 16

  /// The row after one more event of the environment's stream. Total.
  package static func evolve(
    _ row: EnvironmentRow?, environment: String, by event: EnvironmentEvent, at moment: Moment,
    person: PersonID?
  ) -> EnvironmentRow? {
    var row = row ?? EnvironmentRow(environment: environment, driftsLeftOut: 0)
    switch event {
    case .environmentRegistered(let data):
      row.registration = Registration(
        context: data.context, tier: data.tier, region: data.region, owner: data.owner, purpose: data.purpose,
        moment: moment)
      row.retired = nil
    case .environmentRetired: row.retired = moment
    case .freezeDeclared(let data):
      row.freezes.append(
        Freeze(
          freeze: data.freeze, from: data.from.instant.representable, until: data.until.instant.representable,
          reason: data.reason, services: data.services, packages: data.packages, context: data.context,
          except: data.except, mayOverride: data.mayOverride, declared: moment, by: person))
    case .freezeLifted(let data):
      guard let index = row.freezes.lastIndex(where: { $0.freeze == data.freeze }) else { break }
      row.freezes[index].lifted = row.freezes[index].lifted ?? moment
    case .environmentObserved(let data):
      let coverage: Coverage =
        switch data.coverage {
        case .complete: .complete
        case .partial: .partial
        }
      row.see(
        Observation(
          observer: data.observer, by: person, coverage: coverage, running: data.running, moment: moment))
    case .baselineRecorded(let data): row.take(data, at: moment)
    case .configurationExchanged(let data): row.take(data, at: moment)
    case .driftDetected(let data):
      row.drifts.append(
        Drift(
          drift: data.drift, item: data.item, expected: data.expected, found: data.found,
          severity: data.severity,
          owner: data.owner, due: data.due?.instant.representable, detected: moment))
      // What is open is compared with what runs, and so is never left out.
      if row.drifts.count > driftLimit, let place = row.drifts.firstIndex(where: { $0.resolved != nil }) {
        row.drifts.remove(at: place)
        row.driftsLeftOut += 1
      }
    case .driftResolved(let data):
      guard let index = row.drifts.lastIndex(where: { $0.drift == data.drift }) else { break }
      row.drifts[index].resolved = row.drifts[index].resolved ?? moment
      row.drifts[index].resolution = row.drifts[index].resolution ?? data.resolution.rawValue
    }
    return row
  }

  private mutating func take(_ data: BaselineRecorded, at moment: Moment) {
    let baseline = Baseline(
      baseline: data.baseline, release: data.release, deployment: data.deployment,
      items: data.items, moment: moment)
    switch data.moment {
    case .before: if before.map({ $0.moment < moment }) ?? true { before = baseline }
    case .after, .regular: if after.map({ $0.moment < moment }) ?? true { after = baseline }
    }
  }

  private mutating func take(_ data: ConfigurationExchanged, at moment: Moment) {
    let exchange = Exchange(
      database: data.database, record: data.record, release: data.release, outcome: data.outcome, moment: moment
    )
    switch data.direction {
    case .toConfigurationManagement: if sent.map({ $0.moment < moment }) ?? true { sent = exchange }
    case .fromConfigurationManagement: if received.map({ $0.moment < moment }) ?? true { received = exchange }
    }
  }
}

extension EnvironmentRow.Freeze {
  /// Whether the freeze forbids a deployment at a time.
  package func holds(at time: Instant) -> Bool { lifted == nil && from <= time && time < until }
}
