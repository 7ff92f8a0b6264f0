package import RelmHistory
internal import RelmViews
package import RelmDomain
internal import RelmProof
package import RelmRules

/// The deployments that a report is about: every one that was begun and belongs, in the order of the log.
///
/// Found by the events that can begin one, so that nothing is left out that a view would have to know of.
package struct Population {
  private let question: ComplianceQuestion
  private let standing: StandingRows
  private let candidates: [Position]
  /// The streams in which something was annulled.
  private let disturbed: Set<String>
  private let earlier: EarlierHistory
  private var next = 0
  /// How many deployments were passed over that would belong if the other context had been asked about too.
  package private(set) var leftOut = 0

  /// - Parameters:
  ///   - question: which deployments belong.
  ///   - standing: how the rows stood.
  ///   - earlier: what claims to be older than the ledger.
  package init(_ question: ComplianceQuestion, _ standing: StandingRows, _ earlier: EarlierHistory) throws {
    self.question = question
    self.standing = standing
    self.earlier = earlier
    candidates = try Self.candidates(question, standing.history)
    disturbed = try Self.disturbed(standing.history)
  }

  /// A deployment with the release's events that count for it.
  package struct Member {
    package let package: String
    package let version: String
    package let attempt: Attempt
    /// Those that count; of a deployment that is annulled, its own besides.
    package let events: [RecordedEvent]
    /// The annulment of its beginning.
    package var annulled: ComplianceReport.Annulment?
    /// Whether its environment was one for production when it began.
    package fileprivate(set) var context = Context.production
  }

  /// The next one; nil after the last.
  package mutating func nextMember() throws -> Member? {
    while next < candidates.count {
      let position = candidates[next]
      next += 1
      let event = try standing.history.event(at: position)
      guard var member = try restoration(by: event) ?? deployment(begunBy: event),
        belongs(member.package, member.version),
        question.environment.map({ $0 == member.attempt.environment }) ?? true, isInPeriod(member.attempt)
      else { continue }
      member.context = try standing.context(of: member.attempt.environment, before: member.attempt.line)
      guard question.context.contexts.contains(member.context) else {
        leftOut += 1
        continue
      }
      return member
    }
    return nil
  }

  /// The deployment of what a rollback restores; nil where an event is none, or goes back to what had run there.
  private func restoration(by event: RecordedEvent) throws -> Member? {
    guard
      let (package, version) = try Attempt.restored(
        by: event, given: { try standing.running($0, in: $1, before: event.position) })
    else { return nil }
    let events = try standing.events(ofRelease: package, version)
    guard
      let attempt = try Attempt(
        restoringBy: event, given: events, apart: standing.apart(ofRelease: package, version),
        isVouchedFor: { try standing.isVouchedFor($0, package, version, earlier) })
    else { return nil }
    let isAnnulled = try !standing.history.counts(event.position)
    return Member(
      package: package, version: version, attempt: attempt, events: events,
      annulled: isAnnulled ? try standing.annulment(of: attempt, package, version) : nil)
  }

  private func deployment(begunBy event: RecordedEvent) throws -> Member? {
    guard case .release(let package, let version)? = event.subject,
      // What strangers told is set apart: then a deployment can begin with any word.
      try isCandidate(event) || !standing.apart(ofRelease: package, version).isEmpty
    else { return nil }
    return try member(package, version, begunAt: event.position)
  }

  /// The deployment that begins with an event, or began with it before that was annulled; nil where none does.
  private func member(_ package: String, _ version: String, begunAt position: Position) throws -> Member? {
    let events = try standing.events(ofRelease: package, version)
    guard try standing.history.counts(position) else {
      let annulled = try standing.annulledAttempts(ofRelease: package, version)
      return annulled.first { $0.attempt.line == position }.map { found in
        let known = Set(events.map(\.position))
        let all = events + found.attempt.events.filter { !known.contains($0.position) }
        return Member(
          package: package, version: version, attempt: found.attempt,
          events: all.sorted { $0.position < $1.position }, annulled: found.annulment)
      }
    }
    return try standing.told(ofRelease: package, version).attempts(
      apart: standing.apart(ofRelease: package, version)
    ).first { $0.line == position }.map {
      Member(package: package, version: version, attempt: $0, events: events)
    }
  }

  /// Whether a deployment belongs to the period, by when it began or by when that was recorded: else a time before the period
  /// would take it out of every report that is still to be made.
  private func isInPeriod(_ attempt: Attempt) -> Bool {
    question.spans(attempt.begun) || question.spans(attempt.first.recorded)
  }

  private func belongs(_ package: String, _ version: String) -> Bool {
    (question.package.map { $0 == package } ?? true) && (question.version.map { $0 == version } ?? true)
  }

  /// Where the events stand that can begin a deployment, ascending.
  private static func candidates(_ question: ComplianceQuestion, _ history: History) throws -> [Position] {
    if let package = question.package, let version = question.version {
      // What restores a release stands in the stream of another, and names it, or undoes what took its place where it ran.
      let subject = Subject.release(package: package, version: version)
      let told = try history.positions(inStream: subject.text) + history.positions(mentioning: subject)
      let places = try Set(told.compactMap { try history.event(at: $0).deployment?.environment })
      let beside = try places.flatMap {
        try history.positions(
          of: Running.key(environment: $0, package: package), in: Running.self, within: History.everything)
      }
      return Set(told + beside).sorted()
    }
    let types: [EventType] = [
      .deploymentStarted, .deploymentProgressed, .deploymentFinished, .deploymentRolledback,
    ]
    return try types.flatMap { try history.positions(ofType: $0) }.sorted()
  }

  /// The streams in which something was annulled.
  private static func disturbed(_ history: History) throws -> Set<String> {
    try Set(
      history.positions(ofType: .eventAnnulled).compactMap { position in
        guard case .ledger(.eventAnnulled(let data)) = try history.event(at: position).event else { return nil }
        return try history.event(at: data.position).subject?.text
      })
  }

  /// Whether a deployment can begin with an event: what ends something can only where it says that its beginning was not
  /// recorded, or where that was annulled.
  private func isCandidate(_ event: RecordedEvent) -> Bool {
    guard case .release(let said) = event.event else { return false }
    if case .deploymentStarted = said { return true }
    if let subject = event.subject?.text, disturbed.contains(subject) { return true }
    if case .deploymentProgressed(let data) = said { return data.backfilled ?? false }
    if case .deploymentFinished(let data) = said { return data.backfilled ?? false }
    if case .deploymentRolledback(let data) = said { return data.backfilled ?? false }
    return false
  }
}
