package import RelmHistory
internal import RelmViews
package import RelmDomain
package import RelmProof
package import RelmRules

/// A deployment whose beginning is annulled: it belongs to the population all the same, and is judged as it stood.
package struct AnnulledAttempt {
  package let attempt: Attempt
  package let annulment: ComplianceReport.Annulment
}

extension StandingRows {
  /// The deployments of a release whose beginning does not count any more, in the order in which they began.
  package func annulledAttempts(ofRelease package: String, _ version: String) throws -> [AnnulledAttempt] {
    let (events, counting) = (
      try everything(ofRelease: package, version), try self.events(ofRelease: package, version)
    )
    guard events.count > counting.count else { return [] }
    return try Attempt.annulled(in: events, apart: apart(ofRelease: package, version)) {
      try history.counts($0)
    }.compactMap { attempt in
      let scope = try reach(of: attempt, package, counting)
      guard let annulment = try annulment(of: attempt.beginning, attempt, events, scope) else { return nil }
      return AnnulledAttempt(attempt: attempt, annulment: annulment)
    }
  }

  /// What of a deployment is annulled, where its beginning is not.
  func annulledParts(
    of attempt: Attempt, ofRelease package: String, _ version: String
  ) throws -> [ComplianceReport.Annulment] {
    let (events, counting) = (
      try everything(ofRelease: package, version), try self.events(ofRelease: package, version)
    )
    guard events.count > counting.count else { return [] }
    let others = Set(
      try annulledAttempts(ofRelease: package, version).flatMap { $0.attempt.events.map(\.position) })
    let scope = try reach(of: attempt, package, counting)
    let apart = try apart(ofRelease: package, version)
    let isApart = apart.contains(attempt.beginning.position)
    return try events.filter { event in
      guard apart.contains(event.position) == isApart,
        event.deployment == AttemptID(.deployment, attempt.deployment, in: attempt.environment),
        attempt.beginning.position < event.position
      else { return false }
      return !others.contains(event.position)
    }.compactMap { try annulment(of: $0, attempt, events, scope) }
  }

  /// What annuls the beginning of a deployment of a release.
  func annulment(
    of attempt: Attempt, _ package: String, _ version: String
  ) throws -> ComplianceReport.Annulment? {
    let scope = try reach(of: attempt, package, events(ofRelease: package, version))
    let events = try everything(ofRelease: package, version)
    return try annulment(
      of: attempt.beginning, attempt, events + (attempt.isRestoration ? attempt.events : []), scope)
  }

  /// What annuls an event: by somebody who had no hand in the deployment where one of several is, else the first; nil where
  /// the event counts.
  private func annulment(
    of event: RecordedEvent, _ attempt: Attempt, _ events: [RecordedEvent], _ scope: ActScope
  ) throws -> ComplianceReport.Annulment? {
    let end = before(Position(.max))
    let found = try Annulments.annulling(event.position, in: history.indexes).compactMap {
      position -> ComplianceReport.Annulment? in
      let annulling = try history.event(at: position)
      guard case .ledger(.eventAnnulled(let data)) = annulling.event else { return nil }
      return ComplianceReport.Annulment(
        event: event.position, position: position, recorded: annulling.recorded, by: annulling.person,
        reason: data.reason,
        independent: try Hands.areOff(annulling, of: attempt, events, scope, given: end))
    }
    return found.first { $0.independent } ?? found.first
  }

  /// Where deployments of a release stand that were told by strangers; none where it has no overrides, which alone asks for that.
  package func strangers(ofRelease package: String, _ version: String) throws -> Set<Position> {
    let counting = try events(ofRelease: package, version)
    var isOverridden = false
    let declarers = counting.compactMap { event -> PersonID? in
      guard case .release(.overrideDeclared) = event.event else { return nil }
      isOverridden = true
      return event.person
    }
    guard isOverridden else { return [] }
    let end = before(Position(.max))
    let apart = try apart(ofRelease: package, version)
    let all =
      try Attempt.all(in: counting, apart: apart) + annulledAttempts(ofRelease: package, version).map(\.attempt)
    return try Set(
      all.filter { try $0.isStrangers(reach(of: $0, package, counting), declarers, given: end) }.map(\.line))
  }

  /// Where words about the deployments of a release stand that strangers told, and others told of the same; see
  /// `Attempt.apart(in:_:)`.
  package func apart(ofRelease package: String, _ version: String) throws -> StrangersWords {
    let told = try told(ofRelease: package, version)
    return try told.apart {
      let end = before(Position(.max))
      let declarers = told.declarers
      var reached: (line: Position, scope: ActScope)?
      return try Attempt.apart(in: told.all) { word, attempt in
        if reached?.line != attempt.line {
          reached = (attempt.line, try reach(of: attempt, package, told.counting))
        }
        return try Narrator(of: word).isStranger(to: reached?.scope ?? .everything, declarers, given: end)
      }
    }
  }

  /// Whether it is known that a deployment was, by who told it: of what is older than the ledger, and so was never judged, by an
  /// acceptance of its source, or by those with standing.
  package func isVouchedFor(
    _ attempt: Attempt, _ package: String, _ version: String, _ earlier: EarlierHistory
  ) throws -> Bool {
    guard earlier.claims(attempt), !earlier.isAccepted(attempt) else { return true }
    let told = try told(ofRelease: package, version)
    let scope = try reach(of: attempt, package, told.counting)
    let (end, declarers) = (before(Position(.max)), told.declarers)
    return try ![attempt.beginning, attempt.end?.event].compactMap { $0 }.contains {
      try Narrator(of: $0).isStranger(to: scope, declarers, given: end)
    }
  }

  /// What authority for a deployment has to cover.
  private func reach(of attempt: Attempt, _ package: String, _ counting: [RecordedEvent]) throws -> ActScope {
    let state = before(attempt.line)
    let context = try context(of: attempt.environment, before: attempt.line)
    return try attempt.reach(of: package, in: context, counting, given: state)
  }
}
