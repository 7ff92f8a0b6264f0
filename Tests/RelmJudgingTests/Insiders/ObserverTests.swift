import RelmDomain
import RelmJudging
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What somebody says that they saw adds to what is known, and takes nothing from it that another has seen.
@Suite("What one observer saw and another did not")
struct ObserverTests {
  private let world: World
  private static let agent = World.person(20)
  private let deployed = #"{"name":"payments-api","version":"1.0","digest":"\#(World.digest)"}"#
  private let stray = #"{"name":"miner","version":"6.6"}"#

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 4, contexts: ["production"])
    try world.given(
      "person.linked", "person/\(Self.agent.uuid.text)", #"{"kind":"service","owner":"\#(World.cyd.text)"}"#)
    try world.built()
    try world.begin()
    try world.end()
  }

  @discardableResult
  private func observe(
    _ items: String..., by person: PersonID?, _ coverage: String = "complete", observer: String = "agent"
  ) throws -> Position {
    try world.given(
      "environment.observed", "environment/\(World.environment)",
      #"{"observer":"\#(observer)","coverage":"\#(coverage)","running":[\#(items.joined(separator: ","))]}"#,
      by: person)
  }

  /// What the report says does not agree: "unrecorded miner".
  private func discrepancies() throws -> [String] {
    let rows = try world.past(world.events.count)
    let history = History(indexes: rows) { self.world.events[Int($0.value)] }
    let surroundings = try ComplianceSurroundings(ComplianceQuestion(), in: rows, history, asOf: world.now)
    return surroundings.reconciliation.map { "\($0.kind.rawValue) \($0.item ?? "")" }
  }

  private func reconciled() throws -> RuleOutcome {
    try world.finding(#"{"rule":"reconciled","within":"PT1H"}"#, at: world.now.after(days: 1)).outcome
  }

  @Test(
    "a stranger's look at everything takes nothing away that another saw, under whatever name",
    arguments: ["agent", "other"], ["complete", "partial"])
  func stranger(observer: String, coverage: String) throws {
    try observe(deployed, stray, by: Self.agent)
    #expect(try discrepancies() == ["unrecorded miner"])
    for person in [World.dee, nil] { try observe(deployed, by: person, coverage, observer: observer) }
    #expect(try discrepancies() == ["unrecorded miner"])
    #expect(try world.rowsFolded() == world.rowsNow())
  }

  @Test(
    "what is told after somebody looked at everything goes by their look, whenever it is said to have been seen"
  )
  func backdated() throws {
    let ended = world.now
    try observe(#"{"name":"else"}"#, by: Self.agent)
    for (person, outcome) in [(World.dee, RuleOutcome.violated), (World.bo, .satisfied)] {
      try world.given(
        "environment.observed", "environment/\(World.environment)",
        #"{"observer":"o","coverage":"partial","running":[\#(deployed)]}"#, by: person,
        time: ended.rfc3339Milliseconds)
      #expect(try reconciled() == outcome)
    }
  }

  @Test("… nor what another found to be missing, and what the stranger finds missing adds to that")
  func missing() throws {
    try observe(#"{"name":"else"}"#, by: Self.agent)
    try observe(deployed, by: World.dee)
    #expect(try discrepancies() == ["absent payments-api", "unrecorded else"])
    #expect(try reconciled() == .violated)
    try observe(deployed, by: Self.agent)
    #expect(try discrepancies() == [])
    #expect(try reconciled() == .satisfied)
    try observe(stray, by: World.dee)
    #expect(try discrepancies() == ["absent payments-api", "unrecorded miner"])
    #expect(try reconciled() == .satisfied)
  }

  @Test(
    "it is settled by who saw it, by a service account that somebody answers for, and by who has the level that is expected there",
    arguments: [(World.dee, true), (World.bo, true), (agent, true), (World.cyd, false)])
  func settled(by person: PersonID, isSettled: Bool) throws {
    try observe(stray, by: World.dee)
    #expect(try discrepancies() == ["absent payments-api", "unrecorded miner"])
    try observe(deployed, by: person, observer: "b")
    #expect(try discrepancies() == (isSettled ? [] : ["absent payments-api", "unrecorded miner"]))
    #expect(try reconciled() == (isSettled ? .satisfied : .violated))
  }

  @Test("… by any of their linked accounts")
  func linked() throws {
    try observe(deployed, stray, by: World.dee)
    try world.given(
      "person.linked", "person/\(World.dee.uuid.text)",
      #"{"kind":"human","accounts":["\#(World.cyd.text)"]}"#)
    try observe(deployed, by: World.cyd)
    #expect(try discrepancies() == [])
  }
}
