import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule reconciled")
struct ReconciledTests {
  let world: World
  private let rule = #"{"rule":"reconciled","within":"PT1H"}"#
  private let end: Instant
  private let due: Instant
  private let deployed = #"[{"name":"web","digest":"\#(World.digest)"}]"#
  private let other = #"[{"name":"payments-api","version":"1.0","digest":"\#(World.otherDigest)"}]"#

  init() throws {
    world = try World()
    try world.built()
    try world.begin()
    end = try world.end()
    due = end.after(seconds: 3600)
  }

  @discardableResult
  private func observe(
    _ running: String, _ coverage: String = "partial", in environment: String = World.environment,
    time: Instant? = nil
  ) throws -> Position {
    try world.given(
      "environment.observed", "environment/" + environment,
      #"{"observer":"agent","coverage":"\#(coverage)","running":\#(running)}"#, time: time?.rfc3339Milliseconds)
  }

  @Test("what is seen running by its digest is reconciled, at the due time and not after it")
  func seen() throws {
    world.advance(to: due)
    let position = try observe(deployed)
    let finding = try world.finding(rule, at: due.after(days: 1))
    #expect(finding.outcome == .satisfied && finding.positions == [position] && finding.due == due)
  }

  @Test("what is seen only after the due time does not reconcile")
  func seenLate() throws {
    world.advance(to: due.after(seconds: 1))
    try observe(deployed)
    #expect(try world.finding(rule).outcome == .overdue)
  }

  @Test("what was seen in time and told late is late, or too late")
  func toldLate() throws {
    world.advance(to: due.after(seconds: 60))
    try observe(deployed, time: due)
    #expect(try world.finding(rule, #","lateWithin":"PT1M""#).outcome == .satisfiedLate)
    #expect(try world.finding(rule, #","lateWithin":"PT59S""#).outcome == .overdue)
  }

  @Test("what nobody has looked for is overdue, and what was looked for and not found is violated")
  func absent() throws {
    try observe(other, "partial")
    #expect(try world.finding(rule, at: due).outcome == .pending)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .overdue)
    let listed = try observe(other, "complete")
    #expect(try world.finding(rule, at: due).outcome == .pending)
    let finding = try world.finding(rule, at: due.after(seconds: 1))
    #expect(finding.outcome == .violated && finding.positions == [listed])
    // Found after all, in time.
    try observe(deployed)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .satisfied)
  }

  @Test("a full list from before the end or after the due time shows no absence")
  func otherTimes() throws {
    try observe(other, "complete", time: end.after(seconds: -1))
    world.advance(to: due.after(seconds: 1))
    try observe(other, "complete")
    #expect(try world.finding(rule, at: due.after(days: 1)).outcome == .overdue)
  }

  @Test("an observation of another environment, or from before the end, shows nothing")
  func elsewhere() throws {
    try observe(deployed, in: "production/us")
    try observe(deployed, time: end.after(seconds: -1))
    #expect(try world.finding(rule, at: due).outcome == .pending)
    try observe(deployed, time: end)
    #expect(try world.finding(rule, at: due).outcome == .satisfied)
  }

  @Test("an item without digest is known by the package's name and version, one with another digest is not")
  func byName() throws {
    try observe(other)
    try observe(#"[{"name":"payments-api","version":"2.0"}]"#)
    try observe(#"[{"name":"web","version":"1.0"}]"#)
    try observe(#"[{"name":"payments-api"}]"#)
    #expect(try world.finding(rule, at: due).outcome == .pending)
    try observe(#"[{"name":"payments-api","version":"1.0"}]"#)
    #expect(try world.finding(rule, at: due).outcome == .satisfied)
  }

  @Test("everything that was deployed is to be seen, or what it is derived from")
  func identities() throws {
    let third = "sha256:" + String(repeating: "0c", count: 32)
    try world.given(
      "package.published", World.release, #"{"digest":"\#(third)","derivedFrom":["\#(World.digest)"]}"#)
    try world.begin("d-2", digests: [third, World.otherDigest])
    try world.end("d-2")
    try observe(deployed)
    #expect(try world.finding(rule, of: "d-2").outcome == .pending)
    try observe(#"[{"name":"web","digest":"\#(World.digest)"},{"name":"x","digest":"\#(World.otherDigest)"}]"#)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
  }

  @Test("what was deployed without digests is seen by name and version")
  func withoutDigests() throws {
    try world.begin("d-2", digests: [])
    try world.end("d-2")
    try observe(deployed)
    #expect(try world.finding(rule, of: "d-2").outcome == .pending)
    try observe(other)
    #expect(try world.finding(rule, of: "d-2").outcome == .satisfied)
  }

  @Test("what was observed before a deployment was told of counts by when it happened")
  func backfilled() throws {
    try observe(deployed)
    let position = Position(UInt64(world.events.count - 1))
    world.advance(days: 1)
    try world.begin("d-2", time: end.after(seconds: 1))
    try world.end("d-2", time: end.after(seconds: 2))
    #expect(try world.finding(rule, of: "d-2").positions == [position])
  }
}
