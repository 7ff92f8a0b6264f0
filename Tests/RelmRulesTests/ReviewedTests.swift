import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule reviewed")
struct ReviewedTests {
  let world: World
  private let rule = #"{"rule":"reviewed","within":"P1D"}"#

  init() throws {
    world = try World()
    try world.built()
    for person in [World.bo, World.cyd] { try world.grant(person, level: 5) }
    try world.known(World.ana)
  }

  @discardableResult
  private func review(_ id: String = "r-1", overrides: [Position] = [], time: Instant? = nil) throws -> Position
  {
    try world.given("review.opened", World.release, #"{"review":"\#(id)","scope":"s"}"#)
    let listed =
      overrides.isEmpty ? "" : #","overrides":[\#(overrides.map { "\($0.value)" }.joined(separator: ","))]"#
    return try world.given(
      "review.closed", World.release, #"{"review":"\#(id)","outcome":"successful"\#(listed)}"#,
      time: time?.rfc3339Milliseconds)
  }

  private func override(_ more: String = "") throws -> Position {
    let until = world.now.after(days: 1).rfc3339Milliseconds
    return try world.given(
      "override.declared", World.release,
      #"{"rules":["designed"],"environment":"\#(World.environment)","digests":["\#(World.digest)"],"plan":1,"reason":"r","until":"\#(until)"\#(more)}"#,
      by: World.bo)
  }

  private func ratify(_ override: Position, by person: PersonID = World.ana) throws -> Position {
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":1,"digests":["\#(World.digest)"],"ratifies":\#(override.value)}"#,
      by: person)
  }

  @Test(
    "an account that is linked to no human ratifies nothing, and neither does one that turns out to be the declarer's"
  )
  func unlinked() throws {
    let eve = World.person(9)
    try world.grant(eve, level: 5)
    let override = try override()
    try world.begin("d-1", more: #","override":\#(override.value)"#)
    try world.end()
    _ = try world.told(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":1,"digests":["\#(World.digest)"],"ratifies":\#(override.value)}"#, by: eve)
    try review("r-1", overrides: [override])
    #expect(try world.finding(rule).reason.contains("is not ratified"))
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(eve.text)"]}"#)
    #expect(try world.finding(rule).reason.contains("is not ratified"))
    _ = try ratify(override)
    #expect(try world.finding(rule).outcome == .satisfied)
  }

  @Test("a review after the deployment, by the due time, satisfies")
  func line() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    #expect(try world.finding(rule, at: due).outcome == .pending)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).reason == "the review is missing")
    try review("r-0", time: due.after(days: -1).after(seconds: -1))
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .overdue)
    world.advance(to: due.after(seconds: -60))
    let closed = try review()
    let finding = try world.finding(rule, at: due.after(seconds: 1))
    #expect(finding.outcome == .satisfied && finding.positions == [closed] && finding.due == due)
  }

  @Test("a review after the due time is violated, and one told late may be late")
  func late() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    world.advance(to: due)
    try review("r-1", time: due)
    #expect(try world.finding(rule).outcome == .violated)
    #expect(try world.finding(rule, #","lateWithin":"PT1M""#).outcome == .satisfiedLate)
    #expect(try world.finding(rule, #","lateWithin":"PT59S""#).outcome == .violated)
  }

  @Test("an override that was used is to be ratified by the due time and listed by a review")
  func overrides() throws {
    let override = try override()
    try world.begin("d-1", more: #","override":\#(override.value)"#)
    let due = try world.end().after(days: 1)
    try review()
    #expect(try world.finding(rule, at: due).reason.contains("is not ratified"))
    #expect(try world.finding(rule, at: due).outcome == .pending)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .overdue)
    let ratified = try ratify(override)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).reason.contains("no review lists"))
    let listing = try review("r-2", overrides: [override])
    let finding = try world.finding(rule, at: due.after(seconds: 1))
    #expect(finding.outcome == .satisfied)
    #expect(Set(finding.positions).isSuperset(of: [override, ratified, listing]))
  }

  @Test("a ratification that was recorded after the due time does not count; a listing may be later")
  func ratifiedLate() throws {
    let (first, second) = (try override(), try override())
    try world.begin("d-1", more: #","override":\#(first.value)"#)
    try world.begin("d-2", more: #","override":\#(second.value)"#)
    try world.end("d-1")
    let due = try world.end("d-2").after(days: 1)
    try review()
    _ = try ratify(first)
    world.advance(to: due.after(seconds: 1))
    _ = try ratify(second)
    try review("r-2", overrides: [first, second])
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    #expect(try world.finding(rule, of: "d-2").outcome == .overdue)
    #expect(try world.finding(#"{"rule":"reviewed"}"#, of: "d-2").outcome == .satisfied)
  }

  @Test("an override that does not count for the deployment asks for nothing")
  func spent() throws {
    let override = try override()
    try world.begin("d-1", more: #","override":\#(override.value)"#)
    try world.begin("d-2", more: #","override":\#(override.value)"#)
    try world.end("d-1")
    try world.end("d-2")
    try review()
    #expect(try world.finding(rule, of: "d-1").outcome == .pending)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
  }

  @Test("a deployment that failed is reviewed as well")
  func failed() throws {
    try world.begin()
    try world.end("d-1", "failed")
    #expect(try world.finding(rule).outcome == .pending)
    try review()
    #expect(try world.finding(rule).outcome == .satisfied)
  }
}
