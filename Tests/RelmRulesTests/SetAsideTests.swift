import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("What sets a rule aside: waivers")
struct WaiverTests {
  let world: World
  private let rule = #"{"rule":"designed"}"#
  private let after = #"{"rule":"verified","within":"P1D"}"#

  init() throws {
    world = try World()
    try world.given(
      "release.planned", World.release,
      #"{"class":"normal","manager":"\#(World.dee.text)","requestedBy":"\#(World.cyd.text)"}"#)
    try world.grant(World.bo, level: 6)
  }

  @discardableResult
  private func waive(
    _ rule: String = "designed", _ id: String = "w-1", until: Instant? = nil, more: String = "",
    by giver: PersonID = World.bo
  ) throws -> Position {
    let until = (until ?? world.now.after(days: 30)).rfc3339Milliseconds
    return try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"\#(id)","rule":"\#(rule)","reason":"r","control":"watched","until":"\#(until)"\#(more)}"#,
      by: giver)
  }

  private func revoke(_ id: String) throws {
    try world.given("waiver.revoked", World.release, #"{"waiver":"\#(id)","reason":"r"}"#, by: World.bo)
  }

  @Test("a waiver in force sets a violated rule aside, and says by whom, until when and what is done instead")
  func inForce() throws {
    let position = try waive()
    try world.begin()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .waived && finding.positions == [position])
    #expect(finding.waiver?.by == World.bo && finding.waiver?.control == "watched")
    #expect(finding.reason.contains("the design is missing; waived until"))
  }

  @Test("what holds is not waived, nor is another rule")
  func notNeeded() throws {
    try waive("planned")
    try world.begin()
    #expect(try world.finding(#"{"rule":"planned"}"#).outcome == .satisfied)
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("a waiver holds up to its end, and not at it")
  func expired() throws {
    let until = world.now.after(seconds: 600)
    try waive(until: until)
    world.advance(to: until)
    try world.begin("d-1", time: until.advanced(byMicroseconds: -1000))
    try world.begin("d-2", time: until)
    #expect(try world.finding(rule, of: "d-1").outcome == .waived)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  @Test("a waiver begins when it says, and never before it was recorded")
  func from() throws {
    let from = world.now.after(seconds: 600)
    try waive("designed", "w-1", more: #","from":"\#(from.rfc3339Milliseconds)""#)
    world.advance(to: from)
    try world.begin("d-1", time: from.advanced(byMicroseconds: -1000))
    try world.begin("d-2", time: from)
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
    #expect(try world.finding(rule, of: "d-2").outcome == .waived)
    let now = world.now
    try waive("planned", "w-2", more: #","from":"\#(now.after(seconds: -200).rfc3339Milliseconds)""#)
    try world.begin("d-3", time: now.advanced(byMicroseconds: -1000))
    try world.begin("d-4", time: now)
    try world.grant(World.person(70), level: 6)
    try world.given("event.annulled", "ledger", #"{"position":1,"reason":"r"}"#, by: World.person(70))
    #expect(try world.finding(#"{"rule":"planned"}"#, of: "d-3").outcome == .violated)
    #expect(try world.finding(#"{"rule":"planned"}"#, of: "d-4").outcome == .waived)
  }

  @Test("a waiver after the beginning waives nothing that was to come before it")
  func afterTheLine() throws {
    try world.begin()
    try waive()
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("a waiver that is revoked before the deployment waives nothing, and one that is revoked after it does")
  func revoked() throws {
    try waive("designed", "w-1")
    try world.begin("d-1")
    try revoke("w-1")
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-1").outcome == .waived)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
    let again = try waive("designed", "w-2")
    try world.begin("d-3")
    #expect(try world.finding(rule, of: "d-3").waiver?.position == again)
  }

  @Test("a waiver for another environment waives nothing, and of several the last counts")
  func environment() throws {
    try waive("designed", "w-1", more: #","environment":"production/us""#)
    try world.begin("d-1")
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
    try waive("designed", "w-2", more: #","environment":"\#(World.environment)""#)
    let last = try waive("designed", "w-3")
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-2").waiver?.position == last)
  }

  @Test("a rule that cannot be waived is not waived")
  func nonWaivable() throws {
    try waive()
    try world.begin()
    #expect(try world.finding(rule, #","nonWaivable":["designed"]"#).outcome == .violated)
    #expect(try world.finding(rule, #","nonWaivable":["planned"]"#).outcome == .waived)
  }

  @Test(
    "a waiver by one whom it excuses counts for nothing, by whichever account",
    arguments: [World.dee, World.cyd])
  func excused(_ person: PersonID) throws {
    try waive()
    try world.begin("d-1")
    #expect(try world.finding(rule, of: "d-1").outcome == .waived)
    // Only later it becomes known that the giver is the manager, or the requester.
    try world.given(
      "person.linked", "person/\(person.uuid.text)", #"{"kind":"human","accounts":["\#(World.bo.text)"]}"#)
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-1").outcome == .waived)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  @Test("a waiver by one of those whom it names as excused counts for nothing")
  func namedExcused() throws {
    let eve = World.person(9)
    try waive("designed", "w-1", more: #","excuses":["\#(eve.text)"]"#)
    try world.begin("d-1")
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(eve.text)"]}"#)
    try world.begin("d-2")
    #expect(try world.finding(rule, of: "d-1").outcome == .waived)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  // MARK: What comes after is waived when it is due

  @Test("what comes after is waived by what was recorded by the due time, be it after the deployment")
  func afterwards() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    world.advance(to: due)
    let waiver = try waive("verified")
    #expect(try world.finding(after, at: due.advanced(byMicroseconds: -1)).outcome == .pending)
    #expect(try world.finding(after, at: due).waiver?.position == waiver)
    #expect(try world.finding(after, at: due.after(days: 9)).outcome == .waived)
  }

  @Test("a waiver that was recorded after the due time waives nothing")
  func tooLate() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    world.advance(to: due.advanced(byMicroseconds: 1000))
    try waive("verified")
    #expect(try world.finding(after, at: due.after(days: 9)).outcome == .overdue)
  }

  @Test("what comes after is looked at when it is due: in the waiver's time, and not revoked by then")
  func atTheDueTime() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    let later = due.after(days: 1)
    try waive("verified", "w-1", until: due)
    #expect(try world.finding(after, at: due.advanced(byMicroseconds: -1)).outcome == .waived)
    #expect(try world.finding(after, at: later).outcome == .overdue)
    try waive("verified", "w-2", until: due.advanced(byMicroseconds: 1000))
    #expect(try world.finding(after, at: later).outcome == .waived)
    world.advance(to: due.advanced(byMicroseconds: 1000))
    try revoke("w-2")
    #expect(try world.finding(after, at: later).outcome == .waived)
  }

  @Test("a waiver that was revoked by the due time waives nothing")
  func revokedByThen() throws {
    try world.begin()
    let due = try world.end().after(days: 1)
    try waive("verified")
    world.advance(to: due)
    try revoke("w-1")
    #expect(try world.finding(after, at: due.after(days: 1)).outcome == .overdue)
    #expect(try world.finding(after, at: due.advanced(byMicroseconds: -1)).outcome == .waived)
  }

  @Test("a rule with a parameter that it does not take is pending")
  func stray() throws {
    try world.begin()
    let finding = try world.finding(#"{"quorum":2,"rule":"planned"}"#)
    #expect(finding.outcome == .pending)
    #expect(finding.reason == "the policy gives it quorum, which planned does not take")
  }
}

@Suite("What sets a rule aside: overrides")
struct OverrideTests {
  let world: World
  private let rule = #"{"rule":"designed"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  @discardableResult
  private func override(
    _ rules: String = #""designed""#, environment: String = World.environment, until: Instant? = nil,
    digest: String = World.digest
  ) throws -> Position {
    let until = (until ?? world.now.after(days: 1)).rfc3339Milliseconds
    return try world.given(
      "override.declared", World.release,
      #"{"rules":[\#(rules)],"environment":"\#(environment)","digests":["\#(digest)"],"plan":1,"reason":"r","until":"\#(until)"}"#
    )
  }

  private func begin(_ name: String = "d-1", using override: Position, digest: String = World.digest) throws {
    try world.begin(name, digests: [digest], more: #","override":\#(override.value)"#)
  }

  @Test("an override that the beginning names sets aside the rules that it names, and no others")
  func named() throws {
    let position = try override()
    try begin(using: position)
    let finding = try world.finding(rule)
    #expect(finding.outcome == .overridden && finding.override == position)
    #expect(finding.positions == [position])
    #expect(try world.finding(#"{"rule":"scheduled"}"#).outcome == .violated)
    #expect(try world.finding(#"{"rule":"gated"}"#).outcome == .violated)
  }

  @Test("an override for an artifact by one digest is for it by every other that was said to be one before")
  func byAnotherDigest() throws {
    let long = "sha512:" + String(repeating: "0a", count: 64)
    let before = try override()
    try world.given(
      "package.published", World.release, #"{"digest":"\#(World.digest)","digests":["\#(long)"]}"#)
    try begin("d-1", using: before, digest: long)
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
    try begin("d-2", using: try override(), digest: long)
    #expect(try world.finding(rule, of: "d-2").outcome == .overridden)
  }

  @Test("an override that nobody uses sets nothing aside")
  func unused() throws {
    try override()
    try world.begin()
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("an override by which the gate was opened is used by the deployment that relies on that")
  func byTheGate() throws {
    let position = try override()
    func decide(_ more: String) throws -> Position {
      let until = world.now.after(days: 1).rfc3339Milliseconds
      return try world.given(
        "gate.decided", World.release,
        #"{"environment":"\#(World.environment)","outcome":"open","judged":3,"reason":"r","digests":["\#(World.digest)"],"until":"\#(until)"\#(more)}"#
      )
    }
    let decision = try decide(#","override":\#(position.value)"#)
    _ = try decide("")
    try world.begin("d-1")
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
    try world.begin("d-2", more: #","gateDecision":\#(decision.value)"#)
    #expect(try world.finding(rule, of: "d-2").override == position)
  }

  @Test("an override is used once, by the deployment that begins first")
  func once() throws {
    let position = try override()
    try begin("d-1", using: position)
    try begin("d-2", using: position)
    #expect(try world.finding(rule, of: "d-1").outcome == .overridden)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  @Test("an override for another environment counts for nothing")
  func environment() throws {
    try begin(using: try override(environment: "production/us"))
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("an override of other artifacts counts for nothing, even of what these are derived from")
  func digests() throws {
    let position = try override()
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#)
    try begin(using: position, digest: World.otherDigest)
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("an override of a plan that was changed since counts for nothing")
  func plan() throws {
    let position = try override()
    try world.given("release.scope.changed", World.release, #"{"reason":"more"}"#)
    try begin(using: position)
    #expect(try world.finding(rule).outcome == .violated)
  }

  @Test("an override holds up to its end, and not at it")
  func expired() throws {
    let until = world.now.after(seconds: 600)
    let (one, two) = (try override(until: until), try override(until: until))
    world.advance(to: until)
    try world.begin(
      "d-1", more: #","override":\#(one.value)"#, time: until.advanced(byMicroseconds: -1000))
    try world.begin("d-2", more: #","override":\#(two.value)"#, time: until)
    #expect(try world.finding(rule, of: "d-1").outcome == .overridden)
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }

  @Test("an override that stands after the beginning counts for nothing")
  func standing() throws {
    let later = Position(UInt64(world.events.count + 1))
    try begin("d-1", using: later)
    let position = try override()
    #expect(position == later)
    #expect(try world.finding(rule, of: "d-1").outcome == .violated)
  }

  @Test("an override that names neither plan nor artifacts, for there were none, covers what is deployed")
  func unpinned() throws {
    let world = try World()
    try world.given("activity.recorded", World.release, #"{"activity":"a"}"#)
    let until = world.now.after(days: 1).rfc3339Milliseconds
    let position = try world.given(
      "override.declared", World.release,
      #"{"rules":["designed"],"environment":"\#(World.environment)","reason":"r","until":"\#(until)"}"#)
    try world.begin("d-1", more: #","override":\#(position.value)"#)
    #expect(try world.finding(rule).outcome == .overridden)
  }

  @Test("a waiver goes before an override")
  func both() throws {
    try world.grant(World.bo, level: 6)
    let position = try override()
    let until = world.now.after(days: 1).rfc3339Milliseconds
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"\#(until)"}"#, by: World.bo)
    try begin(using: position)
    let finding = try world.finding(rule)
    #expect(finding.outcome == .waived && finding.override == nil)
  }
}
