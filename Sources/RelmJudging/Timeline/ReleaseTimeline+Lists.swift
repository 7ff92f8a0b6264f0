internal import RelmDomain
internal import RelmProof
internal import RelmRules

/// What a review asks about, each with the events that it rests on.
extension ReleaseTimeline {
  /// What the release itself says, with where.
  private var said: [(event: ReleaseEvent, moment: Moment)] {
    counted.compactMap { event in
      guard event.subject == subject, case .release(let said) = event.event else { return nil }
      return (said, event.moment)
    }
  }

  var skipped: [TimelineReport.SkippedStep] {
    said.compactMap { event, moment in
      guard case .procedureStepSkipped(let data) = event else { return nil }
      return TimelineReport.SkippedStep(
        procedure: data.procedure, step: data.step, reason: data.reason, position: moment.position)
    }
  }

  var overrides: [TimelineReport.OverrideUse] {
    let own = counted.filter { $0.subject == subject }.sorted { $0.position < $1.position }
    let uses = Attempt.uses(ofOverridesIn: own, apart: .none)
    return material.approvals.filter { $0.kind == .override }.sorted { $0.moment < $1.moment }.map { row in
      var use = TimelineReport.OverrideUse(
        position: row.moment.position, environment: row.environment ?? "", rules: row.rules,
        reason: row.reason ?? "")
      use.used = uses[row.moment.position]
      use.ratified = row.ratified
      use.reviewed = duty(.overrideReview, row.id)?.done
      return use
    }
  }

  private func duty(_ kind: ObligationRow.Kind, _ id: String) -> ObligationRow? {
    material.obligations.first { $0.kind == kind && $0.id == id }
  }

  var incidents: [TimelineReport.IncidentLink] {
    material.incidents.map { tie in
      let row = tie.incident
      var link = TimelineReport.IncidentLink(
        incident: row.incident, relation: tie.relation, position: tie.position)
      link.severity = row.severity
      link.summary = row.summary
      link.opened = row.opened
      link.resolved = row.resolved
      if let begun = row.beganAt ?? row.opened?.at, let ended = row.resolvedAt, begun <= ended {
        link.seconds = begun.seconds(to: ended)
      }
      return link
    }
  }

  var advice: [TimelineReport.Advice] {
    said.compactMap { event, moment in
      guard case .supportAdvised(let data) = event else { return nil }
      return TimelineReport.Advice(support: data.support, topic: data.topic, moment: moment)
    }
  }

  var findings: [TimelineReport.Finding] {
    said.compactMap { event, moment in
      guard case .reviewFindingRecorded(let data) = event else { return nil }
      return TimelineReport.Finding(
        review: data.review, finding: data.finding, kind: data.kind.rawValue, severity: data.severity,
        statement: data.statement, positions: data.positions, position: moment.position)
    }
  }

  var actions: [TimelineReport.Action] {
    said.compactMap { event, moment in
      guard case .reviewActionRaised(let data) = event else { return nil }
      let done = said.first {
        guard case .reviewActionCompleted(let completed) = $0.event else { return false }
        return completed.review == data.review && completed.action == data.action
      }?.moment
      let due = data.due.instant.representable
      return TimelineReport.Action(
        review: data.review, action: data.action, task: data.task, owner: data.owner, due: due, done: done,
        isOverdue: done == nil && due <= material.asOf.time, position: moment.position)
    }
  }
}

extension RecordedEvent {
  /// Pointers into the record to the words in it that are sealed.
  func personalPlaces() throws(JSONError) -> [String] {
    guard let type = event.type else { return [] }
    let patterns = EventCatalogue.description(of: type).personalTexts
    guard !patterns.isEmpty, let data = try JSONDocument(record.bytes).root["data"] else { return [] }
    return patterns.flatMap { pattern in
      data.places(at: pattern.split(separator: "/")).map { "/data" + $0.pointer }
    }
  }
}
