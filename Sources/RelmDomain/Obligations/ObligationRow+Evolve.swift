internal import RelmProof

/// A duty that an event touches: which one, within its stream.
package struct Duty: Hashable, Sendable {
  package let kind: ObligationRow.Kind
  package let id: String

  package init(kind: ObligationRow.Kind, id: String) {
    self.kind = kind
    self.id = id
  }

  /// The id of a condition of a handover, or of an action of a review. Both are names that somebody gave, and may have a slash
  /// themselves: that of the whole is escaped, so that no two pairs have one id.
  package static func id(_ part: String, of whole: String) -> String {
    guard whole.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }) else {
      return "\(whole)/\(part)"
    }
    let escaped = whole.reduce(into: "") { text, character in
      text += character == "/" ? "%2F" : character == "%" ? "%25" : String(character)
    }
    return "\(escaped)/\(part)"
  }
}

/// What an event says about a duty.
private enum DutyChange {
  /// It came about, or begins anew.
  case raised(what: String, owner: PersonID?, due: Instant?)
  /// It was done; where it is not known yet, in words what was due.
  case done(what: String)
  /// It is due no more; where it never was, there is none.
  case over
}

/// What is due from whom by when. A row's state never depends on the time of looking: whether it is overdue follows from
/// `due`.
extension ObligationRow {
  /// The duties that an event touches.
  package static func duties(touchedBy event: RecordedEvent) -> [Duty] {
    changes(by: event).reduce(into: []) { duties, change in
      if !duties.contains(change.duty) { duties.append(change.duty) }
    }
  }

  /// The row after one more event that touches the duty. Total.
  package static func evolve(_ row: ObligationRow?, subject: String, _ duty: Duty, by event: RecordedEvent)
    -> ObligationRow?
  {
    changes(by: event).filter { $0.duty == duty }.reduce(row) { row, step in
      evolve(row, subject: subject, duty, by: step.change, event)
    }
  }

  private static func evolve(
    _ row: ObligationRow?, subject: String, _ duty: Duty, by change: DutyChange, _ event: RecordedEvent
  ) -> ObligationRow? {
    switch change {
    case .raised(let what, let owner, let due):
      // One event may raise several things under one id: they are due together, by when the first of them is.
      if var row, row.raised == event.moment {
        row.what += "; \(what)"
        row.owner = row.owner ?? owner
        row.due = [row.due, due].compactMap { $0 }.min()
        return row
      }
      // A duty that was done before it was heard of stays done; a review that names the next one opens it again.
      if var row, row.done != nil, !duty.kind.recurs {
        row.what = what
        row.owner = owner ?? row.owner
        row.due = due ?? row.due
        return row
      }
      return ObligationRow(
        subject: subject, kind: duty.kind, id: duty.id, what: what, owner: owner ?? row?.owner, due: due,
        raised: event.moment)
    case .over:
      guard var row else { return nil }
      row.done = row.done ?? event.moment
      return row
    case .done(let what):
      var row =
        row
        ?? ObligationRow(subject: subject, kind: duty.kind, id: duty.id, what: what, raised: event.moment)
      row.done = row.done ?? event.moment
      return row
    }
  }

  /// Whether it was to be done by a time that is over, and is not.
  package func isOverdue(at time: Instant) -> Bool { done == nil && due.map { $0 < time } ?? false }

  private static func changes(by event: RecordedEvent) -> [(duty: Duty, change: DutyChange)] {
    switch event.event {
    case .release(let said): changes(by: said, event)
    case .environment(.driftDetected(let data)):
      [
        (
          Duty(kind: .drift, id: data.drift),
          .raised(
            what: "Deal with the drift of \(data.item)", owner: data.owner, due: data.due?.instant.representable
          )
        )
      ]
    case .environment(.driftResolved(let data)):
      [(Duty(kind: .drift, id: data.drift), .done(what: "Deal with drift \(data.drift)"))]
    case .policy(.policyAdopted(let data)):
      review(
        .policyReview, data.document.id, of: "policy \(data.document.id)", owner: nil, data.document.reviewBy)
    case .policy(.policyReviewed(let data)):
      event.subject.map { review(.policyReview, $0.id, of: "policy \($0.id)", owner: nil, data.reviewBy) } ?? []
    case .policy(.policyRetired):
      event.subject.map { review(.policyReview, $0.id, of: "policy \($0.id)", owner: nil, nil) } ?? []
    case .procedure(.procedurePublished(let data)):
      review(
        .procedureReview, data.document.id, of: "procedure \(data.document.id)", owner: data.document.owner,
        data.document.reviewBy)
    case .procedure(.procedureReviewed(let data)):
      event.subject.map { review(.procedureReview, $0.id, of: "procedure \($0.id)", owner: nil, data.reviewBy) }
        ?? []
    case .procedure(.procedureRetired):
      event.subject.map { review(.procedureReview, $0.id, of: "procedure \($0.id)", owner: nil, nil) } ?? []
    case .capability(.capabilityRegistered(let data)):
      event.subject.map { assessment($0.id, owner: data.owner, data.validUntil) } ?? []
    case .capability(.capabilityAssessed(let data)):
      event.subject.map { assessment($0.id, owner: nil, data.validUntil) } ?? []
    case .capability(.capabilityWithdrawn): event.subject.map { assessment($0.id, owner: nil, nil) } ?? []
    case .person(.authorityGranted(let data)):
      review(.authorityReview, String(event.position.value), of: "the authority", owner: nil, data.reviewBy)
    case .person(.authorityReviewed(let data)):
      review(.authorityReview, String(data.grant.value), of: "the authority", owner: nil, data.reviewBy)
    case .person(.authorityRevoked(let data)):
      review(.authorityReview, String(data.grant.value), of: "the authority", owner: nil, nil)
    case .ledger(.holdPlaced(let data)):
      review(.holdReview, data.hold, of: "legal hold \(data.hold)", owner: nil, data.until)
    case .ledger(.holdReleased(let data)):
      review(.holdReview, data.hold, of: "legal hold \(data.hold)", owner: nil, nil)
    case .ledger, .person, .environment, .service, .incident, .foreign, .newer: []
    }
  }

  /// A review that names the next one raises it; one that names none has done with it.
  private static func review(
    _ kind: Kind, _ id: String, of what: String, owner: PersonID?, _ due: Timestamp?
  ) -> [(duty: Duty, change: DutyChange)] {
    let duty = Duty(kind: kind, id: id)
    guard let due else { return [(duty, .over)] }
    return [(duty, .raised(what: "Review \(what)", owner: owner, due: due.instant.representable))]
  }

  private static func assessment(
    _ id: String, owner: PersonID?, _ until: Timestamp?
  ) -> [(duty: Duty, change: DutyChange)] {
    let duty = Duty(kind: .capabilityAssessment, id: id)
    guard let until else { return [(duty, .over)] }
    return [(duty, .raised(what: "Assess \(id) again", owner: owner, due: until.instant.representable))]
  }

  private static func changes(
    by said: ReleaseEvent, _ event: RecordedEvent
  ) -> [(duty: Duty, change: DutyChange)] {
    switch said.family {
    case .permission(let said): changes(by: said, event)
    case .attempt(let said): changes(by: said)
    case .planning, .record, .ending: []
    }
  }

  private static func changes(
    by said: PermissionEvent, _ event: RecordedEvent
  ) -> [(duty: Duty, change: DutyChange)] {
    switch said {
    case .authorisationRequested(let data):
      return [
        (
          Duty(kind: .authorisation, id: data.authorisation),
          .raised(what: "Authorise: \(data.activity)", owner: data.of, due: data.due?.instant.representable)
        )
      ]
    case .authorisationGranted(let data): return done(.authorisation, data.authorisation, "Authorise")
    case .authorisationRefused(let data): return done(.authorisation, data.authorisation, "Authorise")
    case .escalationRaised(let data):
      return [
        (
          Duty(kind: .escalation, id: data.escalation),
          .raised(what: "Decide: \(data.topic)", owner: data.to, due: data.due?.instant.representable)
        )
      ]
    case .escalationResolved(let data): return done(.escalation, data.escalation, "Decide")
    case .overrideDeclared(let data):
      let due = event.ratificationDue(data)
      let id = String(event.position.value)
      return [
        (
          Duty(kind: .overrideRatification, id: id),
          .raised(what: "Ratify the override in \(data.environment)", owner: nil, due: due)
        ),
        (
          Duty(kind: .overrideReview, id: id),
          .raised(what: "Review the override in \(data.environment)", owner: nil, due: due)
        ),
      ]
    case .approvalGiven(let data):
      return data.ratifies.map { done(.overrideRatification, String($0.value), "Ratify the override") } ?? []
    case .approvalRefused, .approvalWithdrawn, .waiverGranted, .waiverRevoked, .gateDecided: return []
    }
  }

  private static func changes(by said: AttemptEvent) -> [(duty: Duty, change: DutyChange)] {
    switch said {
    case .handoverOffered(let data):
      return [
        (
          Duty(kind: .answer, id: data.handover),
          .raised(
            what: "Answer the handover to \(data.to.rawValue)", owner: data.party,
            due: data.due?.instant.representable)
        )
      ]
    case .handoverAccepted(let data):
      let conditions = data.conditions.map { condition in
        (
          duty: Duty(kind: .condition, id: Duty.id(condition.id, of: data.handover)),
          change: DutyChange.raised(
            what: condition.condition, owner: condition.owner, due: condition.due.instant.representable)
        )
      }
      return done(.answer, data.handover, "Answer the handover") + conditions
    case .handoverRejected(let data): return done(.answer, data.handover, "Answer the handover")
    case .handoverConditionMet(let data):
      return done(.condition, Duty.id(data.condition, of: data.handover), "Meet condition \(data.condition)")
    case .supportOpened(let data):
      return [
        (
          Duty(kind: .supportClosing, id: data.support),
          .raised(what: "Close early life support", owner: data.lead, due: data.until?.instant.representable)
        )
      ]
    case .supportClosed(let data): return done(.supportClosing, data.support, "Close early life support")
    case .reviewOpened(let data):
      return [
        (
          Duty(kind: .reviewClosing, id: data.review),
          .raised(what: "Close the review", owner: data.lead, due: data.due?.instant.representable)
        )
      ]
    case .reviewClosed(let data):
      return done(.reviewClosing, data.review, "Close the review")
        + data.overrides.flatMap { done(.overrideReview, String($0.value), "Review the override") }
    case .reviewActionRaised(let data):
      return [
        (
          Duty(kind: .reviewAction, id: Duty.id(data.action, of: data.review)),
          .raised(what: data.task, owner: data.owner, due: data.due.instant.representable)
        )
      ]
    case .reviewActionCompleted(let data):
      return done(.reviewAction, Duty.id(data.action, of: data.review), "Complete action \(data.action)")
    case .buildStarted, .buildFinished, .testStarted, .testFinished, .deploymentStarted, .deploymentProgressed,
      .deploymentFinished, .deploymentRolledback, .deploymentRemoved, .supportAdvised, .reviewFindingRecorded:
      return []
    }
  }

  private static func done(_ kind: Kind, _ id: String, _ what: String) -> [(duty: Duty, change: DutyChange)] {
    [(Duty(kind: kind, id: id), .done(what: what))]
  }
}

extension ObligationRow.Kind {
  /// Whether the duty comes back: a review names the next one.
  fileprivate var recurs: Bool {
    switch self {
    case .authorityReview, .capabilityAssessment, .policyReview, .procedureReview, .holdReview: true
    case .answer, .authorisation, .baseline, .condition, .drift, .escalation, .handover, .observation,
      .overrideRatification, .overrideReview, .policyRule, .procedureSteps, .recording, .review, .reviewAction,
      .reviewClosing, .support, .supportClosing, .verification:
      false
    }
  }
}

extension Subject {
  /// What stands after the kind, for a subject of one name.
  fileprivate var id: String {
    switch self {
    case .service(let name), .environment(let name), .policy(let name), .procedure(let name),
      .capability(let name),
      .incident(let name):
      name
    case .release, .person, .ledger: text
    }
  }
}
