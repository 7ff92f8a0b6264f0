extension CauseRow {
  /// The row after an incident was attributed. Total. What is said later replaces what was said before.
  package static func evolve(
    _ row: CauseRow?, package: String, version: String, incident: String, by said: IncidentAttributed,
    at moment: Moment
  ) -> CauseRow? {
    let release = Subject.release(package: package, version: version)
    let named = said.causes.filter { Subject.named($0.release) == release }
    guard !named.isEmpty else { return row }
    let deployments = named.compactMap(\.deployment)
    return CauseRow(
      package: package, version: version, incident: incident,
      deployments: deployments, isConfirmed: said.confidence == .confirmed,
      moment: moment)
  }
}
