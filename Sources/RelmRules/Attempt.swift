package import RelmDomain
package import RelmProof

/// A deployment of a release that was begun: all events that name one deployment id and one environment.
package struct Attempt: Sendable {
  /// The id that the caller gave it.
  package let deployment: String
  /// Its first `deployment.started`; of what was never recorded as begun its first event.
  package let beginning: RecordedEvent
  /// What was recorded of it first: its beginning, or something later that was told before that. What is to stand before a
  /// deployment stands before this.
  package let first: RecordedEvent
  /// When it began, by the earliest claim of what was recorded up to its beginning.
  package let begun: Instant
  /// The latest claim of all that is told of it.
  package let claimedLast: Instant
  /// How it ended; nil while it is under way.
  package let end: End?
  package let outcome: Outcome?
  /// Where it put the release.
  package let environment: String
  /// What was deployed, by identity, as its beginning says it, else its end; none where nobody said.
  package let digests: [ContentDigest]
  /// Its events, in the order of their positions.
  package let events: [RecordedEvent]
  /// Whether it is the rollback of another release, which put this one there.
  package let isRestoration: Bool

  /// Where it stands: before it has to be what counts for it.
  package var line: Position { first.position }

  /// Where it was rolled back or removed, by when that happened first; nil where it still runs.
  package var undone: RecordedEvent? { undoings.min { $0.moment < $1.moment } }

  /// Where it was rolled back or removed. What is said to have come back in its own place runs on as it did.
  var undoings: [RecordedEvent] {
    isRestoration ? [] : events.filter { Word($0)?.kind.undoes ?? false && !leavesItRunning($0) }
  }

  private func leavesItRunning(_ event: RecordedEvent) -> Bool {
    guard case .release(.deploymentRolledback(let data)) = event.event,
      case .release(_, let version)? = event.subject
    else { return false }
    return data.restores == version && Set(data.restoresDigests).isSubset(of: digests)
  }
}

extension Attempt {
  /// The deployments among a release's events, in the order in which they begin.
  ///
  /// - Parameters:
  ///   - events: those of one release that count, in the order of their positions.
  ///   - apart: where words of strangers stand that are a deployment of their own; see `apart(in:_:)`.
  package static func all(in events: [RecordedEvent], apart: StrangersWords) -> [Attempt] {
    grouped(events, apart: apart).compactMap { Attempt($0.id, $1, isApart: $0.isApart) }.sorted {
      $0.line < $1.line
    }
  }

  /// - Parameter isApart: whether they are words of strangers about what others tell of: that it was taken back is then no
  ///   deployment.
  init?(_ deployment: String, _ events: [RecordedEvent], isApart: Bool = false) {
    let words = events.compactMap(Word.init)
    guard
      let first = words.first(where: { $0.kind == .started })
        ?? words.first(where: { $0.kind != .removed && !(isApart && $0.kind == .rolledBack) })
    else { return nil }
    let finish = words.first { $0.kind == .finished }
    // A start that is recorded after the end does not take back that there was a deployment by then.
    // Nor does a word that says that nothing was deployed yet make it begin where that stands.
    let told = words.filter { word in
      word.kind != .removed && word.event.position <= first.event.position
        && (word.tellsOfDeploying || word.event.position == first.event.position)
    }.map(\.event)
    self.first = told.first ?? first.event
    begun = told.map(\.happened).min() ?? first.event.happened
    claimedLast = events.map(\.happened).max() ?? first.event.happened
    self.deployment = deployment
    self.events = events
    beginning = first.event
    environment = first.environment
    end = finish.map { End($0.event, after: first.event) }
    outcome = finish?.outcome
    // Whatever either says was deployed is judged: the end does not put in what the beginning had not named.
    var named: [ContentDigest] = []
    for word in [first] + words.filter({ $0.kind == .finished }) {
      named += word.digests.filter { !named.contains($0) }
    }
    digests = named
    isRestoration = false
  }

  /// A deployment that is told by a rollback alone: of what that restores.
  init(restoring data: DeploymentRolledback, of digests: [ContentDigest], by event: RecordedEvent) {
    deployment = data.deployment
    (beginning, first) = (event, event)
    (begun, claimedLast) = (event.happened, event.happened)
    (end, outcome) = (End(event, after: event), .succeeded)
    environment = data.environment
    self.digests = digests
    events = [event]
    isRestoration = true
  }

  /// What an event says of a deployment.
  fileprivate struct Word {
    enum Kind {
      case started, progressed, finished, rolledBack, removed

      var undoes: Bool { self == .rolledBack || self == .removed }
    }

    let event: RecordedEvent
    let deployment: String
    let environment: String
    let kind: Kind
    var digests: [ContentDigest] = []
    var outcome: Outcome?
    var initiator: PersonID?
    var gateDecision: Position?
    var override: Position?
    /// Whether something was deployed by then: not where it is only held before anything was, or was cancelled.
    var tellsOfDeploying = true

    init?(_ event: RecordedEvent) {
      guard case .release(let said) = event.event else { return nil }
      self.event = event
      if case .deploymentStarted(let data) = said {
        (deployment, environment, kind) = (data.deployment, data.environment, .started)
        (digests, initiator) = (data.digests, data.initiator)
        (gateDecision, override) = (data.gateDecision, data.override)
      } else if case .deploymentProgressed(let data) = said {
        (deployment, environment, kind) = (data.deployment, data.environment, .progressed)
        tellsOfDeploying = data.decision == .continue || data.share?.hundredths ?? 0 > 0
      } else if case .deploymentFinished(let data) = said {
        (deployment, environment, kind) = (data.deployment, data.environment, .finished)
        (digests, outcome) = (data.digests, data.outcome)
        (initiator, gateDecision) = (data.initiator, data.gateDecision)
        tellsOfDeploying = data.outcome != .cancelled
      } else if case .deploymentRolledback(let data) = said {
        (deployment, environment, kind) = (data.deployment, data.environment, .rolledBack)
        initiator = data.initiator
      } else if case .deploymentRemoved(let data) = said {
        (deployment, environment, kind) = (data.deployment, data.environment, .removed)
      } else {
        return nil
      }
    }
  }
}

/// What the beginning of a deployment says that it goes by.
extension Attempt {
  /// Who set it going; nil where that is nobody who is known: a machine's deployment names its initiator or has none. Who
  /// records it and names another has had a hand in it all the same: else a name would only have to be given. So has whoever is
  /// named as the initiator of a later step.
  package func deployers(given state: some LedgerState) throws -> [PersonID]? {
    var found: [PersonID] = []
    if let named = Word(beginning)?.initiator {
      found.append(named)
      if let recorder = beginning.person, try state.isKnownHuman(recorder) { found.append(recorder) }
    } else {
      guard let person = beginning.person, try state.person(person)?.kind != .service else { return nil }
      found.append(person)
    }
    var known: Set<PersonID> = []
    return (found + events.compactMap { Word($0)?.initiator }).filter { known.insert($0).inserted }
  }

  /// The override that it uses: the one that it names, else the one by which the gate was opened that it relies on.
  ///
  /// - Parameter events: the release's events that count.
  package func usedOverride(in events: [RecordedEvent]) -> Position? {
    if let named = Word(beginning)?.override { return named }
    guard case .release(.gateDecided(let data))? = decision(in: events)?.event, data.outcome == .open else {
      return nil
    }
    return data.override
  }

  /// Where the overrides of a release were used: by which deployment first, whether that names it or relies on a gate that it
  /// opened.
  ///
  /// - Parameters:
  ///   - events: the release's events that count.
  ///   - apart: where words of strangers stand that are a deployment of their own.
  package static func uses(
    ofOverridesIn events: [RecordedEvent], apart: StrangersWords
  ) -> [Position: Moment] {
    all(in: events, apart: apart).reduce(into: [:]) { uses, attempt in
      guard let override = attempt.usedOverride(in: events), uses[override] == nil else { return }
      uses[override] = attempt.beginning.moment
    }
  }

  /// The decision of the gate that it relies on: the one that it names, else the last one for its environment.
  package func decision(in events: [RecordedEvent]) -> RecordedEvent? {
    let decisions = events.filter { event in
      guard case .release(.gateDecided(let data)) = event.event else { return false }
      return event.position < line && data.environment == environment
    }
    guard let named = Word(beginning)?.gateDecision else { return decisions.last }
    return decisions.last { $0.position == named }
  }
}

/// What a deployment that has not begun would deploy.
extension Attempt {
  /// What a release consists of: what its latest good build has made, and what was published since.
  ///
  /// - Parameter events: the release's events that count, in the order of their positions.
  package static func contents(of events: [RecordedEvent]) -> [ContentDigest] {
    var made: Moment?
    var digests: [ContentDigest] = []
    var known: Set<ContentDigest> = []
    for event in events {
      guard case .release(let said) = event.event else { continue }
      if case .buildFinished(let data) = said, data.outcome == .succeeded, !data.artifacts.isEmpty,
        made.map({ $0 < event.moment }) ?? true
      {
        made = event.moment
        digests = data.artifacts.map(\.digest)
        known = Set(digests)
      }
      if case .packagePublished(let data) = said, known.insert(data.digest).inserted {
        digests.append(data.digest)
      }
    }
    return digests
  }
}
