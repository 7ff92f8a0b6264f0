import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What is asked after a deployment is not put off for ever by leaving out its end.
@Suite("A deployment that does not end")
struct UnendedTests {
  let world: World
  private let rule = #"{"rule":"verified","within":"PT1H"}"#

  init() throws {
    world = try World()
    try world.built()
  }

  private func step(_ type: String, _ more: String = "") throws {
    try world.given(
      type, World.release, #"{"deployment":"d-1","environment":"\#(World.environment)"\#(more)}"#)
  }

  @Test("is to be ended a week after the last word of it")
  func overdue() throws {
    let begun = world.now
    try world.begin()
    let due = begun.after(days: 7)
    #expect(try world.finding(rule, at: due).outcome == .pending)
    let late = try world.finding(rule, at: due.after(seconds: 1))
    #expect(late.outcome == .overdue && late.due == due)
    world.advance(to: begun.after(days: 5))
    try step("deployment.progressed", #","decision":"continue""#)
    #expect(try world.finding(rule, at: due.after(seconds: 1)).outcome == .pending)
  }

  @Test(
    "owes nothing where it was broken off or taken back",
    arguments: ["deployment.progressed", "deployment.rolledback", "deployment.removed"])
  func takenBack(type: String) throws {
    try world.begin()
    try step(type, type == "deployment.progressed" ? #","decision":"abort""# : "")
    #expect(try world.finding(rule, at: world.now.after(days: 30)).outcome == .pending)
  }
}
