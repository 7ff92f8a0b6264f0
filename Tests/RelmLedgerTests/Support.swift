import Foundation
import RelmBytes
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import RelmStorage
import RelmTestSupport
import Synchronization
import Testing

/// What a test sets of the machine: the clock, and which boot it is.
final class TestMachine: Sendable {
  private let state: Mutex<(microseconds: Int64, boot: String)>

  private let eventsPerMilestone: UInt64

  /// A clock that stands still, and the boot that other processes see as well.
  ///
  /// - Parameter eventsPerMilestone: few where a test looks at rows folded from their milestones. Another process that
  ///   writes the same ledger does not know of it.
  init(eventsPerMilestone: UInt64 = Surroundings.system.eventsPerMilestone) throws {
    self.eventsPerMilestone = eventsPerMilestone
    state = Mutex((microseconds: 1_790_000_000_000_000, boot: try Surroundings.system.bootID()))
  }

  var boot: String { state.withLock { $0.boot } }

  /// The time by the clock.
  var now: Instant {
    get { Instant(microseconds: state.withLock { $0.microseconds }) }
    set { state.withLock { $0.microseconds = newValue.microseconds } }
  }

  func advance(seconds: Int64) { state.withLock { $0.microseconds += seconds * 1_000_000 } }

  /// Starts the machine anew, as after power was lost.
  func reboot() { state.withLock { $0.boot += "+" } }

  var surroundings: Surroundings {
    var surroundings = Surroundings(
      now: { self.now }, random: Surroundings.system.random, bootID: { self.boot })
    surroundings.eventsPerMilestone = eventsPerMilestone
    return surroundings
  }
}

/// A fresh ledger of a test's own.
struct TestLedger {
  let folder = TemporaryFolder()
  let machine: TestMachine
  let ledger: Ledger
  var root: String { folder.path + "/ledger" }
  static let owner = "owner@example.org"

  init(eventsPerMilestone: UInt64 = Surroundings.system.eventsPerMilestone) throws {
    machine = try TestMachine(eventsPerMilestone: eventsPerMilestone)
    ledger = try Ledger.create(
      at: folder.path + "/ledger",
      LedgerPlan(origin: "example.org/ledger", owner: Self.owner, source: "/test"),
      surroundings: machine.surroundings)
  }

  /// Opens it once more, as the same process may.
  func reopened(readOnly: Bool = false, patience: Duration = .seconds(10)) throws -> Ledger {
    try Ledger.open(at: root, surroundings: machine.surroundings, patience: patience, readOnly: readOnly)
  }
}

extension Ledger {
  /// Takes events in as a person at a command line would.
  func claims(_ events: [String], actor: String? = TestLedger.owner) throws -> [PreparedClaim] {
    while true {
      var intake = intake(defaultSource: "/test", defaultActor: actor)
      let claims = try events.map { try intake.take(JSONDocument([UInt8]($0.utf8)).root).get() }
      if try intake.commitPeople() { return claims }
    }
  }

  /// Appends events, all of which must land.
  @discardableResult
  func append(_ events: String..., expected: ExpectedVersion? = nil) throws -> [Receipt] {
    let outcome = try append(AppendRequest(claims: try claims(events), expected: expected))
    guard case .landed(let receipts, _) = outcome else {
      Issue.record("not appended: \(outcome)")
      return []
    }
    return try receipts.map { try $0.get() }
  }

  /// The refusal of a request that must not land.
  func refusal(_ events: String..., expected: ExpectedVersion? = nil) throws -> Refusal? {
    let outcome = try append(AppendRequest(claims: try claims(events), expected: expected))
    guard case .refused(_, let refusal) = outcome else { return nil }
    return refusal
  }

  /// Every event, in order.
  func history() throws -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    try forEachEvent(EventFilter()) { event in
      events.append(event)
      return true
    }
    return events
  }

  /// Every row of every view, current.
  func rows() throws -> [String] { try withViews { rows, _ in try rows.all() } }
}

extension RowReading {
  /// Every row of every table as text: table, key and value.
  func all() throws -> [String] {
    var found: [String] = []
    for table in Views.tables {
      try scan(table, from: nil, upTo: nil, reversed: false) { key, value in
        found.append("\(table.name) \(Hex.encode(key)) \(Hex.encode(value))")
        return true
      }
    }
    return found
  }
}

/// An event of a type of our own about a release.
func event(
  _ id: String, _ type: String = "activity.recorded", about subject: String = "release/api/1.0",
  _ data: String = #"{"activity":"look"}"#, more: String = ""
) -> String {
  #"{"id":"\#(id)","type":"relm.\#(type)","subject":"\#(subject)","data":\#(data)\#(more)}"#
}

/// Events as they may come in, made up from a seed: some are refused, many meet in the same streams.
struct RandomHistory {
  private var chance: SplitMix64
  private var made = 0
  private let prefix: String

  init(seed: UInt64) {
    chance = SplitMix64(seed: seed)
    prefix = "s\(seed)"
  }

  mutating func events(_ count: Int) -> [String] { (0..<count).map { _ in next() } }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &chance) }

  private mutating func next() -> String {
    made += 1
    let subject = "release/package-\(below(3))/\(below(4)).0"
    let id = below(3) == 0 ? UUIDText(high: UInt64(made), low: chance.next()).text : "\(prefix)-\(made)"
    // Some without a time, some long past, some in another order than they come in.
    let time =
      below(3) == 0
      ? "" : #","time":"\#(1960 + below(66))-0\#(1 + below(9))-1\#(below(10))T0\#(below(10)):00:00Z""#
    let attempt = below(6)
    let environment = "host/\(attempt % 2)"
    switch below(12) {
    case 0: return event(id, "release.planned", about: subject, #"{"class":"normal"}"#, more: time)
    case 1: return event(id, "build.started", about: subject, #"{"build":"b\#(attempt)"}"#, more: time)
    case 2:
      return event(
        id, "build.finished", about: subject,
        #"{"backfilled":true,"build":"b\#(attempt)","outcome":"succeeded"}"#,
        more: time)
    case 3:
      return event(
        id, "deployment.started", about: subject,
        #"{"deployment":"d\#(attempt)","environment":"\#(environment)"}"#,
        more: time)
    case 4, 5:
      let outcome = below(4) == 0 ? "failed" : "succeeded"
      return event(
        id, "deployment.finished", about: subject,
        #"{"backfilled":true,"deployment":"d\#(attempt)","environment":"\#(environment)","outcome":"\#(outcome)"}"#,
        more: time)
    case 6:
      return event(
        id, "deployment.rolledback", about: subject,
        #"{"backfilled":true,"deployment":"d\#(attempt)","environment":"\#(environment)"}"#, more: time)
    case 7:
      return event(
        id, "deployment.removed", about: subject,
        #"{"backfilled":true,"deployment":"d\#(attempt)","environment":"\#(environment)"}"#, more: time)
    case 8: return #"{"id":"\#(id)","type":"org.example.seen","source":"/other/\#(below(2))"\#(time)}"#
    case 9: return #"{"id":"\#(id)","type":"org.example.said","subject":"elsewhere/\#(below(2))"\#(time)}"#
    default: return event(id, about: subject, #"{"activity":"step \#(made)"}"#, more: time)
    }
  }
}

extension EvidenceStore {
  /// Puts a file there as attaching it does.
  func store(_ bytes: [UInt8]) throws -> Digest {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(bytes))
    try pipe.fileHandleForWriting.close()
    let arrived = try ArrivingEvidence(
      pipe.fileHandleForReading.fileDescriptor, path: "a test", atMost: bytes.count, in: self
    ) { _ in }
    try arrived.keep()
    return arrived.digest
  }
}
