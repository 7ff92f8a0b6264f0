import RelmDomain
import RelmProof
import Testing

/// What happens to one release, told event by event: each is decided, and folded where it is taken.
///
/// Decisions read `given(events).when(event)`. Events happen one minute apart unless a test says when.
struct Story {
  static let subject = "release/payments-api/1.0"
  static let owner = person(0xe)
  static let ana = person(0xa)
  static let ben = person(0xb)

  static func person(_ number: UInt64) -> PersonID { PersonID(UUIDText(high: 0, low: number)) }

  private(set) var release: ReleaseRow?
  private(set) var attempts: [AttemptID: AttemptRow] = [:]
  private(set) var position: UInt64 = 0

  /// The release's stage so far.
  var stage: ReleaseRow.Stage { release?.stage ?? .unplanned }

  /// What is decided about an event, without recording it.
  ///
  /// - Parameters:
  ///   - actor: who records it; nil for nobody.
  ///   - kind: the envelope's `authtype`.
  func when(
    _ event: ReleaseEvent, by actor: PersonID? = ana, _ kind: String? = "user", subject: String = subject
  ) throws -> Refusal? {
    let event = pinned(event)
    return try Decision.decide(
      .release(event), in: Self.envelope(.release(event), by: actor, kind, subject: subject),
      streamExists: release != nil, given: self, at: Self.instant(minute: 0))
  }

  /// An approval with what it covers filled in, as the command line does it.
  private func pinned(_ event: ReleaseEvent) -> ReleaseEvent {
    guard case .approvalGiven(let data) = event, data.plan == nil, data.digests.isEmpty else { return event }
    var writer = CanonicalWriter()
    Event.release(event).write(to: &writer)
    let digests = release?.digests ?? []
    return told(
      .approvalGiven, String(decoding: writer.bytes, as: UTF8.self),
      ["plan": release?.plan?.scope.position.value, "digests": digests.isEmpty ? nil : digests])
  }

  /// Records an event, whatever a decision would say.
  mutating func fold(_ event: ReleaseEvent, minute: Int64? = nil, by actor: PersonID? = ana) {
    let event = pinned(event)
    let moment = Moment(at: Self.instant(minute: minute ?? Int64(position)), position: Position(position))
    release = ReleaseRow.evolve(
      release, package: "payments-api", version: "1.0", by: event, at: moment, person: actor)
    if let attempt = event.attempt {
      attempts[attempt.attemptID] = AttemptRow.evolve(
        attempts[attempt.attemptID], package: "payments-api", version: "1.0", by: attempt, at: moment,
        person: actor)
    }
    position += 1
  }

  static func instant(minute: Int64) -> Instant {
    Instant(microseconds: 1_795_380_000_000_000 + minute * 60_000_000)
  }

  static func envelope(
    _ event: Event, by actor: PersonID?, _ kind: String?, subject: String?
  ) throws -> Envelope {
    var writer = CanonicalWriter()
    writer.beginObject()
    func member(_ name: String, _ value: String?, in writer: inout CanonicalWriter) {
      guard let value else { return }
      writer.key(name)
      writer.string(value)
    }
    member("authid", actor?.text, in: &writer)
    member("authtype", kind, in: &writer)
    if event.type != nil {
      writer.key("data")
      event.write(to: &writer)
    }
    member("id", "1", in: &writer)
    member("source", "/test", in: &writer)
    member("specversion", "1.0", in: &writer)
    member("subject", subject, in: &writer)
    member("type", event.type?.rawValue ?? "relm.build.statred", in: &writer)
    writer.endObject()
    return try Envelope(writer.bytes)
  }
}

/// A story of one release is a state in which nothing else is known but the owner.
extension Story: LedgerState {
  func release(_ package: String, _ version: String) -> ReleaseRow? { release }
  func attempt(_ package: String, _ version: String, _ attempt: AttemptID) -> AttemptRow? {
    attempts[attempt]
  }
  func approval(_ package: String, _ version: String, _ id: String) -> ApprovalRow? { nil }
  func approvals(_ package: String, _ version: String) -> [ApprovalRow] { [] }
  func escalation(_ package: String, _ version: String, _ id: String) -> EscalationRow? { nil }
  func obligation(_ subject: Subject, _ kind: ObligationRow.Kind, _ id: String) -> ObligationRow? { nil }
  func person(_ person: PersonID) -> PersonRow? { people().first { $0.person == person } }
  func environment(_ name: String) -> EnvironmentRow? { nil }
  func service(_ name: String) -> ServiceRow? { nil }
  func policy(_ id: String) -> PolicyRow? { nil }
  func procedure(_ id: String) -> ProcedureRow? { nil }
  func capability(_ id: String) -> CapabilityRow? { nil }
  func incident(_ id: String) -> IncidentRow? { nil }
  func hold(_ id: String) -> HoldRow? { nil }
  func ledger() -> LedgerRow? { nil }
  func people() -> [PersonRow] {
    let grant = PersonRow.Grant(
      position: Position(0), level: 6, contexts: [.development, .production], from: Self.instant(minute: 0))
    return [PersonRow(person: Self.owner, kind: .human, isLinked: false, grants: [grant])]
  }
  func policies() -> [PolicyRow] { [] }
  func holds() -> [HoldRow] { [] }
  func services(of package: String, in context: Context) -> PackageServices { PackageServices() }
  func isNarrowed(_ package: String, _ version: String, in context: Context) -> Bool { false }
  func authors(ofCommit id: String) -> [PersonID] { [] }
  func event(at position: Position) -> RecordedEvent? { nil }
  func counts(_ position: Position) -> Bool { true }
}

/// A story in which these events were taken, each by who may do it.
func given(_ events: ReleaseEvent..., sourceLocation: SourceLocation = #_sourceLocation) throws -> Story {
  var story = Story()
  for event in events {
    let actor =
      switch event {
      case .approvalGiven: Story.owner
      case .handoverAccepted: Story.ben
      default: Story.ana
      }
    let refusal = try story.when(event, by: actor)
    #expect(refusal == nil, "what is given must be taken", sourceLocation: sourceLocation)
    story.fold(event, by: actor)
  }
  return story
}

/// Events with only what a test is about.
extension ReleaseEvent {
  static let digest = ContentDigest("sha256:" + String(repeating: "0a", count: 32))

  static var planned: ReleaseEvent { told(.releasePlanned, ["class": "normal"]) }
  static func buildBegan(_ id: String) -> ReleaseEvent { told(.buildStarted, ["build": id]) }
  static func buildEnded(_ id: String, _ outcome: Outcome = .succeeded, backfilled: Bool? = nil) -> ReleaseEvent
  {
    told(.buildFinished, ["build": id, "outcome": outcome.rawValue, "backfilled": backfilled])
  }
  static func testBegan(_ id: String, _ suite: String = "smoke") -> ReleaseEvent {
    told(.testStarted, ["test": id, "suite": suite])
  }
  static func testEnded(
    _ id: String, _ suite: String = "smoke", _ outcome: Outcome = .succeeded, backfilled: Bool? = nil
  ) -> ReleaseEvent {
    told(
      .testFinished, ["test": id, "suite": suite, "outcome": outcome.rawValue, "backfilled": backfilled])
  }
  static func deploymentBegan(_ id: String, _ environment: String = "production") -> ReleaseEvent {
    told(.deploymentStarted, ["deployment": id, "environment": environment])
  }
  static func deploymentEnded(
    _ id: String, _ environment: String = "production", _ outcome: Outcome = .succeeded, backfilled: Bool? = nil
  ) -> ReleaseEvent {
    told(
      .deploymentFinished,
      ["deployment": id, "environment": environment, "outcome": outcome.rawValue, "backfilled": backfilled])
  }
  static func rolledBack(
    _ id: String, _ environment: String = "production", to version: String? = nil, backfilled: Bool? = nil
  ) -> ReleaseEvent {
    told(
      .deploymentRolledback,
      ["deployment": id, "environment": environment, "restores": version, "backfilled": backfilled])
  }
  static func removed(_ id: String, _ environment: String = "production", backfilled: Bool? = nil)
    -> ReleaseEvent
  {
    told(.deploymentRemoved, ["deployment": id, "environment": environment, "backfilled": backfilled])
  }
  static func published() -> ReleaseEvent {
    told(.packagePublished, ["digest": digest])
  }
  static var approved: ReleaseEvent { told(.approvalGiven, ["scope": "release"]) }
  static func offered(_ id: String, to party: PersonID = Story.ben) -> ReleaseEvent {
    told(.handoverOffered, ["handover": id, "to": "operations", "party": party])
  }
  static func accepted(_ id: String) -> ReleaseEvent { told(.handoverAccepted, ["handover": id]) }
  static var activity: ReleaseEvent { told(.activityRecorded, ["activity": "Looked at it"]) }
}
