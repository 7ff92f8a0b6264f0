internal import RelmDomain
internal import RelmProof

/// Compares what is recorded as running with what was last seen running, environment by environment.
struct Reconciliation {
  private let question: ComplianceQuestion
  private let rows: any RowReading
  private let history: History

  init(_ question: ComplianceQuestion, in rows: any RowReading, _ history: History) {
    self.question = question
    self.rows = rows
    self.history = history
  }

  /// Where the two do not agree, by environment and then by item.
  func discrepancies() throws -> [ComplianceReport.Discrepancy] {
    var running: [String: [RunningRow]] = [:]
    try rows.scan(Running.table, prefix: []) { key, value in
      let row = try Running.decode(value, at: key)
      if row.running != nil, belongs(row.environment) { running[row.environment, default: []].append(row) }
      return true
    }
    var environments: [String: EnvironmentRow] = [:]
    try rows.scan(Environments.table, prefix: []) { key, value in
      let row = try Environments.decode(value, at: key)
      if belongs(row.environment) { environments[row.environment] = row }
      return true
    }
    return try Set(running.keys).union(environments.keys).sorted().flatMap { name in
      try compare(name, running[name] ?? [], environments[name])
    }
  }

  private func belongs(_ environment: String) -> Bool {
    question.environment.map { $0 == environment } ?? true
  }

  /// Whether a report about one package is about an item.
  private func concerns(_ item: String) -> Bool { question.package.map { $0 == item } ?? true }

  private func compare(
    _ environment: String, _ recorded: [RunningRow], _ row: EnvironmentRow?
  ) throws -> [ComplianceReport.Discrepancy] {
    var found: [ComplianceReport.Discrepancy] = []
    // The row holds the first items only; the event has them all.
    let observation = try row?.observation.flatMap { observation -> RecordedEvent? in
      try history.event(at: observation.moment.position)
    }
    var seen: [ConfigurationItem] = []
    var isComplete = false
    if case .environment(.environmentObserved(let data))? = observation?.event {
      seen = data.running
      isComplete = data.coverage == .complete
    }
    for one in recorded where concerns(one.package) {
      guard let run = one.running else { continue }
      func line(_ kind: ComplianceReport.DiscrepancyKind, _ since: Instant, _ positions: [Position]) {
        found.append(
          ComplianceReport.Discrepancy(
            environment: environment, kind: kind, item: one.package, version: run.version,
            digest: run.digests.first, since: since, positions: positions))
      }
      guard let observation, run.since < observation.moment else {
        line(.unobserved, run.since.at, [run.since.position])
        continue
      }
      if isComplete, !seen.contains(where: { $0.shows(one.package, run) }) {
        line(.absent, observation.moment.at, [run.since.position, observation.position])
      }
    }
    if let observation {
      for item in seen where concerns(item.name) {
        let isRecorded = recorded.contains { one in one.running.map { item.shows(one.package, $0) } ?? false }
        // What was deployed after somebody looked was not there to be seen.
        let isNewer = recorded.contains { one in
          one.package == item.name && one.running.map { observation.moment < $0.since } ?? false
        }
        guard !isRecorded, !isNewer else { continue }
        found.append(
          ComplianceReport.Discrepancy(
            environment: environment, kind: .unrecorded, item: item.name, version: item.version,
            digest: item.digest, since: observation.moment.at, positions: [observation.position]))
      }
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
  /// Whether it is what is recorded as running: by digest where both have one, else by name and version.
  fileprivate func shows(_ package: String, _ run: RunningRow.Run) -> Bool {
    if let digest, !run.digests.isEmpty { return run.digests.contains(digest) }
    return name == package && (version == nil || version == run.version)
  }
}
