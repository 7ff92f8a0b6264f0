internal import RelmDomain
internal import RelmProof

/// Where in a page of the compliance report a position is told: no link leads to what is not there.
struct ComplianceLinks {
  private typealias Anchor = ComplianceTable.Anchor

  private var places: [Position: ComplianceTable.Anchor] = [:]
  /// How many findings each deployment has that is shown.
  private var findings: [Position: Int] = [:]
  private var evidence: [Position: Set<Position>] = [:]

  /// - Parameters:
  ///   - report: what is told.
  ///   - shown: its deployments that are shown one by one.
  ///   - isInFull: whether all of them is shown, with every finding and all the evidence.
  init(_ report: ComplianceReport, shown: ArraySlice<ComplianceReport.Attempt>, isInFull: Bool) {
    func add(_ position: Position, _ anchor: Anchor) {
      if places[position] == nil { places[position] = anchor }
    }
    for attempt in shown {
      findings[attempt.position] = isInFull ? attempt.findings.count : 0
      evidence[attempt.position] = isInFull ? Set(attempt.evidence.map(\.position)) : []
      add(attempt.position, .deployment(attempt.position))
    }
    for use in report.overrides { add(use.position, .override(use.position)) }
    for change in report.governance { add(change.position, .change(change.position)) }
    for holder in report.authority { add(holder.grant, .grant(holder.grant)) }
    for attempt in shown where isInFull {
      for record in attempt.evidence { add(record.position, .evidence(of: attempt.position, record.position)) }
    }
  }

  /// What tells of a position: the evidence of a deployment first, where one is named.
  func anchor(of position: Position, in deployment: Position?) -> ComplianceTable.Anchor? {
    if let deployment, evidence[deployment]?.contains(position) == true {
      return .evidence(of: deployment, position)
    }
    return places[position]
  }

  func leads(to anchor: ComplianceTable.Anchor) -> Bool {
    switch anchor {
    case .deployment(let position): findings[position] != nil
    case .finding(let deployment, let place): findings[deployment].map { place < $0 } ?? false
    case .evidence(let deployment, let position): evidence[deployment]?.contains(position) ?? false
    case .change(let position), .grant(let position), .override(let position): places[position] == anchor
    }
  }
}
