import Foundation
import RelmDomain
import RelmLedger
import RelmProof
import RelmTestSupport
import Testing

@Suite("A year of a service")
struct YearTests {
  private let folder = TemporaryFolder()
  private let machine: TestMachine

  init() throws { machine = try TestMachine() }

  private func instant(_ text: String) throws -> Instant { try #require(Timestamp(text)).instant }

  private func open(at time: String) throws -> Ledger {
    machine.now = try instant(time)
    return try Ledger.create(
      at: folder.path + "/ledger",
      LedgerPlan(origin: "example.org/releases", owner: Year.owner, source: "/year"),
      surroundings: machine.surroundings)
  }

  /// Appends an event with the positions filled in; where it landed.
  private func tell(_ event: YearEvent, _ positions: inout [String: UInt64], to ledger: Ledger) throws {
    let resolved = try #require(event.resolved(positions), "\(event.id) names an event that is not told yet")
    let claims = try ledger.claims([resolved.line], actor: nil)
    switch try ledger.append(AppendRequest(claims: claims)) {
    case .overtaken: throw LedgerError(.busy, "a test has no rival")
    case .refused(_, let refusal): Issue.record("\(event.id) at \(event.recorded): \(refusal)")
    case .landed(let receipts, let remarks):
      #expect(remarks.isEmpty)
      positions[event.id] = try receipts[0].get().position.value
    }
  }

  @Test("the story names each event once, and only earlier ones by position, and leaves out no type")
  func wellFormed() throws {
    var told: Set<String> = []
    var last = Year.opened
    for event in Year.events {
      #expect(event.mentions.allSatisfy(told.contains), "\(event.id): \(event.mentions)")
      #expect(told.insert(event.id).inserted, "\(event.id) is told twice")
      #expect(last <= event.recorded, "\(event.id) comes too late in the list")
      #expect(event.time <= event.recorded, "\(event.id) is recorded before it happens")
      last = event.recorded
    }
    let types = Set(Year.events.map { "relm." + $0.type })
    let owned = Set(Year.ownVerbs.map { "relm." + $0.type })
    for type in EventType.allCases {
      let isOwned = EventCatalogue.description(of: type).ownVerb != nil
      #expect(isOwned == owned.contains(type.rawValue), "\(type.rawValue)")
      #expect(isOwned != types.contains(type.rawValue), "\(type.rawValue)")
    }
  }

  /// The clock stands at each event's own time of recording, as it did for who recorded it: permissions are
  /// granted while they are ahead, and the delegation of the summer is over when autumn comes.
  @Test("a year told as it happens is taken whole, and verifies; a delegation has ended when its time is over")
  func live() throws {
    let year = try YearLedger()
    defer { withExtendedLifetime(year) {} }
    let (ledger, positions) = (year.ledger, year.positions)
    #expect(try ledger.size().value == UInt64(Year.events.count) + 1)
    let verification = try ledger.verify()
    #expect(verification.isClean, "\(verification.problems) \(verification.viewProblems)")

    // What Dee could approve in August, for Bo, nobody takes from her in December.
    let again = try #require(Year.events.first { $0.id == "approve-1.2.1" }?.told().resolved(positions))
    let late = again.line.replacing(#""id":"approve-1.2.1""#, with: #""id":"too-late""#)
    let outcome = try ledger.append(AppendRequest(claims: ledger.claims([late], actor: nil), isDryRun: true))
    guard case .refused(_, let refusal) = outcome else {
      Issue.record("an expired delegation still serves")
      return
    }
    #expect(refusal.code == .notAuthorised, "\(refusal)")
  }

  /// One append has one time of recording, so both tellings are of somebody who records the whole year after it
  /// is over, by a clock that stands in the January after: every event keeps the time at which it happened, and
  /// only the ends of permissions are later than in the story, for nobody can grant what has expired. Everybody
  /// is known, and the ledger is copied, before the first event: pseudonyms, keys and the opening are then the
  /// same in both.
  @Test("a year told event by event and as one batch gives the same root and the same rows of every view")
  func oneByOneAndAtOnce() throws {
    _ = try open(at: "2027-01-15T09:00:00Z")
    let events = Year.events.map { $0.told(permissionsEnd: "2999-12-31T00:00:00Z") }
    let roots = try ["one", "all"].map { name in
      let root = folder.path + "/" + name
      if name == "one" { try makeKnown(at: folder.path + "/ledger") }
      try FileManager.default.copyItem(atPath: folder.path + "/ledger", toPath: root)
      return try Ledger.open(at: root, surroundings: machine.surroundings)
    }

    var positions: [String: UInt64] = [:]
    for event in events { try tell(event, &positions, to: roots[0]) }

    // In a batch the positions are known before it is there.
    let start = try roots[1].size().value
    let places = Dictionary(uniqueKeysWithValues: zip(events.map(\.id), start...))
    let batch = try events.map { try #require($0.resolved(places)).line }.joined(separator: "\n")
    let lines = batch.split(separator: "\n").map(String.init)
    #expect(lines.count == events.count)
    let request = AppendRequest(claims: try roots[1].claims(lines, actor: nil))
    guard case .landed = try roots[1].append(request) else {
      Issue.record("the batch is refused: \(try roots[1].append(request))")
      return
    }

    #expect(places == positions)
    let (one, all) = (try roots[0].verify(), try roots[1].verify())
    #expect(one.isClean, "\(one.problems) \(one.viewProblems)")
    #expect(all.isClean, "\(all.problems) \(all.viewProblems)")
    #expect(one.size == all.size)
    #expect(one.root == all.root)
    let rows = try roots[0].rows()
    #expect(rows.count > Year.events.count)
    #expect(try rows == roots[1].rows())
  }

  /// Gives everybody in the story a pseudonym without recording anything.
  private func makeKnown(at root: String) throws {
    let ledger = try Ledger.open(at: root, surroundings: machine.surroundings)
    _ = try ledger.claims(Year.accounts.map { event("known", more: #","authid":"\#($0)""#) }, actor: nil)
  }
}
