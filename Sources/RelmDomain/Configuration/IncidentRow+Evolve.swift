extension IncidentRow {
  /// The row after one more event of the incident's stream. Total.
  package static func evolve(
    _ row: IncidentRow?, incident: String, by event: IncidentEvent, at moment: Moment
  ) -> IncidentRow? {
    var row = row ?? IncidentRow(incident: incident)
    switch event {
    case .incidentOpened(let data):
      guard row.opened == nil else { return row }
      row.opened = moment
      row.severity = data.severity
      row.summary = data.summary
      row.services = data.services
      row.environment = data.environment
      row.beganAt = data.beganAt?.instant.representable
    case .incidentAttributed(let data):
      for cause in data.causes {
        let confidence: Confidence =
          switch data.confidence {
          case .suspected: .suspected
          case .confirmed: .confirmed
          }
        // What is said later of the same cause replaces what was said before.
        row.causes.removeAll { $0.release == cause.release && $0.deployment == cause.deployment }
        row.causes.append(
          Cause(release: cause.release, deployment: cause.deployment, confidence: confidence, moment: moment))
      }
    case .incidentResolved(let data):
      guard row.resolved == nil else { return row }
      row.resolved = moment
      row.resolvedAt = (data.resolvedAt?.instant ?? moment.at).representable
      row.resolvedBy = data.release
      row.resolvedByDeployment = data.deployment
    }
    return row
  }
}
