internal import RelmViews
internal import RelmDomain
internal import RelmProof

/// Compares what is recorded as running with what was last seen running, environment by environment.
struct Reconciliation {
  private let question: ComplianceQuestion
  private let rows: any RowReading
  /// Who may do what, for whose look settles what others saw.
  private let state: Views

  init(_ question: ComplianceQuestion, in rows: any RowReading, _ history: History) throws {
    self.question = question
    self.rows = rows
    state = try Views(over: rows) { try history.event(at: $0) }
  }

  /// Where the two do not agree, by environment and then by item.
  func discrepancies() throws -> [ComplianceReport.Discrepancy] {
    var running: [String: [RunningRow]] = [:]
    try rows.scan(Running.table, prefix: []) { key, value in
      let row = try Running.shown(Running.decode(value, at: key), in: rows)
      let isThere = row.running != nil || !row.rollouts.isEmpty
      if isThere, belongs(row.environment) { running[row.environment, default: []].append(row) }
      return true
    }
    var environments: [String: EnvironmentRow] = [:]
    try rows.scan(Environments.table, prefix: []) { key, value in
      let row = try Environments.decode(value, at: key)
      if belongs(row.environment) { environments[row.environment] = row }
      return true
    }
    let names = Set(running.keys).union(environments.keys).filter { name in
      question.context.contexts.contains(environments[name]?.currentContext ?? .production)
    }
    return try names.sorted().flatMap { name in
      let recorded = running[name] ?? []
      return try compare(name, recorded, environments[name], Running.knownDigests(of: recorded, in: rows))
    }
  }

  private func belongs(_ environment: String) -> Bool {
    question.environment.map { $0 == environment } ?? true
  }

  /// Whether a report about one package is about an item.
  private func concerns(_ item: String) -> Bool { question.package.map { $0 == item } ?? true }

  private func compare(
    _ environment: String, _ recorded: [RunningRow], _ row: EnvironmentRow?,
    _ known: DigestSets
  ) throws -> [ComplianceReport.Discrepancy] {
    var found: [ComplianceReport.Discrepancy] = []
    let observations = try row?.standing(given: state) ?? []
    for one in recorded where concerns(one.package) {
      guard let run = one.running else { continue }
      func line(_ kind: ComplianceReport.DiscrepancyKind, _ since: Instant, _ positions: [Position]) {
        found.append(
          ComplianceReport.Discrepancy(
            environment: environment, kind: kind, item: one.package, version: run.version,
            digest: run.digests.first, since: since, positions: positions))
      }
      let since = observations.filter { run.since < $0.moment }
      guard !since.isEmpty else {
        line(.unobserved, run.since.at, [run.since.position])
        continue
      }
      let sightings = since.filter { $0.running.contains { $0.shows(one.package, run, known) } }
      let whole = try since.last { look in
        guard let row, look.coverage == .complete else { return false }
        return try !sightings.contains { sighting in
          try look.moment == sighting.moment
            || look.moment < sighting.moment && sighting.goesOver(look, in: row, given: state)
        }
      }
      if let whole { line(.absent, whole.moment.at, [run.since.position, whole.moment.position]) }
    }
    for (item, observation) in observations.seenItems where concerns(item.name) {
      let isRecorded = recorded.contains { one in one.runs.contains { item.shows(one.package, $0, known) } }
      let isNewer = recorded.contains { $0.package == item.name && $0.came(after: observation) }
      guard !isRecorded, !isNewer else { continue }
      found.append(
        ComplianceReport.Discrepancy(
          environment: environment, kind: .unrecorded, item: item.name, version: item.version,
          digest: item.digest, since: observation.moment.at, positions: [observation.moment.position]))
    }
    for drift in row?.drifts ?? [] where drift.resolved == nil && concerns(drift.item) {
      found.append(
        ComplianceReport.Discrepancy(
          environment: environment, kind: .drift, item: drift.item, version: drift.found?.version,
          digest: drift.found?.digest, since: drift.detected.at, positions: [drift.detected.position]))
    }
    return found
  }
}

extension ConfigurationItem {
  /// Whether it is what is recorded as running: by digest where both have one, be it by another algorithm, else by name and
  /// version.
  fileprivate func shows(_ package: String, _ run: RunningRow.Run, _ known: DigestSets) -> Bool {
    if let digest, !run.digests.isEmpty { return known.holds(digest, among: run.digests) }
    return name == package && (version == nil || version == run.version)
  }
}
