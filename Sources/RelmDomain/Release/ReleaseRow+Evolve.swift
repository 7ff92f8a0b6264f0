extension ReleaseRow {
  /// How many environments, and how many suites, a row lists; of more it keeps those touched latest. It shows them, and
  /// nothing is decided by them; what decides, the artifacts, the approvals and who had a hand in it, is kept whole.
  package static let listLimit = 16
  /// How many handovers a row lists; each is an attempt too, and there all are.
  package static let handoverLimit = 8

  /// The row after one more event of the release's stream. Total: it takes whatever the log holds.
  ///
  /// Events may come in another order than they happened in. Where a row keeps "the latest" of something, it is the
  /// latest by `Moment`: by time, and at the same time by position. Of one attempt the steps count in their order: see
  /// `place`.
  ///
  /// - Parameters:
  ///   - row: the row before; nil before the first event.
  ///   - package: what is released, by the stream's name.
  ///   - version: which version of it.
  ///   - event: what is said about it.
  ///   - moment: when the event happened and where it stands.
  ///   - person: who recorded it, where that is a person.
  package static func evolve(
    _ row: ReleaseRow?, package: String, version: String, by event: ReleaseEvent, at moment: Moment,
    person: PersonID?
  ) -> ReleaseRow {
    var row =
      row
      ?? ReleaseRow(
        package: package, version: version, stage: .unplanned, events: 0, first: moment, last: moment)
    row.events += 1
    row.last = moment
    row.apply(event, at: moment, by: person)
    row.learn(event.digestSets)
    for hand in event.hands(recordedBy: person) where !row.hands.contains(hand) { row.hands.append(hand) }
    row.stage = row.derivedStage
    return row
  }

  private mutating func apply(_ event: ReleaseEvent, at moment: Moment, by person: PersonID?) {
    switch event.family {
    case .planning(let event): plan(event, at: moment)
    case .attempt(let event): attempt(event, at: moment)
    case .permission(let event): permit(event, at: moment, by: person)
    case .record(let event): record(event, at: moment)
    case .ending(let event): end(event, at: moment)
    }
  }

  private mutating func attempt(_ event: AttemptEvent, at claimed: Moment) {
    guard let moment = place(event, at: claimed) else { return countBeginning(event) }
    switch event {
    case .buildStarted(let data):
      touch(build: data.build, nil, at: moment)
    case .buildFinished(let data):
      if data.outcome == .succeeded { become(data.artifacts.map(\.digest), at: moment) }
      touch(build: data.build, data.outcome, at: moment)
    case .testStarted(let data):
      touch(suite: data.suite, test: data.test, nil, at: moment)
    case .testFinished(let data):
      touch(suite: data.suite, test: data.test, data.outcome, at: moment)
    case .deploymentStarted(let data):
      touch(environment: data.environment, deployment: data.deployment, .started, at: moment)
      if data.override != nil || isOpenedByOverride(for: data) { overrides?.used += 1 }
    case .deploymentProgressed(let data): progress(data, at: moment)
    case .handoverConditionMet: break
    case .deploymentFinished(let data):
      touch(environment: data.environment, deployment: data.deployment, Status(data.outcome), at: moment)
    case .deploymentRolledback(let data):
      // A rollback to the same version leaves the release running: only a later attempt at it was undone.
      touch(
        environment: data.environment, deployment: data.deployment, .rolledBack, at: moment,
        keepsRunning: data.restores == version)
    case .deploymentRemoved(let data):
      touch(environment: data.environment, deployment: data.deployment, .removed, at: moment)
    case .handoverOffered(let data):
      offer(Handover(handover: data.handover, to: data.to, party: data.party, offered: moment))
    case .handoverAccepted(let data):
      accept(data.handover, at: moment)
    case .handoverRejected(let data):
      reject(data.handover, at: moment)
    case .supportOpened: count(support: \.opened, at: moment)
    case .supportAdvised: count(support: \.advised, at: moment)
    case .supportClosed(let data): closeSupport(data, at: moment)
    case .reviewOpened: count(review: \.opened, at: moment)
    case .reviewFindingRecorded: count(review: \.findings, at: moment)
    case .reviewActionRaised: count(review: \.actionsRaised, at: moment)
    case .reviewActionCompleted: count(review: \.actionsCompleted, at: moment)
    case .reviewClosed(let data): closeReview(data.outcome, at: moment)
    }
  }

  /// Whether a deployment relies on a gate that was opened by an override: it has used that up, though it does not name it.
  private func isOpenedByOverride(for data: DeploymentStarted) -> Bool {
    guard let gate = gates.first(where: { $0.environment == data.environment }), gate.isOpen,
      gate.override != nil
    else { return false }
    return data.gateDecision.map { $0 == gate.moment.position } ?? true
  }

  private mutating func record(_ event: RecordEvent, at moment: Moment) {
    switch event {
    case .packagePublished(let data):
      let new = LatestPackage(digest: data.digest, name: data.name, purl: data.purl, moment: moment)
      var facet = packages ?? Packages(published: 0, latest: new)
      facet.published += 1
      if facet.latest.moment < moment { facet.latest = new }
      packages = facet
      if !digests.contains(data.digest) { digests.append(data.digest) }
    case .attestationRecorded:
      attestations = (attestations ?? 0) + 1
    case .validationFinished(let data):
      guard validation.map({ $0.moment < moment }) ?? true else { break }
      validation = Judgement(outcome: data.outcome, environment: data.environment, moment: moment)
    case .verificationFinished(let data):
      let new = Judgement(outcome: data.outcome, environment: data.environment, moment: moment)
      verifications.keep(new, of: data.environment, by: { $0.environment ?? "" }, \.moment)
      if verification.map({ $0.moment < moment }) ?? true { verification = new }
    case .procedureStepCompleted: count(step: \.completed)
    case .procedureStepSkipped: count(step: \.skipped)
    case .documentAttached(let data):
      let new = LatestDocument(title: data.title, kind: data.kind, digest: data.evidence.digest, moment: moment)
      var facet = documents ?? Documents(attached: 0, latest: new)
      facet.attached += 1
      if facet.latest.moment < moment { facet.latest = new }
      documents = facet
    case .activityRecorded(let data):
      let new = LatestActivity(phase: data.phase, outcome: data.outcome, moment: moment)
      var facet = activities ?? Activities(recorded: 0, latest: new)
      facet.recorded += 1
      if facet.latest.moment < moment { facet.latest = new }
      activities = facet
    case .resultLogged:
      results = (results ?? 0) + 1
    }
  }

  private mutating func learn(_ sets: [[ContentDigest]]) {
    guard !sets.isEmpty else { return }
    var known = knownDigests
    for set in sets { known.learn(set) }
    digestSets = known.sets.map { DigestSet(digests: $0) }
  }

  /// The release is now what a good build has made; what was published of an earlier one is not it any more.
  private mutating func become(_ artifacts: [ContentDigest], at moment: Moment) {
    guard !artifacts.isEmpty, made.map({ $0 < moment }) ?? true else { return }
    made = moment
    digests = artifacts
  }

  private mutating func count(step: WritableKeyPath<Steps, Int>) {
    var facet = steps ?? Steps(completed: 0, skipped: 0)
    facet[keyPath: step] += 1
    steps = facet
  }

  private mutating func touch(build: String, _ outcome: Outcome?, at moment: Moment) {
    let new = LatestBuild(build: build, outcome: outcome, moment: moment)
    var facet = builds ?? Builds(counts: Counts(), latest: new)
    facet.counts.add(outcome)
    if facet.latest.moment < moment { facet.latest = new }
    builds = facet
  }

  private mutating func touch(suite: String, test: String, _ outcome: Outcome?, at moment: Moment) {
    let new = Suite(suite: suite, test: test, outcome: outcome, moment: moment)
    var facet = tests ?? Tests(counts: Counts(), suites: [], suitesLeftOut: 0)
    facet.counts.add(outcome)
    switch facet.suites.place(of: suite, by: \.suite) {
    case .at(let index):
      if facet.suites[index].moment < moment { facet.suites[index] = new }
    case .before(let index):
      facet.suites.insert(new, at: index)
      if facet.suites.dropOldest(over: Self.listLimit, by: \.moment) { facet.suitesLeftOut += 1 }
    }
    tests = facet
  }

  private mutating func offer(_ handover: Handover) {
    var facet = handovers ?? Handovers(offered: 0, accepted: 0, rejected: 0)
    facet.offered += 1
    facet.latest.add(handover, limit: Self.handoverLimit, by: \.offered)
    handovers = facet
  }

  private mutating func reject(_ id: String, at moment: Moment) {
    var facet = handovers ?? Handovers(offered: 0, accepted: 0, rejected: 0)
    facet.rejected += 1
    if let index = facet.latest.firstIndex(where: { $0.handover == id }) {
      facet.latest[index].rejected = moment
    }
    handovers = facet
  }

  private mutating func accept(_ id: String, at moment: Moment) {
    var facet = handovers ?? Handovers(offered: 0, accepted: 0, rejected: 0)
    facet.accepted += 1
    facet.lastAccepted = max(facet.lastAccepted ?? moment, moment)
    if let index = facet.latest.firstIndex(where: { $0.handover == id }) {
      facet.latest[index].accepted = moment
    }
    handovers = facet
  }
}

extension ReleaseRow.Counts {
  init() { self.init(started: 0, succeeded: 0, failed: 0, errored: 0, cancelled: 0) }

  /// Counts a beginning, where there is no outcome, or an end.
  mutating func add(_ outcome: Outcome?) {
    switch outcome {
    case nil: started += 1
    case .succeeded: succeeded += 1
    case .failed: failed += 1
    case .errored: errored += 1
    case .cancelled: cancelled += 1
    }
  }
}

extension ReleaseRow.Status {
  init(_ outcome: Outcome) {
    switch outcome {
    case .succeeded: self = .succeeded
    case .failed: self = .failed
    case .errored: self = .errored
    case .cancelled: self = .cancelled
    }
  }
}
