package import RelmProof

/// An approval, an authorisation, a waiver or an override: acts, which count in the log's order.
extension ApprovalRow {
  /// The ids of the rows that an event touches, as ``ApprovalID`` makes them.
  package static func touched(by event: ReleaseEvent, at position: Position) -> [String] {
    switch event.family {
    case .permission(let event): touched(by: event, at: position)
    case .attempt(.deploymentStarted(let data)): data.override.map { [ApprovalID.at($0)] } ?? []
    case .attempt, .planning, .record, .ending: []
    }
  }

  private static func touched(by event: PermissionEvent, at position: Position) -> [String] {
    switch event {
    case .approvalGiven(let data): [ApprovalID.at(position)] + (data.ratifies.map { [ApprovalID.at($0)] } ?? [])
    case .approvalRefused, .overrideDeclared: [ApprovalID.at(position)]
    case .approvalWithdrawn(let data): [ApprovalID.at(data.approval)]
    case .authorisationRequested(let data): [ApprovalID.authorisation(data.authorisation)]
    case .authorisationGranted(let data): [ApprovalID.authorisation(data.authorisation)]
    case .authorisationRefused(let data): [ApprovalID.authorisation(data.authorisation)]
    case .waiverGranted(let data): [ApprovalID.waiver(data.waiver)]
    case .waiverRevoked(let data): [ApprovalID.waiver(data.waiver)]
    // A gate that an override opens has not used it up; the deployment does.
    case .gateDecided, .escalationRaised, .escalationResolved: []
    }
  }

  /// The row after one more event that touches it; nil before there is anything to be about. Total.
  package static func evolve(
    _ row: ApprovalRow?, package: String, version: String, id: String, by said: ReleaseEvent,
    _ event: RecordedEvent
  ) -> ApprovalRow? {
    guard case .permission(let said) = said.family else {
      // Besides permissions only a deployment touches one: it uses an override.
      guard var row else { return nil }
      row.used = row.used ?? event.moment
      return row
    }
    let isOwn = id == ApprovalID.at(event.position)
    func made(_ kind: Kind, _ status: Status) -> ApprovalRow {
      ApprovalRow(
        package: package, version: version, id: id, kind: kind, status: status, by: event.person,
        moment: event.moment)
    }
    switch said {
    case .approvalGiven(let data) where isOwn:
      var row = made(.approval, .given)
      row.scope = data.scope
      row.environment = data.environment
      row.digests = data.digests
      row.plan = data.plan
      row.reason = data.reason
      row.ratifies = data.ratifies
      return row
    case .approvalRefused(let data):
      var row = made(.approval, .refused)
      row.scope = data.scope
      row.environment = data.environment
      row.digests = data.digests
      row.plan = data.plan
      row.reason = data.reason
      return row
    case .overrideDeclared(let data):
      var row = made(.override, .declared)
      row.rules = data.rules
      row.environment = data.environment
      row.digests = data.digests
      row.plan = data.plan
      row.freeze = data.freeze
      row.incident = data.incident
      row.reason = data.reason
      row.until = data.until.instant.representable
      row.due = event.ratificationDue(data)
      return row
    case .authorisationRequested(let data):
      guard row == nil else { return row }
      var row = made(.authorisation, .requested)
      row.by = nil
      row.requestedBy = event.person
      row.of = data.of
      row.activity = data.activity
      row.environment = data.environment
      row.digests = data.digests
      row.plan = data.plan
      row.reason = data.reason
      row.due = data.due?.instant.representable
      return row
    case .waiverGranted(let data):
      var row = made(.waiver, .granted)
      row.rules = [data.rule]
      row.environment = data.environment
      row.reason = data.reason
      row.control = data.control
      row.from = max(data.from?.instant ?? event.recorded, event.recorded).representable
      row.until = data.until.instant.representable
      return row
    case .approvalGiven, .approvalWithdrawn, .authorisationGranted, .authorisationRefused, .waiverRevoked,
      .gateDecided, .escalationRaised, .escalationResolved:
      return row.map { $0.changed(by: said, event) }
    }
  }

  private func changed(by said: PermissionEvent, _ event: RecordedEvent) -> ApprovalRow {
    var row = self
    switch said {
    case .approvalGiven:
      row.ratified = row.ratified ?? event.moment
      row.ratifiedBy = row.ratifiedBy ?? event.person
    case .approvalWithdrawn: row.decide(.withdrawn, event.moment)
    case .authorisationGranted(let data):
      row.decide(.granted, event.moment)
      row.by = event.person
      // What is granted is what the grant names, which may be less than what was asked for.
      if !data.digests.isEmpty { row.digests = data.digests }
      row.plan = data.plan ?? row.plan
      row.conditions = data.conditions
      row.until = data.until?.instant.representable
    case .authorisationRefused(let data):
      row.decide(.refused, event.moment)
      row.by = event.person
      row.reason = data.reason
    case .waiverRevoked: row.decide(.revoked, event.moment)
    case .approvalRefused, .authorisationRequested, .waiverGranted, .overrideDeclared, .gateDecided,
      .escalationRaised, .escalationResolved:
      break
    }
    return row
  }

  private mutating func decide(_ status: Status, _ moment: Moment) {
    self.status = status
    decided = moment
  }
}

extension RecordedEvent {
  /// By when an override is to be ratified and reviewed: as it says, or within five days, and no later than five days after it
  /// ends.
  ///
  /// - Parameters:
  ///   - data: what the event declares.
  ///   - longest: how long it lasts at most, in microseconds.
  package func ratificationDue(
    _ data: OverrideDeclared, lasting longest: Int64 = OverrideDeclared.longestMicroseconds
  ) -> Instant {
    let within = OverrideDeclared.ratifiedWithinMicroseconds
    let said = data.ratifyBy?.instant ?? recorded.advanced(byMicroseconds: within)
    return min(said, end(of: data, lasting: longest).advanced(byMicroseconds: within)).representable
  }

  /// When an override ends: as it says, and no later than it may last.
  ///
  /// - Parameters:
  ///   - data: what the event declares.
  ///   - longest: how long that is, in microseconds.
  package func end(of data: OverrideDeclared, lasting longest: Int64) -> Instant {
    min(data.until.instant, recorded.advanced(byMicroseconds: longest))
  }
}

extension OverrideDeclared {
  /// How long after it ends an override is ratified at the latest, and how long after it was declared where it does not say.
  package static let ratifiedWithinMicroseconds: Int64 = 5 * 86_400_000_000
  /// How long one lasts at most where no policy says, whatever it says itself: an emergency passes.
  package static let longestMicroseconds: Int64 = 7 * 86_400_000_000
}

extension PolicyDocument {
  /// How long an override of its rules lasts at most: as it says, or seven days.
  package var longestOverrideMicroseconds: Int64 {
    overrideWithin?.microseconds ?? OverrideDeclared.longestMicroseconds
  }
}

/// How what was approved compares with what the release is now.
extension ApprovalRow {
  /// Why it no longer covers the release; nil where it does. It is not stored, for it follows from two rows.
  package func staleness(given release: ReleaseRow?) -> String? {
    release.flatMap { Staleness.reason(plan: plan, digests: digests, given: $0) }
  }
  /// Whether its time is over.
  package func isExpired(at time: Instant) -> Bool { until.map { $0 <= time } ?? false }
}

extension ReleaseRow.Approval {
  /// Why it no longer covers the release; nil where it does.
  package func staleness(given release: ReleaseRow) -> String? {
    Staleness.reason(plan: plan, digests: digests, given: release)
  }
}

/// What makes a permission stale: the scope was changed since, or the release is made of something else.
private enum Staleness {
  static func reason(plan: Position?, digests: [ContentDigest], given release: ReleaseRow) -> String? {
    if let plan, let current = release.plan?.scope.position, plan != current {
      return "the scope was changed at position \(current.value)"
    }
    guard !digests.isEmpty,
      let other = release.knownDigests.stranger(among: release.digests, to: digests)
    else { return nil }
    return "the release is now \(other.text)"
  }
}
