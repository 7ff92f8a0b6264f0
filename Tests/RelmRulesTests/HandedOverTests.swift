import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule handed-over")
struct HandedOverTests {
  let world: World
  private let any = #"{"rule":"handed-over","within":"PT1H"}"#
  private let each = #"{"communities":["operations","users"],"rule":"handed-over","within":"PT1H"}"#

  init() throws {
    world = try World()
    try world.known(World.bo)
    try world.built()
  }

  private func deploy() throws -> Instant {
    try world.begin()
    return try world.end()
  }

  private func offer(_ handover: String, to community: String, environment: String? = nil) throws {
    let place = environment.map { #","environment":"\#($0)""# } ?? ""
    try world.given(
      "handover.offered", World.release,
      #"{"handover":"\#(handover)","to":"\#(community)","party":"\#(World.bo.text)"\#(place)}"#)
  }

  @discardableResult
  private func accept(_ handover: String, more: String = "", time: Instant? = nil) throws -> Position {
    try world.given(
      "handover.accepted", World.release, #"{"handover":"\#(handover)"\#(more)}"#, by: World.bo,
      time: time?.rfc3339Milliseconds)
  }

  private func condition(_ id: String, due: Instant) -> String {
    #"{"id":"\#(id)","condition":"c","owner":"\#(World.cyd.text)","due":"\#(due.rfc3339Milliseconds)"}"#
  }

  @Test("what is accepted by the due time is handed over, and what is accepted later is not")
  func line() throws {
    let due = try deploy().after(seconds: 3600)
    try offer("h-1", to: "operations")
    #expect(try world.finding(any, at: due).outcome == .pending)
    #expect(try world.finding(any, at: due.after(seconds: 1)).outcome == .overdue)
    world.advance(to: due)
    let position = try accept("h-1")
    let finding = try world.finding(any, at: due.after(days: 1))
    #expect(finding.outcome == .satisfied && finding.positions == [position] && finding.due == due)
    // It is asked for a moment before.
    #expect(try world.finding(any, at: due.advanced(byMicroseconds: -1)).outcome == .pending)
  }

  @Test("an acceptance counts from when it was recorded, whatever it says, and is never late")
  func recorded() throws {
    let due = try deploy().after(seconds: 3600)
    try offer("h-1", to: "operations")
    world.advance(to: due.after(seconds: 1))
    let position = try accept("h-1", time: due)
    let finding = try world.finding(any, #","lateWithin":"P1D""#)
    #expect(finding.outcome == .violated && finding.positions == [position])
    #expect(try world.finding(#"{"rule":"handed-over"}"#).outcome == .satisfied)
  }

  @Test("an acceptance may stand before the deployment")
  func before() throws {
    try offer("h-1", to: "users")
    let position = try accept("h-1")
    _ = try deploy()
    #expect(try world.finding(any).positions == [position])
  }

  @Test("each community that is asked for takes it over, and the worse of them counts")
  func communities() throws {
    let due = try deploy().after(seconds: 3600)
    try offer("h-1", to: "operations")
    try offer("h-2", to: "users")
    let position = try accept("h-1")
    #expect(try world.finding(each, at: due).outcome == .pending)
    #expect(try world.finding(each, at: due.after(seconds: 1)).reason == "an acceptance by users is missing")
    #expect(try world.finding(any, at: due.after(seconds: 1)).outcome == .satisfied)
    let second = try accept("h-2")
    let finding = try world.finding(each, at: due.after(seconds: 1))
    #expect(finding.outcome == .satisfied && finding.positions == [position, second])
  }

  @Test("a handover for another environment is none")
  func environment() throws {
    try offer("h-1", to: "operations", environment: "production/us")
    try accept("h-1")
    let due = try deploy().after(seconds: 3600)
    #expect(try world.finding(any, at: due).outcome == .pending)
    try offer("h-2", to: "operations", environment: World.environment)
    try accept("h-2")
    #expect(try world.finding(any, at: due).outcome == .satisfied)
  }

  @Test("what was rejected is not handed over, and says so")
  func rejected() throws {
    let due = try deploy().after(seconds: 3600)
    try offer("h-1", to: "operations")
    let no = try world.given(
      "handover.rejected", World.release, #"{"handover":"h-1","reason":"no runbook"}"#, by: World.bo)
    let finding = try world.finding(any, at: due.after(seconds: 1))
    #expect(finding.outcome == .overdue && finding.positions == [no])
  }

  @Test("a condition that is not met by its due time is overdue, and met it is done")
  func conditions() throws {
    _ = try deploy()
    try offer("h-1", to: "operations")
    let (first, second) = (world.now.after(days: 2), world.now.after(days: 1))
    try accept(
      "h-1", more: #","conditions":[\#(condition("a", due: first)),\#(condition("b", due: second))]"#)
    #expect(try world.finding(any, at: second).outcome == .satisfied)
    let finding = try world.finding(any, at: first.after(seconds: 1))
    #expect(finding.outcome == .overdue && finding.due == second)
    func meet(_ id: String) throws {
      try world.given(
        "handover.condition.met", World.release, #"{"handover":"h-1","condition":"\#(id)"}"#, by: World.bo)
    }
    try meet("b")
    #expect(try world.finding(any, at: first).outcome == .satisfied)
    #expect(try world.finding(any, at: first.after(seconds: 1)).due == first)
    try meet("a")
    #expect(try world.finding(any, at: first.after(seconds: 1)).outcome == .satisfied)
  }

  @Test("of two communities that are equally late the earlier due time is told")
  func earliest() throws {
    let due = try deploy().after(seconds: 3600)
    try offer("h-1", to: "users")
    let earlier = due.after(seconds: -600)
    try accept("h-1", more: #","conditions":[\#(condition("a", due: earlier))]"#)
    let finding = try world.finding(each, at: due.after(seconds: 1))
    #expect(finding.outcome == .overdue && finding.due == earlier)
    #expect(finding.reason.contains("operations is missing; handover h-1"))
  }

  // MARK: By whom

  private func accepted(by person: PersonID, party: PersonID) throws -> RuleOutcome {
    _ = try deploy()
    try world.given(
      "handover.offered", World.release,
      #"{"handover":"h-1","to":"operations","party":"\#(party.text)"}"#, by: World.dee)
    try world.given("handover.accepted", World.release, #"{"handover":"h-1"}"#, by: person)
    return try world.finding(any, at: world.now.after(days: 1)).outcome
  }

  @Test("it is taken over by a linked human, and not by an account that could be the offerer's")
  func linked() throws {
    #expect(try accepted(by: World.cyd, party: World.cyd) == .overdue)
    #expect(
      try world.finding(any, at: world.now.after(days: 1)).reason.contains(
        "by an account that is linked to no human"))
    // Who they are may be said later.
    try world.known(World.cyd)
    #expect(try world.finding(any, at: world.now.after(days: 1)).outcome == .satisfied)
  }

  @Test("it is not taken over by who wrote it, by whichever account, wherever that was said")
  func author() throws {
    try world.known(World.cyd)
    try world.given(
      "release.planned", "release/library/1",
      #"{"class":"normal","commits":[{"id":"c-1","authors":["\#(World.bo.text)"]}]}"#)
    try world.given("release.scope.changed", World.release, #"{"reason":"r","commits":[{"id":"c-1"}]}"#)
    #expect(try accepted(by: World.bo, party: World.bo) == .overdue)
  }

  @Test("… nor by the offerer's account that was linked only after it was accepted")
  func linkedLater() throws {
    #expect(try accepted(by: World.bo, party: World.bo) == .satisfied)
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)",
      #"{"kind":"human","accounts":["\#(World.dee.text)"]}"#)
    #expect(try world.finding(any, at: world.now.after(days: 1)).outcome == .overdue)
  }
}
