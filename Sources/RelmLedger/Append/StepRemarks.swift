internal import RelmDomain
internal import RelmViews
internal import RelmProof
internal import RelmRules

/// What is said at once of an event that is recorded though something about it is wrong: a ledger refuses no fact, and whoever
/// records it is to hear what reports will say.
struct StepRemarks {
  /// What the views say before the event.
  let views: Views
  /// Whether another program's record is taken in, which does not know what was built.
  let isImport: Bool

  /// Each is a sentence without its stop.
  ///
  /// - Parameters:
  ///   - happened: when it happened, as is said.
  ///   - recorded: when it is recorded.
  func about(
    _ event: Event, _ subject: Subject?, happened: Instant, recorded: Instant
  ) throws -> [String] {
    switch event {
    case .release(.overrideDeclared(let data)): return try lapse(of: data, subject, recorded: recorded)
    case .release(let said):
      guard let step = said.attempt, case .release(let package, let version)? = subject else { return [] }
      let attempt = try views.attempt(package, version, step.attemptID)
      return try deployment(step, attempt, package, version, recorded: recorded)
        + goingOn(step, attempt, package, version) + afterItsEnd(step, attempt)
        + returning(step, package, version, happened) + order(step, attempt, happened)
    case .ledger(.eventAnnulled(let data)): return try annulment(of: data.position)
    case .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident, .foreign,
      .newer:
      return []
    }
  }

  // MARK: What is deployed

  /// What is wrong with deploying just this there; it is said once, when the deployment is first heard of.
  private func deployment(
    _ step: AttemptEvent, _ attempt: AttemptRow?, _ package: String, _ version: String, recorded: Instant
  ) throws -> [String] {
    let isStart: Bool
    switch step {
    case .deploymentStarted: isStart = true
    case .deploymentFinished: isStart = false
    case .buildStarted, .buildFinished, .testStarted, .testFinished, .deploymentProgressed,
      .deploymentRolledback,
      .deploymentRemoved, .handoverOffered, .handoverAccepted, .handoverRejected, .handoverConditionMet,
      .supportOpened, .supportAdvised, .supportClosed, .reviewOpened, .reviewFindingRecorded,
      .reviewActionRaised, .reviewActionCompleted, .reviewClosed:
      return []
    }
    guard let environment = step.environment, isStart || attempt == nil else { return [] }
    let release = try views.release(package, version)
    let name = "\(package)/\(version)"
    var remarks = try Hindrance.all(of: release, package, version, in: environment, given: views).map {
      "\(name) is not to be deployed to \(environment): \($0.reason) at position \($0.position.value); it is recorded, and "
        + "in production reports have it as an exception"
    }
    remarks += try (release?.plan?.requires ?? []).compactMap { try missing($0, environment, name) }
    if isStart, !isImport, release.map({ !$0.wasMade }) ?? true {
      remarks.append("nothing says that \(name) was ever built")
    }
    if case .deploymentStarted(let data) = step {
      remarks +=
        try data.digests.isEmpty
        ? unnamed(package, version, environment, recorded: recorded) : foreign(data.digests, to: release, name)
    }
    return remarks
  }

  /// What to say of a deployment of something else than the release is, as far as that is known.
  private func foreign(_ digests: [ContentDigest], to release: ReleaseRow?, _ name: String) -> [String] {
    guard let release, !release.digests.isEmpty,
      let foreign = release.knownDigests.stranger(among: digests, to: release.digests)
    else { return [] }
    let known = release.digests.prefix(Self.namedDigests).map(\.text).joined(separator: ", ")
    let more =
      release.digests.count > Self.namedDigests ? " and \(release.digests.count - Self.namedDigests) more" : ""
    return [
      "what was last built and published as \(name) does not have \(foreign.text), but \(known)\(more): rules such as built and "
        + "tested may not hold for it; where that is a slip, annul this and record what is deployed"
    ]
  }

  /// What to say of a deployment to production that does not say what is deployed, though that is known: what was built and tested
  /// is told by digest, and one that names none has shown neither.
  private func unnamed(
    _ package: String, _ version: String, _ environment: String, recorded: Instant
  ) throws -> [String] {
    let asking: Set<RuleName> = [.built, .tested, .attested, .gated, .approved]
    guard !isImport, try views.environment(environment)?.currentContext ?? .production == .production,
      try views.policies().compactMap({ $0.inForce(at: recorded)?.document }).contains(where: { policy in
        policy.context == .production && policy.rules.contains { asking.contains($0.rule) }
      })
    else { return [] }
    let contents = Attempt.contents(of: try views.events(ofRelease: package, version).counting)
    guard !contents.isEmpty else { return [] }
    let digests = contents.prefix(Self.namedDigests).map { "digests=\($0.text)" }.joined(separator: " ")
    let more = contents.count > Self.namedDigests ? " and \(contents.count - Self.namedDigests) more" : ""
    return [
      "it does not say by digest what is deployed, and so rules such as built, tested and gated will not hold for it; to say it: "
        + "annul this, and record it with \(digests)\(more)"
    ]
  }

  /// How many digests are named one by one.
  private static let namedDigests = 4

  /// What to say of a release that is required; nil where it runs there.
  private func missing(_ required: String, _ environment: String, _ name: String) throws -> String? {
    guard case .release(let package, let version)? = Subject.named(required) else { return nil }
    let running = try views.running(environment, package)?.running
    guard running?.version != version else { return nil }
    let found = running.map { "\($0.version) runs there" } ?? "nothing of that runs there"
    return "\(name) requires \(package)/\(version) in \(environment), and \(found)"
  }

  // MARK: What goes on, and what comes back

  /// What to say where a deployment goes on though somebody has said no since it began.
  private func goingOn(
    _ step: AttemptEvent, _ attempt: AttemptRow?, _ package: String, _ version: String
  ) throws -> [String] {
    switch step {
    case .deploymentFinished(let data): guard data.outcome == .succeeded else { return [] }
    case .deploymentProgressed(let data):
      guard data.decision != .abort, data.decision == .continue || data.share?.hundredths ?? 0 > 0 else {
        return []
      }
    default: return []
    }
    guard let environment = step.environment, let begun = attempt?.begun else { return [] }
    return try Hindrance.all(
      of: views.release(package, version), package, version, in: environment, given: views
    ).filter { $0.kind == .forbidden && begun.position < $0.position }.map {
      "\(step.inWords) began before, and \($0.reason) at position \($0.position.value) while it was under way; it is recorded, "
        + "and in production reports have it as an exception that it went on: to take it back, roll it back or remove it"
    }
  }

  /// What to say where a deployment goes on after it has ended otherwise than with success.
  private func afterItsEnd(_ step: AttemptEvent, _ attempt: AttemptRow?) -> [String] {
    guard case .deploymentProgressed(let data) = step, data.decision != .abort,
      data.decision == .continue || data.share?.hundredths ?? 0 > 0,
      let ended = attempt?.ended, let outcome = attempt?.outcome, outcome != .succeeded
    else { return [] }
    return [
      "\(step.inWords) had ended, \(outcome.rawValue), at position \(ended.position.value); it is recorded, and in production "
        + "reports have it as an exception that it went on: what goes on is another deployment, under an id of its own"
    ]
  }

  /// What to say where a rollback brings back what somebody has said no to.
  private func returning(
    _ step: AttemptEvent, _ package: String, _ version: String, _ happened: Instant
  ) throws -> [String] {
    guard case .deploymentRolledback(let data) = step else { return [] }
    let restored = try RunningRow.version(
      broughtBackBy: data, of: version, at: Moment(at: happened, position: Position(.max)),
      given: views.running(data.environment, package))
    guard let restored else { return [] }
    return try Hindrance.all(
      of: views.release(package, restored), package, restored, in: data.environment, given: views
    ).filter { $0.kind == .forbidden }.map {
      "\(package)/\(restored), which runs again by this, is not to be deployed to \(data.environment): \($0.reason) at "
        + "position \($0.position.value); it is recorded, and reports have it as a deployment of that"
    }
  }

  // MARK: How long it lasts

  /// When an override ends that says to last longer than one may.
  private func lapse(
    of data: OverrideDeclared, _ subject: Subject?, recorded: Instant
  ) throws -> [String] {
    guard case .release(let package, let version)? = subject,
      let lapse = try data.lapse(about: package, version, recorded: recorded, given: views)
    else { return [] }
    return [
      "the override lapses at \(lapse.rfc3339Milliseconds), as none lasts longer, and not at \(data.until.text)"
    ]
  }

  // MARK: In which order

  private func order(_ step: AttemptEvent, _ attempt: AttemptRow?, _ happened: Instant) -> [String] {
    guard let attempt, let (mark, seconds) = attempt.skew(of: step, at: happened) else { return [] }
    let place = "what stands at position \(mark.position.value)"
    return [
      step.isBeginning
        ? "\(step.inWords) is dated \(seconds) seconds after \(place), which says that it ended; it is over all the same, and "
          + "reports tell of the times"
        : "this is dated \(seconds) seconds before \(place), which it follows; the order counts, and reports tell of the times"
    ]
  }

  // MARK: What is left of an attempt

  /// What still stands of an attempt whose beginning is annulled, and how to annul that as well.
  private func annulment(of position: Position) throws -> [String] {
    guard let target = try views.event(at: position), case .release(let said) = target.event,
      let step = said.attempt, step.isBeginning, case .release(let package, let version)? = target.subject
    else { return [] }
    let others = try views.attempt(package, version, step.attemptID)?.others(than: position) ?? []
    guard !others.isEmpty else { return [] }
    let isOne = others.count == 1
    let places = others.map { "\($0.value)" }.joined(separator: ", ")
    let commands = others.map { "relm record event.annulled --subject ledger position=\($0.value) reason=…" }
    let kind = step.kind == .deployment ? " as a deployment of \(isOne ? "its" : "their") own" : ""
    return [
      "of \(step.inWords) \(isOne ? "position" : "positions") \(places) still \(isOne ? "counts" : "count")\(kind); to "
        + "annul \(isOne ? "that" : "them") too: \(commands.joined(separator: "; "))"
    ]
  }
}

extension ReleaseRow {
  /// Whether it is recorded that it was built or published.
  fileprivate var wasMade: Bool { (builds?.counts.succeeded ?? 0) > 0 || packages != nil }
}
