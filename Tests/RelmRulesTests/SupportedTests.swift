import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("The rule supported")
struct SupportedTests {
  let world: World
  private let rule = #"{"minimum":"P1D","rule":"supported"}"#
  private let end: Instant
  private let due: Instant

  init() throws {
    world = try World()
    try world.built()
    try world.begin()
    end = try world.end()
    due = end.after(days: 1)
  }

  @discardableResult
  private func open(_ id: String = "s-1", more: String = "", time: Instant? = nil) throws -> Position {
    try world.given(
      "support.opened", World.release, #"{"support":"\#(id)","criteria":["quiet"]\#(more)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @discardableResult
  private func close(
    _ id: String = "s-1", _ result: String = "met", more: String = "", time: Instant? = nil
  ) throws -> Position {
    try world.given(
      "support.closed", World.release,
      #"{"support":"\#(id)","criteria":[{"criterion":"quiet","result":"\#(result)"}]\#(more)}"#,
      time: time?.rfc3339Milliseconds)
  }

  @Test("support that was never opened is pending, and overdue after the minimum")
  func missing() throws {
    #expect(try world.finding(rule, at: due).outcome == .pending)
    let finding = try world.finding(rule, at: due.advanced(byMicroseconds: 1))
    #expect(finding.outcome == .overdue && finding.due == due)
    #expect(
      try world.finding(#"{"rule":"supported"}"#, at: end.advanced(byMicroseconds: 1)).outcome == .overdue)
  }

  @Test("support that had not been opened at the time that is asked about is missing")
  func notYet() throws {
    let opening = world.now
    try open()
    let rule = #"{"rule":"supported"}"#
    #expect(try world.finding(rule, at: opening.advanced(byMicroseconds: -1)).outcome == .overdue)
    #expect(try world.finding(rule, at: opening).outcome == .pending)
  }

  @Test("support that lasted for the minimum after the deployment and met its criteria satisfies")
  func closed() throws {
    let opened = try open(time: end.after(seconds: -3600))
    world.advance(to: due)
    let closed = try close()
    let finding = try world.finding(rule)
    #expect(finding.outcome == .satisfied && finding.positions == [opened, closed])
  }

  @Test("support that was closed a moment too early is violated")
  func early() throws {
    try open(time: end)
    world.advance(to: due)
    try close(time: due.advanced(byMicroseconds: -1000))
    let finding = try world.finding(rule)
    #expect(finding.outcome == .violated && finding.reason.contains("was closed before"))
    #expect(try world.finding(#"{"rule":"supported"}"#).outcome == .satisfied)
  }

  @Test("the minimum runs from the opening, where that is after the deployment")
  func fromOpening() throws {
    let opening = world.now
    try open()
    world.advance(to: opening.after(days: 1))
    try close("s-1", time: opening.after(days: 1).advanced(byMicroseconds: -1000))
    #expect(due < opening.after(days: 1))
    #expect(try world.finding(rule).outcome == .violated)
    try open("s-2", time: opening.after(seconds: 1))
    world.advance(to: opening.after(days: 1).after(seconds: 1))
    try close("s-2")
    #expect(try world.finding(rule).outcome == .satisfied)
  }

  @Test("support with a criterion that is not met, or that did not succeed, is violated")
  func unmet() throws {
    try open()
    world.advance(days: 2)
    try close("s-1", "notAssessed")
    #expect(try world.finding(rule).reason.contains("'quiet' is not met"))
    try open("s-2")
    world.advance(days: 2)
    try close("s-2", more: #","outcome":"failed""#)
    #expect(try world.finding(rule).outcome == .violated)
    try open("s-3")
    world.advance(days: 2)
    try close("s-3", more: #","outcome":"succeeded""#)
    #expect(try world.finding(rule).outcome == .satisfied)
  }

  @Test(
    "support that is not closed is pending, and overdue after it was to end, never before the minimum is over")
  func stillOpen() throws {
    try open()
    #expect(try world.finding(rule, at: due.after(days: 99)).outcome == .pending)
    #expect(try world.finding(rule, at: due.after(days: 99)).due == due)
    let until = due.after(days: 1)
    let position = try open("s-2", more: #","until":"\#(until.rfc3339Milliseconds)""#)
    #expect(try world.finding(rule, at: until).outcome == .pending)
    let finding = try world.finding(rule, at: until.advanced(byMicroseconds: 1))
    #expect(finding.outcome == .overdue && finding.due == until && finding.positions == [position])
    try open("s-3", more: #","until":"\#(end.after(seconds: 600).rfc3339Milliseconds)""#)
    #expect(try world.finding(rule, at: due).outcome == .pending)
    #expect(try world.finding(rule, at: due.advanced(byMicroseconds: 1)).due == due)
  }

  @Test("the last support for the environment or none counts, by when it was opened, and what happened by then")
  func last() throws {
    try open("s-1", more: #","environment":"production/us""#)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .overdue)
    let own = try open("s-2", more: #","environment":"\#(World.environment)""#)
    try open("s-3", time: end)
    let finding = try world.finding(rule, at: due.after(seconds: 1))
    #expect(finding.outcome == .pending && finding.positions == [own])
    world.advance(days: 2)
    let now = world.now
    try close("s-2")
    #expect(try world.finding(rule, at: now.advanced(byMicroseconds: -1)).outcome == .pending)
    #expect(try world.finding(rule, at: now).outcome == .satisfied)
  }
}
