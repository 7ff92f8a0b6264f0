import RelmBytes
import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("Annulments")
struct AnnulmentTests {
  private let world: World

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
  }

  private func annulment(of position: Position) -> String { #"{"position":\#(position.value),"reason":"r"}"# }

  private func when(annulling position: Position, by actor: PersonID = World.ana) throws -> Refusal? {
    try world.when("event.annulled", "ledger", annulment(of: position), by: actor)
  }

  @discardableResult
  private func given(annulling position: Position, by actor: PersonID = World.ana) throws -> Position {
    try world.given("event.annulled", "ledger", annulment(of: position), by: actor)
  }

  @Test("what is annulled does not count from there on, in any view, and counts again when that is annulled")
  func annulmentOfAnnulment() throws {
    try world.built()
    let before = try world.views.release("payments-api", "1.0")
    let started = try world.given("deployment.started", World.release, #"{"deployment":"d","environment":"p"}"#)
    let finished = try world.given(
      "deployment.finished", World.release, #"{"deployment":"d","environment":"p","outcome":"succeeded"}"#)
    let running = {
      try Running.row(Running.key(environment: "p", package: "payments-api"), in: PlainRowsOf(self.world))
    }
    #expect(try world.views.release("payments-api", "1.0")?.stage == .deployed)
    #expect(try running()?.running?.version == "1.0")

    try world.grant(World.cyd, level: 6)
    let first = try given(annulling: finished, by: World.cyd)
    #expect(try world.views.release("payments-api", "1.0")?.stage == .deploying)
    #expect(try running()?.running == nil)
    #expect(try !world.views.counts(finished))
    // It could be said again now: there is no end that it would contradict.
    #expect(
      try world.when(
        "deployment.finished", World.release, #"{"deployment":"d","environment":"p","outcome":"failed"}"#)
        == nil)

    try given(annulling: first, by: World.cyd)
    #expect(try world.views.counts(finished))
    #expect(try world.views.release("payments-api", "1.0")?.stage == .deployed)
    #expect(try running()?.running?.version == "1.0")

    try given(annulling: finished, by: World.cyd)
    try given(annulling: started)
    #expect(try world.views.release("payments-api", "1.0") == before)
  }

  @Test("it needs level 5 at least, and the level of what is annulled")
  func levels() throws {
    let plan = try world.built()
    let activity = try world.given("activity.recorded", World.release, #"{"activity":"looked at it"}"#)
    let freeze = try world.given(
      "freeze.declared", "environment/p",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#)
    try world.grant(World.dee, level: 4)
    #expect(try when(annulling: activity, by: World.dee)?.reason.contains("level 5") == true)
    #expect(try when(annulling: activity, by: World.bo) == nil)
    // It says who asked for the release, and who wrote it.
    #expect(try when(annulling: plan, by: World.bo)?.reason.contains("level 6") == true)
    #expect(try when(annulling: freeze, by: World.bo)?.reason.contains("level 6") == true)
    try world.grant(World.cyd, level: 6)
    #expect(try when(annulling: freeze, by: World.cyd) == nil)
    // An annulment that is annulled reaches as high as what then counts again.
    let annulled = try given(annulling: freeze, by: World.cyd)
    #expect(try when(annulling: annulled, by: World.bo)?.reason.contains("level 6") == true)
    #expect(try when(annulling: annulled) == nil)
  }

  @Test(
    "what the ledger says of itself, an override, and what is not there cannot be annulled, nor anything twice")
  func limits() throws {
    #expect(try when(annulling: Position(0))?.code == .contradiction)
    #expect(try when(annulling: Position(99))?.pointer == "/data/position")
    let plan = try world.built()
    let override = try world.given(
      "override.declared", World.release,
      #"{"rules":["approved"],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#
    )
    #expect(try when(annulling: override)?.reason.contains("cannot be annulled") == true)
    try given(annulling: plan)
    #expect(try when(annulling: plan)?.reason.contains("already") == true)
  }

  @Test("nobody annuls a failure or a finding about their own work")
  func ownWork() throws {
    try world.grant(World.dee, level: 6)
    try world.given(
      "release.planned", World.release, #"{"class":"normal","manager":"\#(World.ana.text)"}"#, by: World.cyd)
    try world.given(
      "build.started", World.release, #"{"build":"b","initiator":"\#(World.bo.text)"}"#, by: World.cyd)
    let failure = try world.given(
      "build.finished", World.release, #"{"build":"b","outcome":"failed"}"#, by: World.cyd)
    // Bo set it going, Ana answers for the release.
    #expect(try when(annulling: failure, by: World.bo)?.code == .notAuthorised)
    #expect(try when(annulling: failure, by: World.ana)?.reason.contains("a manager of") == true)
    #expect(try when(annulling: failure, by: World.dee) == nil)
  }

  @Test("an act rests on the grant by which it was done, and that stays known when the grant is annulled")
  func reliance() throws {
    let plan = try world.built()
    let grant = try world.grant(World.dee, level: 5)
    let approval = try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#, by: World.dee)
    func lost() throws -> [Position] { try Annulments.lostFoundations(of: approval, in: world.views.indexes) }
    #expect(try lost() == [])
    #expect(try Annulments.dependents(of: grant, in: world.views.indexes) == [approval])
    let annulled = try given(annulling: grant)
    #expect(try lost() == [grant])
    try given(annulling: plan)
    #expect(try lost() == [plan, grant])
    try given(annulling: annulled)
    #expect(try lost() == [plan])
  }

  @Test(
    "rows folded one by one, with annulments, are those of one fold from nothing",
    arguments: 1...20 as ClosedRange<UInt64>)
  func incrementalIsRebuilt(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    try world.built()
    for number in 0..<60 {
      let position = Position(UInt64.random(in: 0..<UInt64(world.events.count), using: &chance))
      if Int.random(in: 0..<3, using: &chance) == 0, try when(annulling: position) == nil {
        try given(annulling: position)
        continue
      }
      try world.happens(number, &chance)
    }
    let (folded, rebuilt) = (try world.rowsFolded(), try world.rowsNow())
    for (index, table) in Views.tables.enumerated() {
      #expect(folded[index] == rebuilt[index], "seed \(seed): \(table.name)")
    }
    #expect(!folded[IndexTables.annulments.place].isEmpty, "seed \(seed)")
    #expect(!folded[IndexTables.milestones.place].isEmpty, "seed \(seed)")
  }
}

/// The rows of a world as they now stand, for a view that is read by its key.
private struct PlainRowsOf: RowReading {
  private let rows: PlainRows

  init(_ world: World) throws {
    rows = PlainRows()
    let views = try Views(over: rows) { world.events[Int($0.value)] }
    for event in world.events { try views.fold(event) }
    try views.flush(into: rows)
  }

  func row(_ table: RowTable, _ key: [UInt8]) throws -> [UInt8]? { rows.row(table, key) }

  func scan(
    _ table: RowTable, from lower: [UInt8]?, upTo upper: [UInt8]?, reversed: Bool,
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws { try rows.scan(table, from: lower, upTo: upper, reversed: reversed, body) }
}
