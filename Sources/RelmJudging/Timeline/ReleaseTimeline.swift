package import RelmDomain
internal import RelmProof

/// The post-release review timeline of a release, made from what the ledger holds about it.
///
/// It is a pure function of its material: the same part of the log gives the same report.
package struct ReleaseTimeline {
  let material: TimelineMaterial
  /// What counts, in the order in which it happened, as far as the order of the steps of an attempt lets it.
  let counted: [RecordedEvent]
  private let order: StepOrder
  private let all: [TimelineMaterial.Told]

  package init(_ material: TimelineMaterial) {
    self.material = material
    let subject = Subject.release(package: material.package, version: material.version)
    let own = material.events.filter { $0.annulment == nil && $0.event.subject == subject }.map(\.event)
    let order = StepOrder(of: own.sorted { $0.position < $1.position })
    self.order = order
    all = material.events.sorted { order.moment(of: $0.event) < order.moment(of: $1.event) }
    counted = all.filter { $0.annulment == nil }.map(\.event)
  }

  /// The release's own stream.
  var subject: Subject { .release(package: material.package, version: material.version) }

  /// The whole report.
  ///
  /// - Throws: `JSONError` where a record does not read.
  package func report() throws -> TimelineReport {
    let own = counted.filter { $0.subject == subject }.map(\.moment)
    let first = own.first ?? material.release.first
    let last = own.last ?? material.release.last
    let plan = material.release.plan
    var report = TimelineReport(
      release: subject.text, package: material.package, version: material.version,
      stage: material.release.stage.rawValue, asOf: material.asOf, first: first, last: last,
      seconds: first.at.seconds(to: last.at), entries: try entries(),
      figures: material.figures.compared(with: material.earlier.map(\.figures)))
    report.class = plan?.class
    report.critical = plan?.critical
    report.purpose = plan?.purpose
    report.manager = plan?.manager
    report.services = plan?.services ?? []
    report.phases = phases
    report.missing = missing
    report.waits = waits
    report.skews = order.skews
    report.skipped = skipped
    report.overrides = overrides
    report.incidents = incidents
    report.advice = advice
    report.findings = findings
    report.actions = actions
    report.annulled = annulled
    report.earlier = material.earlier.map {
      Subject.release(package: material.package, version: $0.version).text
    }
    return report
  }

  private func entries() throws -> [TimelineReport.Entry] {
    try all.map { told in
      let event = told.event
      return TimelineReport.Entry(
        position: event.position, happened: event.moment.at, recorded: event.recorded,
        lateSeconds: event.lateSeconds, type: event.shortType,
        subject: event.subject == subject ? nil : event.subject?.text, phase: phase(of: event),
        context: deployContext(of: event),
        by: event.person, what: event.inWords, tone: event.event.tone,
        annulledBy: told.annulment?.position, personal: try event.personalPlaces())
    }
  }

  private func phase(of event: RecordedEvent) -> Phase? {
    guard event.subject == subject, case .release(let said) = event.event else { return nil }
    return said.phase
  }

  /// Of the phase deploy, where an event happened.
  private func deployContext(of event: RecordedEvent) -> Context? {
    guard phase(of: event) == .deploy, case .release(let said) = event.event else { return nil }
    return context(of: said.deployedTo)
  }

  private var annulled: [TimelineReport.Annulled] {
    all.compactMap { told in
      guard let annulment = told.annulment, case .ledger(.eventAnnulled(let data)) = annulment.event else {
        return nil
      }
      return TimelineReport.Annulled(
        position: told.event.position, by: annulment.position, reason: data.reason, replacedBy: data.replacedBy)
    }
  }
}
