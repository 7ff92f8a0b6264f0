package import RelmDomain
package import RelmHistory
internal import RelmProof
internal import RelmRules

/// What was broken through, and whether somebody has looked at it since.
extension StandingRows {
  /// The overrides of a release, and what is open of each, in the order of the log.
  ///
  /// - Parameters:
  ///   - events: the release's events to go by.
  ///   - asOf: the as-of time.
  package func overrideUses(
    ofRelease package: String, _ version: String, _ events: [RecordedEvent], asOf: Instant
  ) throws -> [ComplianceReport.OverrideUse] {
    let end = before(Position(.max))
    let rows = try end.approvals(package, version).filter { $0.kind == .override }
    guard !rows.isEmpty else { return [] }
    let reviews = events.compactMap { event -> (moment: Moment, overrides: [Position])? in
      guard case .release(.reviewClosed(let data)) = event.event, event.happened <= asOf else { return nil }
      return (event.moment, data.overrides)
    }
    let ratifying = try Ratification.independent(in: events, given: end)
    let uses = try Attempt.uses(ofOverridesIn: events, apart: apart(ofRelease: package, version))
    return rows.sorted { $0.moment.position < $1.moment.position }.map { row in
      let position = row.moment.position
      let due = row.due ?? row.moment.at
      let reviewed = reviews.first { $0.overrides.contains(position) }?.moment
      let ratified = events.first { event in
        guard case .release(.approvalGiven(let data)) = event.event else { return false }
        return data.ratifies == position && ratifying.contains(event.position)
      }
      let state: ComplianceReport.OverrideState =
        if uses[position] == nil { .unused } else if ratified != nil, reviewed != nil { .closed } else {
          due < asOf ? .overdue : .open
        }
      return ComplianceReport.OverrideUse(
        position: position, release: Subject.release(package: row.package, version: row.version).text,
        environment: row.environment ?? "", rules: row.rules, by: row.by, declared: row.moment.at,
        until: row.until ?? due, incident: row.incident, freeze: row.freeze, reason: row.reason ?? "",
        used: uses[position], ratified: ratified?.moment, ratifiedBy: ratified?.person, reviewed: reviewed,
        due: due,
        state: state)
    }
  }

  /// A duty about an override as the report has it; nil where nothing is due: it was never used, and cannot be any more.
  ///
  /// - Parameters:
  ///   - row: that it is to be ratified, or reviewed.
  ///   - use: the override.
  package func overrideDuty(
    _ row: ObligationRow, _ use: ComplianceReport.OverrideUse, asOf: Instant
  ) -> ObligationRow? {
    var row = row
    row.done = row.kind == .overrideReview ? use.reviewed : use.ratified
    if use.state == .unused, row.done == nil {
      guard asOf < use.until else { return nil }
      // Nothing is owed for what was not broken yet.
      if row.isOverdue(at: asOf) { row.due = nil }
    }
    return row
  }
}
