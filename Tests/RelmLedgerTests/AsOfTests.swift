import RelmBytes
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import Testing

@Suite("The ledger as of a moment")
struct AsOfTests {
  /// What names stand for is the present one: those that came later are among them, and lead to no event.
  private static let numbered = ["sources", "types", "keys", "checkpoint"]

  /// The rows by their view.
  private func byView(_ rows: [String]) -> [String: [String]] {
    Dictionary(grouping: rows) { String($0.prefix { $0 != " " }) }.filter { !Self.numbered.contains($0.key) }
  }

  /// Every row that a ledger has which holds only the first events of another.
  private func rows(ofFirst size: UInt64, in random: RandomLedger) throws -> [String] {
    let ledger = random.ledger
    let views = try Views(over: NoRows(), eventsPerMilestone: random.eventsPerMilestone) {
      try ledger.event(at: $0)
    }
    for place in 0..<size { try views.fold(#require(try ledger.event(at: Position(place)))) }
    return try views.heldInMemory().all()
  }

  @Test(
    "a view as of any size is the view of a ledger that holds only so many events",
    arguments: 1...5 as ClosedRange<UInt64>)
  func sameAsAShorterLedger(seed: UInt64) throws {
    let random = try RandomLedger(seed: 100 + seed, commands: 200)
    defer { withExtendedLifetime(random) {} }
    let ledger = random.ledger
    let size = try ledger.size().value
    #expect(try !(byView(ledger.rows())["milestones"] ?? []).isEmpty, "seed \(seed)")
    var chance = SplitMix64(seed: seed)
    let places = [0, 1, size - 1] + (0..<8).map { _ in UInt64.random(in: 0..<size, using: &chance) }
    for place in places {
      let past = try ledger.asOf(.position(Position(place)))
      #expect(try past.size().value == place + 1)
      let (asOf, shorter) = (byView(try past.rows()), byView(try rows(ofFirst: place + 1, in: random)))
      for (name, rows) in shorter { #expect(asOf[name] == rows, "seed \(seed), position \(place): \(name)") }
      #expect(asOf.keys == shorter.keys)
      let checkpoint = try past.withViews { rows, _ in try Views.checkpoint(of: rows) }
      var frontier = Frontier()
      for position in 0...place {
        frontier.append(try #require(try ledger.event(at: Position(position))).digest)
      }
      #expect(checkpoint.frontier == frontier, "seed \(seed), position \(place)")
    }
  }

  /// The rows of a view, folded plainly from some events in their order.
  private func plain<View: Projection>(_ view: View.Type, _ events: [RecordedEvent]) -> [String] {
    var rows: [[UInt8]: View.Row] = [:]
    for event in events {
      for key in View.keys(touchedBy: event) {
        rows[key.bytes] = View.evolve(rows[key.bytes], at: key, by: event)
      }
    }
    return rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { "\(view.name) \(Hex.encode($0.key)) \(Hex.encode($0.value.bytes))" }
  }

  @Test(
    "what was so at a moment is folded from just the events that were recorded or had happened and that no such event annuls",
    arguments: 1...5 as ClosedRange<UInt64>, [true, false])
  func plainly(seed: UInt64, byHappening: Bool) throws {
    let random = try RandomLedger(seed: 200 + seed, commands: 200)
    defer { withExtendedLifetime(random) {} }
    let ledger = random.ledger
    var all: [RecordedEvent] = []
    try ledger.forEachEvent(EventFilter()) {
      all.append($0)
      return true
    }
    var chance = SplitMix64(seed: seed)
    for _ in 0..<6 {
      let latest = byHappening ? try #require(all.randomElement(using: &chance)).happened : nil
      let place = UInt64.random(in: 0..<UInt64(all.count), using: &chance)
      let part = all.filter { event in
        event.position.value <= place && (latest.map { event.happened <= $0 } ?? true)
      }
      var isAnnulled: Set<Position> = []
      // Whoever annuls stands later: from the last to the first it is known of each whether it counts.
      for event in part.reversed() where !isAnnulled.contains(event.position) {
        if case .ledger(.eventAnnulled(let data)) = event.event { isAnnulled.insert(data.position) }
      }
      let counting = part.filter { !isAnnulled.contains($0.position) }
      let past = try ledger.asOf(.position(Position(place)), happenedBy: latest)
      let rows = byView(try past.rows())
      for view in Views.projections {
        #expect(
          rows[view.name] ?? [] == plain(view, counting),
          "seed \(seed), \(String(describing: latest)), \(place): \(view.name)")
      }
    }
  }

  @Test("a walk over many rows is as of its beginning, whatever is appended meanwhile, and sees each row once")
  func walk() throws {
    let workshop = try Workshop()
    defer { withExtendedLifetime(workshop) {} }
    let ledger = workshop.ledger
    let count = 2500
    func name(_ number: Int) -> String { String(String(10_000 + number).dropFirst()) }
    func plan(_ number: Int) -> String {
      #"{"id":"plan-\#(number)","type":"relm.release.planned","subject":"release/p/\#(name(number))","#
        + #""data":{"class":"normal"}}"#
    }
    func act(_ number: Int) -> String {
      #"{"id":"act-\#(number)","type":"relm.activity.recorded","subject":"release/p/\#(name(number))","#
        + #""data":{"activity":"later"}}"#
    }
    try workshop.append((0..<count).map(plan))
    var seen: [String] = []
    try ledger.forEachRow(of: Releases.self) { row, _ in
      seen.append(row.version)
      #expect(row.events == 1, "\(row.version)")
      // Another release, and more of those that are still to come.
      if seen.count == 500 { try workshop.append([plan(count), act(1600), act(2400), act(10)]) }
      if seen.count == 1500 { try workshop.append([plan(count + 1), act(2401)]) }
      return true
    }
    #expect(seen.count == count && seen == seen.sorted() && Set(seen).count == count)
  }
}
