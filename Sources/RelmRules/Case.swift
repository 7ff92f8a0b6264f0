package import RelmDomain
package import RelmProof

/// What rules judge: a deployment of a release to an environment as it was begun, or as it would be begun now.
///
/// Two clocks decide what may count for it. An act counts if it stood before the deployment was recorded as begun. A fact
/// counts if it had happened and was recorded before; if it had happened before but was recorded after, and no later than
/// the policy allows, it counts as late. What comes after a deployment goes by when it was due: see `Duty`.
package struct Case: Sendable {
  package let package: String
  package let version: String
  package let environment: String
  package let context: Context
  /// What is deployed, by identity; none where nothing is known of it.
  package let digests: [ContentDigest]
  /// Where the beginning stands; of a deployment that has not begun, where it would stand.
  package let line: Position
  /// When it began, by its claim.
  package let begun: Instant
  /// The release's events that count, in the order of their positions.
  package private(set) var events: [RecordedEvent]
  /// Everything that was ever said of the release, those that do not count any more among them: for who had a hand in it.
  package let everything: [RecordedEvent]
  /// Deployments of it that are annulled, and not by somebody who had no hand in them: what they used up is used up.
  package let annulled: [Attempt]
  /// Where deployments of the release stand that were told by strangers; see `Attempt.isStrangers`. None where it has no overrides.
  package let strangers: Set<Position>
  /// Where words of strangers about its deployments stand that are a deployment of their own; see `Attempt.apart(in:_:)`.
  package let apart: StrangersWords
  /// Where the word of somebody else stands: approvals that ratify an override, and acceptances of what was handed over; see
  /// `Ratification`.
  package let ratifications: Set<Position>
  /// The release as it stood before.
  package let release: ReleaseRow?
  /// Who set the deployment going; none before it has begun, nil where it has begun for nobody who is known.
  package let deployers: [PersonID]?
  /// The deployment; nil at a gate, where it has not begun.
  package let attempt: Attempt?
  /// The id of the deployment; at a gate of the one for which it is asked, nil where that is not said.
  package let deployment: String?
  /// The as-of time: when it is asked.
  package let asOf: Instant
  /// What is recorded about the environment and belongs to the release: baselines. In the order of their positions.
  package private(set) var configuration: [RecordedEvent]
  /// What was seen running in the environment from the deployment on, in the order of the positions.
  package private(set) var observations: ArraySlice<RecordedEvent>
  /// What is recorded of deployments to the environment of other releases that the release may require, in the order of the
  /// positions.
  package let neighbours: [RecordedEvent]
  /// How much later than it happened a fact may be recorded, in microseconds, as the policy says that it is judged by; nil
  /// where it says nothing, which is no time at all.
  package private(set) var lateWithinMicroseconds: Int64?
  /// The level that the policy asks of approvers: it lets somebody take back what others have said.
  package private(set) var approverLevel = Case.usualLevel
  /// Why the release is critical by that policy; nil where it is not.
  package private(set) var critical: String?
  /// What the release was planned to be, by who may take something away from it for that policy.
  package private(set) var scope = ReleaseScope()
  /// The commits and the components that the plan declares, likewise; of the components where the last are named.
  private(set) var declaredCommits: [String] = []
  private(set) var declaredComponents: [Component] = []
  /// Of those who recorded its builds who is known to be human.
  private(set) var humanRecorders: Set<PersonID> = []
  /// Who wrote its commits by what any release was told of them, this one included.
  private(set) var authorsElsewhere: [PersonID] = []

  package init(
    package: String, version: String, environment: String, context: Context, digests: [ContentDigest],
    line: Position, begun: Instant, lateWithinMicroseconds: Int64? = nil, events: [RecordedEvent],
    everything: [RecordedEvent]? = nil, annulled: [Attempt] = [], ratifications: Set<Position> = [],
    strangers: Set<Position> = [], apart: StrangersWords = .none,
    release: ReleaseRow?, deployers: [PersonID]? = [], critical: String? = nil, attempt: Attempt? = nil,
    asOf: Instant? = nil, configuration: [RecordedEvent] = [], observations: ArraySlice<RecordedEvent> = [],
    neighbours: [RecordedEvent] = [], deployment: String? = nil
  ) {
    self.deployment = attempt?.deployment ?? deployment
    self.package = package
    self.version = version
    self.environment = environment
    self.context = context
    self.digests = digests
    self.line = line
    self.begun = begun
    self.lateWithinMicroseconds = lateWithinMicroseconds
    self.events = events
    self.everything = everything ?? events
    self.annulled = annulled
    self.ratifications = ratifications
    self.strangers = strangers
    self.apart = apart
    self.release = release
    self.deployers = deployers
    self.critical = critical
    self.attempt = attempt
    self.asOf = asOf ?? begun
    self.configuration = configuration
    self.observations = observations
    self.neighbours = neighbours
  }

  /// The same as a policy looks at it.
  ///
  /// - Parameter state: the ledger's rows as they stood before.
  package func judged(by policy: PolicyDocument, given state: some LedgerState) throws -> Case {
    var judged = try scoped(byLevel: policy.approvalLevel, lateWithin: policy.lateWithin?.microseconds, state)
    let approvers = Approvers(level: policy.approvalLevel, context, package, given: state)
    judged.critical = policy.critical(judged.scope, try judged.standingRisks(approvers)) ?? critical
    return judged
  }

  /// The same with what was planned by who may take something away from it.
  func scoped(byLevel level: Int, lateWithin: Int64? = nil, _ state: some LedgerState) throws -> Case {
    var judged = self
    judged.lateWithinMicroseconds = lateWithin ?? lateWithinMicroseconds
    judged.approverLevel = level
    let approvers = Approvers(level: level, context, package, given: state)
    judged.scope = try ReleaseScope(of: events, before: line, approvers)
    let plans = judged.facts { event -> (commits: [Commit], components: [Component])? in
      if case .releasePlanned(let data) = event { return (data.commits, data.components) }
      if case .releaseScopeChanged(let data) = event { return (data.commits, data.components) }
      return nil
    }
    for plan in plans where !plan.data.commits.isEmpty || !plan.data.components.isEmpty {
      let mayLower = try approvers.made(plan.event, judged.scope.reach)
      judged.declaredCommits = ReleaseScope.changed(
        judged.declaredCommits, to: plan.data.commits.map(\.id), mayLower)
      judged.declaredComponents = ReleaseScope.changed(
        judged.declaredComponents, to: plan.data.components, mayLower)
    }
    let recorders = judged.facts { event -> Bool? in
      switch event {
      case .buildStarted, .buildFinished: true
      default: nil
      }
    }.compactMap(\.event.person)
    judged.humanRecorders = try Set(recorders).filter { try state.isKnownHuman($0) }
    judged.authorsElsewhere = try Set((judged.commits + judged.builtCommits).map(\.id)).sorted().flatMap {
      try state.authors(ofCommit: $0)
    }
    return judged
  }

  /// The risk assessments by which the release may be critical: the last by somebody who may say that it is less, and
  /// every one since.
  private func standingRisks(_ approvers: Approvers<some LedgerState>) throws -> [RelmDomain.RiskAssessed] {
    let risks = acts { event -> RelmDomain.RiskAssessed? in
      if case .riskAssessed(let data) = event { data } else { nil }
    }.sorted { $0.moment < $1.moment }
    return try risks.reduce(into: []) { standing, risk in
      if try approvers.made(risk.event, scope.reach) { standing = [] }
      standing.append(risk.data)
    }
  }

  /// What is deployed, for what permits it: of a deployment that does not say so what the release consists of, as at a gate. Else
  /// what was permitted would only have to be left unsaid.
  var meant: [ContentDigest] {
    digests.isEmpty ? Attempt.contents(of: events.filter { $0.position < line }) : digests
  }

  /// The same without some events.
  func without(_ left: Set<Position>) -> Case {
    guard !left.isEmpty else { return self }
    var seen = self
    seen.events.removeAll { left.contains($0.position) }
    seen.configuration.removeAll { left.contains($0.position) }
    seen.observations = observations.filter { !left.contains($0.position) }[...]
    return seen
  }
}

/// Whether a fact counts for a deployment.
package enum Timing: Sendable, Equatable {
  /// It had happened and was recorded before.
  case inTime
  /// It had happened before and was recorded after, soon enough.
  case late
}

/// Something that stands somewhere, in time or late.
protocol Dated {
  var position: Position { get }
  var timing: Timing { get }
}

/// What an event says, with where and when it was said.
package struct Fact<Data: Sendable>: Dated, Sendable {
  package let data: Data
  package let event: RecordedEvent
  package let timing: Timing

  package var position: Position { event.position }
  package var moment: Moment { event.moment }
}

extension Case {
  /// The facts of one kind that count, in the order in which they happened.
  ///
  /// - Parameter pick: what an event says of that kind; nil for an event of another.
  func facts<Data>(_ pick: (ReleaseEvent) -> Data?) -> [Fact<Data>] {
    facts(among: events) { event in
      guard case .release(let said) = event else { return nil }
      return pick(said)
    }
  }

  /// The facts of one kind among some events that count, in the order in which they happened.
  func facts<Data>(among events: [RecordedEvent], _ pick: (Event) -> Data?) -> [Fact<Data>] {
    events.compactMap { event -> Fact<Data>? in
      guard let data = pick(event.event), let timing = timing(of: event) else { return nil }
      return Fact(data: data, event: event, timing: timing)
    }.sorted { $0.moment < $1.moment }
  }

  /// The acts of one kind that count, in the order of the log.
  func acts<Data>(_ pick: (ReleaseEvent) -> Data?) -> [Fact<Data>] {
    events.compactMap { event in
      guard case .release(let said) = event.event, event.position < line, let data = pick(said) else {
        return nil
      }
      return Fact(data: data, event: event, timing: .inTime)
    }
  }

  /// The moments at which has to hold whatever holds for a time only: when the deployment began, as is claimed; and where
  /// that was recorded later than the policy takes anybody's word for it, when it was recorded as well. Else a time would
  /// only have to be claimed that suits.
  var moments: [Instant] {
    guard let attempt else { return [begun] }
    let told = moments(from: begun, to: attempt.first.recorded)
    // A beginning that is told after something else was, and not after the end, is one all the same: else a word of it would
    // only have to be there in time.
    let beginning = attempt.beginning
    guard attempt.line < beginning.position, attempt.end.map({ beginning.position < $0.position }) ?? true
    else {
      return told
    }
    return told + moments(from: beginning.happened, to: beginning.recorded)
  }

  /// When something happened that is told at a time, as far as that is believed.
  private func moments(from happened: Instant, to told: Instant) -> [Instant] {
    let believed = max(lateWithinMicroseconds ?? 0, Claim.latitudeMicroseconds)
    return told.microseconds - happened.microseconds <= believed ? [happened] : [happened, told]
  }

  /// Whether something that is over at a moment still held for the deployment.
  func holds(until end: Instant) -> Bool { moments.allSatisfy { $0 < end } }

  func timing(of event: RecordedEvent) -> Timing? {
    guard event.happened <= begun else { return nil }
    if event.position < line { return .inTime }
    return isSoonEnough(event) ? .late : nil
  }

  /// Whether an event was recorded no later after it had happened than the policy allows.
  func isSoonEnough(_ event: RecordedEvent) -> Bool {
    event.recorded.microseconds - event.happened.microseconds <= lateWithinMicroseconds ?? 0
  }

  /// What to say where nothing counts: that there is nothing, or that what there is came too late.
  func missing<Data>(_ what: String, _ pick: (ReleaseEvent) -> Data?) -> Judgement {
    missing(what, among: events) { event -> Data? in
      guard case .release(let said) = event else { return nil }
      return pick(said)
    }
  }

  /// What to say where nothing among some events counts.
  func missing<Data>(_ what: String, among events: [RecordedEvent], _ pick: (Event) -> Data?) -> Judgement {
    let late = events.filter { pick($0.event) != nil && timing(of: $0) == nil }
    return late.isEmpty
      ? Judgement(.violated, "\(what) is missing")
      : Judgement(.violated, "\(what) came too late to count", at: late.map(\.position))
  }
}

extension Array {
  /// The first that is in time, and where none is the first; for a rule that asks for one of a kind and not for the last.
  func firstInTime<Data>() -> Fact<Data>? where Element == Fact<Data> {
    first { $0.timing == .inTime } ?? first
  }
}
