import RelmDomain
import Testing

@Suite("Decisions about builds, tests and deployments")
struct DecisionTests {
  @Test("facts are taken in whatever order they could be true, without a plan too")
  func factsAreTaken() throws {
    #expect(try given().when(.buildBegan("b-1")) == nil)
    #expect(try given().when(.testBegan("t-1")) == nil)
    #expect(try given().when(.deploymentBegan("d-1")) == nil)
    #expect(try given().when(.published()) == nil)
    #expect(try given().when(.activity) == nil)
    #expect(try given(.buildBegan("b-1")).when(.planned) == nil)
  }

  @Test("nobody has to be named for a fact, and a service account may record it")
  func factsComeFromAnyone() throws {
    #expect(try given().when(.buildBegan("b-1"), by: nil, nil) == nil)
    #expect(try given().when(.buildBegan("b-1"), by: Story.ana, "service_account") == nil)
  }

  @Test("a release is planned once")
  func planningTwiceIsRefused() throws {
    let refusal = try given(.planned).when(.planned)
    #expect(refusal?.code == .contradiction)
    #expect(refusal?.reason.contains("position 0") == true)
  }

  @Test(
    "the end of what was never begun is refused with the pointer to its id",
    arguments: [
      (ReleaseEvent.buildEnded("x"), "/data/build"), (.testEnded("x"), "/data/test"),
      (.deploymentEnded("x"), "/data/deployment"), (.rolledBack("x"), "/data/deployment"),
      (.removed("x"), "/data/deployment"), (.accepted("x"), "/data/handover"),
    ])
  func endWithoutBeginningIsRefused(event: ReleaseEvent, pointer: String) throws {
    let refusal = try given(.buildBegan("b-1"), .testBegan("t-1"), .deploymentBegan("d-1")).when(event)
    #expect(refusal?.code == .contradiction)
    #expect(refusal?.pointer == pointer)
    #expect(refusal?.code.exitStatus == 65)
  }

  @Test(
    "the end of what was never begun is taken where it says that it is backfilled",
    arguments: [
      ReleaseEvent.buildEnded("x", backfilled: true), .testEnded("x", backfilled: true),
      .deploymentEnded("x", backfilled: true), .rolledBack("x", backfilled: true),
      .removed("x", backfilled: true),
    ])
  func backfilledEndIsTaken(event: ReleaseEvent) throws {
    #expect(try given().when(event) == nil)
  }

  @Test("an end whose start alone is missing has to say so too")
  func endAfterBackfilledRollback() throws {
    let undone = try given(.rolledBack("d-1", backfilled: true))
    #expect(try undone.when(.deploymentEnded("d-1", "production", .failed))?.pointer == "/data/deployment")
    #expect(try undone.when(.deploymentEnded("d-1", "production", .failed, backfilled: true)) == nil)
  }

  @Test("backfilled: false is as good as nothing")
  func falseIsNotBackfilled() throws {
    #expect(try given().when(.buildEnded("x", backfilled: false))?.code == .contradiction)
  }

  @Test("a start may come after its backfilled end, but not twice")
  func lateStartIsTaken() throws {
    let story = try given(.buildEnded("b-1", backfilled: true))
    #expect(try story.when(.buildBegan("b-1")) == nil)
    #expect(try given(.buildBegan("b-1")).when(.buildBegan("b-1"))?.code == .contradiction)
    #expect(try given(.deploymentBegan("d-1")).when(.deploymentBegan("d-1"))?.code == .contradiction)
  }

  @Test("a second end is taken with the same outcome and refused with another")
  func secondEndMustAgree() throws {
    let story = try given(.deploymentBegan("d-1"), .deploymentEnded("d-1"))
    #expect(try story.when(.deploymentEnded("d-1")) == nil)
    let refusal = try story.when(.deploymentEnded("d-1", "production", .failed))
    #expect(refusal?.code == .contradiction)
    #expect(refusal?.pointer == "/data/outcome")
    let backfilled = try story.when(.deploymentEnded("d-1", "production", .failed, backfilled: true))
    #expect(backfilled?.code == .contradiction)
  }

  @Test("one deployment id in two environments is two deployments, each begun and ended by itself")
  func eachEnvironmentHasItsDeployment() throws {
    let deployed = try given(
      .deploymentBegan("job-77", "production/eu"), .deploymentBegan("job-77", "production/us"))
    #expect(
      try deployed.when(.deploymentBegan("job-77", "production/us"))?.reason.contains("in production/us")
        == true)
    let ended = try given(
      .deploymentBegan("job-77", "production/eu"), .deploymentEnded("job-77", "production/eu"))
    let refusal = try ended.when(.deploymentEnded("job-77", "production/us"))
    #expect(refusal?.pointer == "/data/deployment")
    #expect(refusal?.reason == "deployment job-77 was never begun in production/us")
    #expect(try ended.when(.deploymentBegan("job-77", "production/us")) == nil)
  }

  @Test("a test run does not change its suite")
  func placesMustAgree() throws {
    #expect(try given(.testBegan("t-1", "smoke")).when(.testEnded("t-1", "load"))?.pointer == "/data/suite")
  }

  @Test("what is under way or has failed can be rolled back, once")
  func rollbackIsTakenOnce() throws {
    #expect(try given(.deploymentBegan("d-1")).when(.rolledBack("d-1")) == nil)
    let failed = try given(.deploymentBegan("d-1"), .deploymentEnded("d-1", "production", .failed))
    #expect(try failed.when(.rolledBack("d-1")) == nil)
    let undone = try given(.deploymentBegan("d-1"), .rolledBack("d-1"))
    #expect(try undone.when(.rolledBack("d-1"))?.code == .contradiction)
    #expect(try undone.when(.deploymentEnded("d-1", "production", .failed)) == nil)
  }

  @Test("a deployment is removed once, and is not rolled back after it")
  func removalIsTakenOnce() throws {
    let gone = try given(.deploymentBegan("d-1"), .deploymentEnded("d-1"), .removed("d-1"))
    #expect(try gone.when(.removed("d-1"))?.code == .contradiction)
    #expect(try gone.when(.rolledBack("d-1"))?.reason.contains("removed already") == true)
  }

  @Test("builds, tests and deployments may share an id, for each kind has its own")
  func kindsHaveTheirOwnIDs() throws {
    #expect(try given(.buildBegan("1")).when(.testEnded("1"))?.code == .contradiction)
    #expect(try given(.buildBegan("1")).when(.testBegan("1")) == nil)
  }

  @Test(
    "an event of a release is refused on any other subject",
    arguments: ["ledger", "service/payments", "release/x", "x"])
  func otherSubjectsAreRefused(subject: String) throws {
    let refusal = try given().when(.buildBegan("b-1"), subject: subject)
    #expect(refusal?.code == .badInput)
    #expect(refusal?.pointer == "/subject")
  }
}
