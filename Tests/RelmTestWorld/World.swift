package import RelmBytes
package import RelmDomain
package import RelmViews
package import RelmHistory
package import RelmProof
package import Testing

/// A ledger without a disk: events are decided and folded as the real one does it, one at a time.
///
/// Tests read `given(events).when(event)`: what is given must be taken, what is asked about is only decided.
package final class World {
  package static let ana = person(1)
  package static let bo = person(2)
  package static let cyd = person(3)
  package static let dee = person(4)
  package static let release = "release/payments-api/1.0"
  package static let digest = "sha256:" + String(repeating: "0a", count: 32)
  package static let otherDigest = "sha256:" + String(repeating: "0b", count: 32)

  package static func person(_ number: UInt64) -> PersonID { PersonID(UUIDText(high: 7, low: number)) }

  package private(set) var events: [RecordedEvent] = []
  /// The ledger's clock: noon of a day, and a minute later with each event.
  package private(set) var now = Instant(microseconds: 1_795_348_800_000_000)
  /// By how much the clock goes on with each event, in microseconds; 0 for what is appended together.
  package var tick: Int64 = 60_000_000
  private let rows = PlainRows()
  private lazy var folded = makeViews()
  private let eventsPerMilestone: UInt64
  /// How many events were looked up for folding rows again.
  package private(set) var lookedUp = 0

  private func lookUp(_ position: Position) -> RecordedEvent? {
    lookedUp += 1
    return position.value < events.count ? events[Int(position.value)] : nil
  }

  private func makeViews() -> Views {
    do {
      return try Views(over: rows, eventsPerMilestone: eventsPerMilestone) { [unowned self] in lookUp($0) }
    } catch {
      preconditionFailure("empty rows read: \(error)")
    }
  }

  /// A ledger that Ana has opened.
  ///
  /// - Parameter eventsPerMilestone: how many versions of a stream lie between two milestones of its row.
  package init(eventsPerMilestone: UInt64 = 3) throws {
    self.eventsPerMilestone = eventsPerMilestone
    try given(
      "ledger.opened", "ledger",
      #"{"origin":"example.org/test","owner":"\#(Self.ana.text)","keys":[{"use":"checkpoint","verifier":"k"}]}"#
    )
  }

  /// The views as they now stand.
  package var views: Views { folded }

  package func advance(days: Int64) { now = now.advanced(byMicroseconds: days * 86_400_000_000) }
  /// Sets the clock forward; it never runs backwards.
  package func advance(to time: Instant) { now = max(now, time) }

  /// What is decided about an event, without recording it.
  package func when(
    _ type: String, _ subject: String, _ data: String, by actor: PersonID? = ana, kind: String? = "user",
    time: String? = nil
  ) throws -> Refusal? {
    let claim = try claim(type, subject, data, actor, kind, time)
    return try decide(claim)
  }

  /// Records an event, which must be taken.
  @discardableResult
  package func given(
    _ type: String, _ subject: String, _ data: String, by actor: PersonID? = ana, time: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Position {
    let claim = try claim(type, subject, data, actor, "user", time)
    let refusal = try decide(claim)
    #expect(refusal == nil, "what is given must be taken", sourceLocation: sourceLocation)
    return try record(claim, subject)
  }

  /// Records an event where it is taken; nil where it is refused.
  package func told(
    _ type: String, _ subject: String, _ data: String, by actor: PersonID?, time: String? = nil
  ) throws -> Position? {
    let claim = try claim(type, subject, data, actor, "user", time)
    return try decide(claim) == nil ? record(claim, subject) : nil
  }

  /// Records what no decision of today would take, as an older program may have.
  @discardableResult
  package func smuggled(_ type: String, _ subject: String, _ data: String, by actor: PersonID?) throws
    -> Position
  {
    try record(claim(type, subject, data, actor, "user", nil), subject)
  }

  private func record(_ claim: Claim, _ subject: String) throws -> Position {
    let head = try StreamHead.read(IndexKey.name(subject), folded.indexes)
    let bytes = try Record.make(
      claim, recordedTime: now, streamVersion: head?.count ?? 0, streamPrevious: head?.digest
    ).get()
    let event = try RecordedEvent(
      position: Position(UInt64(events.count)), record: Record(bytes), digest: .leaf(bytes))
    events.append(event)
    try folded.fold(event)
    now = now.advanced(byMicroseconds: tick)
    return event.position
  }

  /// Every row of every view, with those that are pending.
  package func rowsNow() throws -> [[PlainRow]] {
    let copy = PlainRows()
    let views = try Views(over: copy, eventsPerMilestone: eventsPerMilestone) { [self] in events[Int($0.value)]
    }
    for event in events { try views.fold(event) }
    try views.flush(into: copy)
    return try Views.tables.map { try copy.collected($0) }
  }

  /// The rows as they were when so many events had been recorded.
  package func past(_ size: Int) throws -> PastRows {
    try folded.flush(into: rows)
    folded = makeViews()
    return try PastRows(
      over: rows, asOf: AsOf(size: TreeSize(UInt64(size))), frontier: { Frontier() },
      lookUp: { self.lookUp($0) })
  }

  /// The rows as they were folded one by one.
  package func rowsFolded() throws -> [[PlainRow]] {
    try folded.flush(into: rows)
    folded = makeViews()
    return try Views.tables.map { try rows.collected($0) }
  }

  private func decide(_ claim: Claim) throws -> Refusal? {
    let envelope = claim.envelope
    return try Decision.decide(
      Event.decode(envelope), in: envelope,
      streamExists: StreamHead.read(IndexKey.name(envelope.stream), folded.indexes) != nil, given: folded,
      at: now)
  }

  private func claim(
    _ type: String, _ subject: String, _ data: String, _ actor: PersonID?, _ kind: String?, _ time: String?
  ) throws -> Claim {
    var members = [
      #""id":"\#(events.count)""#, #""source":"/test""#, #""specversion":"1.0""#, #""subject":"\#(subject)""#,
      #""type":"relm.\#(type)""#, #""data":\#(data)"#,
    ]
    if let actor { members.append(#""authid":"\#(actor.text)""#) }
    if actor != nil, let kind { members.append(#""authtype":"\#(kind)""#) }
    if let time { members.append(#""time":"\#(time)""#) }
    return try Claim.parse(JSONDocument(Array("{\(members.joined(separator: ","))}".utf8)).root)
  }
}

extension World {
  /// A grant to somebody.
  @discardableResult
  package func grant(
    _ person: PersonID, level: Int, contexts: [String] = ["development", "production"], more: String = "",
    by actor: PersonID = ana
  ) throws -> Position {
    try given(
      "authority.granted", "person/\(person.uuid.text)", Self.grantData(level, contexts, more), by: actor)
  }

  package static func grantData(
    _ level: Int, _ contexts: [String] = ["development", "production"], _ more: String = ""
  )
    -> String
  {
    let list = contexts.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"level":\#(level),"contexts":[\#(list)]\#(more)}"#
  }

  /// Somebody at level 6 who has nothing to do with anything says that a person is known.
  package func known(_ person: PersonID) throws {
    let outsider = Self.person(99)
    if try views.person(outsider) == nil { try grant(outsider, level: 6) }
    try given("person.linked", "person/\(person.uuid.text)", #"{"kind":"human"}"#, by: outsider)
  }

  /// A planned release with one good build.
  @discardableResult
  package func built(requestedBy: PersonID = cyd) throws -> Position {
    let plan = try given(
      "release.planned", Self.release, #"{"class":"normal","requestedBy":"\#(requestedBy.text)"}"#)
    try given("build.started", Self.release, #"{"build":"b-1"}"#)
    try given(
      "build.finished", Self.release,
      #"{"build":"b-1","outcome":"succeeded","artifacts":[{"name":"api","digest":"\#(Self.digest)"}]}"#)
    return plan
  }
}

extension World {
  /// Something happens that chance picks, if it may.
  package func happens(_ number: Int, _ chance: inout SplitMix64) throws {
    let person = [World.bo, World.cyd, World.dee].randomElement(using: &chance) ?? World.bo
    let id = "\(number % 7)"
    let (type, subject, data) =
      [
        ("deployment.started", World.release, #"{"deployment":"\#(id)","environment":"e\#(number % 2)"}"#),
        (
          "deployment.finished", World.release,
          #"{"deployment":"\#(id)","environment":"e\#(number % 2)","outcome":"succeeded","backfilled":true}"#
        ),
        ("authority.granted", "person/\(person.uuid.text)", World.grantData(5)),
        ("person.linked", "person/\(person.uuid.text)", #"{"kind":"human"}"#),
        ("review.opened", World.release, #"{"review":"\#(id)","scope":"s"}"#),
        (
          "review.action.raised", World.release,
          #"{"review":"\#(id)","action":"a","task":"t","owner":"\#(person.text)","due":"2026-12-01T00:00:00Z"}"#
        ),
        ("release.scope.changed", World.release, #"{"reason":"r"}"#),
        (
          "drift.detected", "environment/e\(number % 2)",
          #"{"drift":"\#(number)","item":"i","found":{"name":"n"}}"#
        ),
        (
          "drift.resolved", "environment/e\(number % 2)", #"{"drift":"\#(number - 1)","resolution":"restored"}"#
        ),
        ("hold.placed", "ledger", #"{"hold":"h\#(number % 3)","ground":"g","everything":true}"#),
        ("hold.released", "ledger", #"{"hold":"h\#(number % 3)","reason":"r"}"#),
      ].randomElement(using: &chance) ?? ("release.scope.changed", World.release, #"{"reason":"r"}"#)
    if try when(type, subject, data) == nil { try given(type, subject, data) }
  }
}
