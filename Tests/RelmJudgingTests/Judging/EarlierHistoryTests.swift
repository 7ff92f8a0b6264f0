import RelmDomain
import RelmJudging
import RelmProof
import RelmTestWorld
import Testing

@Suite("What claims to be older than the ledger")
struct EarlierHistoryTests {
  let world: World

  init() throws { world = try World() }

  private var opened: Instant { world.events[0].recorded }

  private func governance(_ question: ComplianceQuestion = ComplianceQuestion()) throws
    -> [ComplianceReport.Governance]
  {
    try world.report(question).map(\.governance)
  }

  private func accept(_ source: String = "/test", until: Instant? = nil, by person: PersonID = World.ana) throws
  {
    let more = until.map { #","until":"\#($0.rfc3339Milliseconds)""# } ?? ""
    try world.given(
      "history.accepted", "ledger", #"{"source":"\#(source)","reason":"looked through"\#(more)}"#, by: person)
  }

  private func claim(_ deployment: String = "d-1") throws {
    try world.begin(deployment, time: opened.after(days: -2000))
  }

  @Test("within a day of its opening anybody brings along what was, and a moment later nobody")
  func grace() throws {
    world.advance(to: opened.after(days: 1))
    try claim()
    world.advance(to: opened.after(days: 1).advanced(byMicroseconds: 1000))
    try claim("d-2")
    #expect(try governance() == [.beforeLedger, .unaccepted])
  }

  @Test("afterwards it is taken for history where somebody with unlimited level 6 has accepted its source")
  func accepted() throws {
    world.advance(to: opened.after(days: 9))
    try claim()
    #expect(try governance() == [.unaccepted])
    try accept("/other")
    #expect(try governance() == [.unaccepted])
    try accept()
    #expect(try governance() == [.beforeLedger])
  }

  @Test("an acceptance covers what stood before it, and with an end what is recorded up to that")
  func until() throws {
    world.advance(to: opened.after(days: 9))
    try accept()
    try claim()
    let end = world.now.after(seconds: 600)
    try accept(until: end)
    #expect(try governance() == [.beforeLedger])
    try claim("d-2")
    world.advance(to: end)
    try claim("d-3")
    #expect(try governance() == [.beforeLedger, .beforeLedger, .unaccepted])
  }

  @Test(
    "an acceptance by level 6 for some packages or one context is none, and neither is one that is annulled")
  func limited() throws {
    try world.grant(World.bo, level: 6, more: #","packages":["payments-api"]"#)
    try world.grant(World.cyd, level: 6, contexts: ["production"])
    world.advance(to: opened.after(days: 9))
    try claim()
    for person in [World.bo, World.cyd] {
      // Whoever decides may refuse it already; whatever stands in the log counts for nothing.
      _ = try world.told("history.accepted", "ledger", #"{"source":"/test","reason":"r"}"#, by: person)
    }
    #expect(try governance() == [.unaccepted])
    try accept()
    let last = world.events.count - 1
    try world.given("event.annulled", "ledger", #"{"position":\#(last),"reason":"r"}"#)
    #expect(try governance() == [.unaccepted])
  }

  @Test("what was recorded in a period and claims to have begun before it is in its report as well, and marked")
  func broughtIntoPeriod() throws {
    world.advance(to: opened.after(days: 40))
    try world.begin(time: opened.after(days: 5))
    try world.begin("d-2")
    let month = ComplianceQuestion(from: opened.after(days: 30), until: opened.after(days: 60))
    let told = try world.report(month)
    #expect(told.map(\.deployment) == ["d-1", "d-2"])
    #expect(told.map(\.beforePeriod) == [true, nil] && told[0].lateSeconds == 35 * 86_400)
    let earlier = ComplianceQuestion(from: opened, until: opened.after(days: 30))
    #expect(try world.report(earlier).map(\.afterPeriod) == [true])
  }

  @Test("a start told after the end does not make the deployment older than the ledger")
  func startTold() throws {
    world.advance(to: opened.after(seconds: 600))
    try world.end(more: #","backfilled":true"#)
    #expect(try governance() == [.ungoverned])
    try claim()
    #expect(try governance() == [.ungoverned])
  }

  @Test("what was ended since, or came in the place of what stands in the log, is no older than the ledger")
  func endedSince() throws {
    world.advance(to: opened.after(seconds: 600))
    try claim()
    try world.end()
    #expect(try governance() == [.ungoverned])
    try world.given(
      "deployment.rolledback", World.release,
      #"{"deployment":"d-1","environment":"production/eu","restores":"0.9"}"#,
      time: opened.after(days: -900).rfc3339Milliseconds)
    #expect(try governance() == [.ungoverned, .ungoverned])
  }

  @Test("what claims to be so old belongs to the period in which it was recorded, believed or not")
  func period() throws {
    world.advance(to: opened.after(days: 9))
    try claim()
    let quarter = ComplianceQuestion(from: opened, until: opened.after(days: 90))
    #expect(try governance(quarter) == [.unaccepted])
    try accept()
    #expect(try governance(quarter) == [.beforeLedger])
    #expect(try world.report(quarter).map(\.beforePeriod) == [nil])
  }
}

extension World {
  fileprivate func report(_ question: ComplianceQuestion) throws -> [ComplianceReport.Attempt] {
    try report(nil, at: nil, question)
  }
}
