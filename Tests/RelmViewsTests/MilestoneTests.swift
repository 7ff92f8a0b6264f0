import RelmBytes
import RelmDomain
import RelmHistory
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("Milestones of long rows")
struct MilestoneTests {
  private static let environment = "environment/e"
  private static let key = Environments.key("e")

  /// What counts of some events: what no event among them annuls that counts itself.
  private func counting(_ events: ArraySlice<RecordedEvent>) -> [RecordedEvent] {
    var isAnnulled: Set<Position> = []
    // Whoever annuls stands later: from the last to the first it is known of each whether it counts.
    for event in events.reversed() where !isAnnulled.contains(event.position) {
      if case .ledger(.eventAnnulled(let data)) = event.event { isAnnulled.insert(data.position) }
    }
    return events.filter { !isAnnulled.contains($0.position) }
  }

  /// Compares every row of a view that is there now or was then.
  private func compare<View: Projection>(
    _ view: View.Type, _ past: PastRows, _ events: [RecordedEvent], among all: [RecordedEvent], _ place: String
  ) throws {
    let plain = try TestLog.fold(view, events)
    for key in Set(all.flatMap { View.keys(touchedBy: $0) }) {
      #expect(
        try past.row(View.table, key.bytes) == plain[key.bytes], "\(place): \(view.name) \(key.components)")
    }
  }

  @Test(
    "a row as of any size is what the events make of it that count by then, whatever milestones lie on the way",
    arguments: 1...15 as ClosedRange<UInt64>)
  func sameAsPlain(seed: UInt64) throws {
    let world = try World(eventsPerMilestone: [1, 2, 3, 5, 16][Int(seed % 5)])
    try world.grant(World.bo, level: 5)
    try world.built()
    var chance = SplitMix64(seed: seed)
    for number in 0..<90 {
      // Now and then what is annulled lies just before, or is an annulment itself.
      let last = UInt64(world.events.count)
      let first = Bool.random(using: &chance) ? 0 : last - 5
      let position = Position(UInt64.random(in: first..<last, using: &chance))
      let data = #"{"position":\#(position.value),"reason":"r"}"#
      if Int.random(in: 0..<3, using: &chance) == 0, try world.when("event.annulled", "ledger", data) == nil {
        try world.given("event.annulled", "ledger", data)
      } else {
        try world.happens(number, &chance)
      }
    }
    let all = world.events
    let sizes = [0, 1, all.count] + (0..<12).map { _ in Int.random(in: 0...all.count, using: &chance) }
    for size in sizes {
      let (past, events) = (try world.past(size), counting(all.prefix(size)))
      for view in Views.projections {
        try compare(view, past, events, among: all, "seed \(seed), size \(size)")
      }
    }
    let (folded, rebuilt) = (try world.rowsFolded(), try world.rowsNow())
    for (index, table) in Views.tables.enumerated() {
      #expect(folded[index] == rebuilt[index], "seed \(seed): \(table.name)")
    }
    #expect(folded[IndexTables.milestones.place].count > 5, "seed \(seed)")
  }

  /// An environment with a hundred drifts, and what its row was after each.
  private func drifting(_ world: World) throws -> (positions: [Position], rows: [EnvironmentRow?]) {
    var (positions, rows): ([Position], [EnvironmentRow?]) = ([], [])
    try world.grant(World.dee, level: 6)
    for number in 0..<100 {
      positions.append(
        try world.given(
          "drift.detected", Self.environment, #"{"drift":"\#(number)","item":"i","found":{"name":"n"}}"#))
      rows.append(try world.views.environment("e"))
    }
    return (positions, rows)
  }

  private func annul(_ position: Position, _ world: World) throws -> Position {
    // Nobody annuls what they found themselves.
    try world.given(
      "event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#, by: World.dee)
  }

  /// What is stored of the environment on its way.
  private func milestones(_ world: World) throws -> [PlainRow] {
    try world.rowsFolded()[IndexTables.milestones.place].filter {
      $0.key.first == UInt8(Environments.table.place)
    }
  }

  @Test(
    "a question about a long row reads no more events than lie between two milestones, wherever it is asked")
  func reads() throws {
    let world = try World(eventsPerMilestone: 8)
    let (positions, rows) = try drifting(world)
    for (number, position) in positions.enumerated() {
      let past = try world.past(Int(position.value) + 1)
      let before = world.lookedUp
      #expect(try Environments.row(Self.key, in: past) == rows[number])
      #expect(world.lookedUp - before <= 8, "\(number)")
    }
  }

  @Test(
    "an annulment of what is recent reads no more of a long row, and one of what is old is honoured from there on"
  )
  func annulments() throws {
    let world = try World(eventsPerMilestone: 8)
    let (positions, rows) = try drifting(world)
    _ = try world.rowsFolded()
    var before = world.lookedUp
    let recent = try annul(positions[97], world)
    #expect(world.lookedUp - before < 20)
    #expect(try world.views.environment("e")?.drifts.map(\.drift).suffix(3) == ["96", "98", "99"])

    let old = try annul(positions[10], world)
    let now = try world.views.environment("e")
    #expect(now?.drifts.count == 98 && now?.driftsLeftOut == 0)
    // What was so before stays so, and both are cheap on either side of it.
    before = world.lookedUp
    for (size, row) in [(old.next, now), (recent, rows[99]), (positions[50].next, rows[50])] {
      #expect(try Environments.row(Self.key, in: world.past(Int(size.value))) == row, "\(size)")
    }
    #expect(world.lookedUp - before <= 3 * 8)

    // It counts again, though milestones lie behind that were made without it.
    try annulled(old, world)
    #expect(try world.views.environment("e")?.drifts.count == 99)
    #expect(try world.rowsFolded() == world.rowsNow())
  }

  private func annulled(_ position: Position, _ world: World) throws { _ = try annul(position, world) }

  @Test("what is stored of the way is what a shorter ledger has stored, and is not changed by what comes later")
  func neverChanged() throws {
    let (long, short) = (try World(eventsPerMilestone: 8), try World(eventsPerMilestone: 8))
    let positions = try drifting(long).positions
    _ = try drifting(short)
    let then = try milestones(short)
    #expect(then.count == 12)
    for number in [99, 3, 50] { try annulled(positions[number], long) }
    let now = try milestones(long)
    #expect(now.filter { !then.contains($0) }.count == 2 && now.count == 14)
  }

  @Test("a short row has none")
  func short() throws {
    let world = try World(eventsPerMilestone: 101)
    _ = try drifting(world)
    #expect(try milestones(world).isEmpty)
  }

  @Test("a row that several streams touch is folded from milestones as well, where chance has made them")
  func severalStreams() throws {
    // Every fourth event or so.
    let world = try World(eventsPerMilestone: 64)
    let key = People.key(World.bo)
    var (sizes, rows): ([Int], [PersonRow?]) = ([], [])
    for number in 0..<100 {
      try world.grant(World.bo, level: 3 + number % 2)
      sizes.append(world.events.count)
      rows.append(try world.views.person(World.bo))
    }
    let before = world.lookedUp
    for (size, row) in zip(sizes, rows) { #expect(try People.row(key, in: world.past(size)) == row, "\(size)") }
    // Of a hundred questions each would read fifty on average without.
    #expect(world.lookedUp - before < 100 * 15)
  }
}
