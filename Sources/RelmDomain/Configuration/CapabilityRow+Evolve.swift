extension CapabilityRow {
  /// The row after one more event of the capability's stream; nil before it is registered. Total.
  package static func evolve(
    _ row: CapabilityRow?, capability: String, by event: CapabilityEvent, at moment: Moment
  ) -> CapabilityRow? {
    switch event {
    case .capabilityRegistered(let data):
      let kind: Kind =
        switch data.kind {
        case .process: .process
        case .tool: .tool
        case .technique: .technique
        case .personnel: .personnel
        }
      return CapabilityRow(
        capability: capability, kind: kind, title: data.title, owner: data.owner, mode: data.mode,
        version: data.version, services: data.services, people: data.people,
        validUntil: data.validUntil?.instant.representable, registered: moment, findings: 0)
    case .capabilityAssessed(let data):
      guard var row, row.assessed.map({ $0 < moment }) ?? true else { return row }
      row.assessed = moment
      row.verdict = data.verdict
      row.findings = data.findings.count
      row.version = data.version ?? row.version
      row.validUntil = data.validUntil?.instant.representable
      return row
    case .capabilityWithdrawn(let data):
      guard var row else { return nil }
      row.withdrawn = row.withdrawn ?? moment
      row.replacedBy = data.replacedBy
      return row
    }
  }

  /// Whether it can be relied on at a time: not withdrawn, not found unacceptable, and its validity not over.
  package func isReliable(at time: Instant) -> Bool {
    withdrawn == nil && verdict != .unacceptable && validUntil.map { time < $0 } ?? true
  }
}
