internal import RelmHistory
package import RelmDomain
package import RelmProof

/// What the timeline of one release is made from: its events and the rows about it, all as of one moment.
package struct TimelineMaterial {
  /// An event, and what annuls it.
  package struct Told {
    package let event: RecordedEvent
    package let annulment: RecordedEvent?

    package init(_ event: RecordedEvent, annulment: RecordedEvent? = nil) {
      self.event = event
      self.annulment = annulment
    }
  }

  /// An incident, and the event that ties it to the release.
  package struct Tie {
    package let incident: IncidentRow
    package let relation: TimelineReport.IncidentRelation
    package let position: Position

    package init(_ incident: IncidentRow, _ relation: TimelineReport.IncidentRelation, at position: Position) {
      self.incident = incident
      self.relation = relation
      self.position = position
    }
  }

  package var package: String
  package var version: String
  package var asOf: TimelineReport.AsOf
  package var release: ReleaseRow
  package var course: TimelineRow
  /// The events of the release and of other streams about it, with those that do not count any more.
  package var events: [Told]
  /// The environments that it was deployed to and that are for development.
  package var development: Set<String> = []
  package var attempts: [AttemptRow] = []
  package var approvals: [ApprovalRow] = []
  package var obligations: [ObligationRow] = []
  package var incidents: [Tie] = []
  package var figures: ReleaseFigures
  /// The package's releases before it, the newest first.
  package var earlier: [(version: String, figures: ReleaseFigures)] = []

  package init(
    package: String, version: String, asOf: TimelineReport.AsOf, release: ReleaseRow, course: TimelineRow,
    events: [Told], figures: ReleaseFigures
  ) {
    self.package = package
    self.version = version
    self.asOf = asOf
    self.release = release
    self.course = course
    self.events = events
    self.figures = figures
  }
}
