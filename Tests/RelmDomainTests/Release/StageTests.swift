import RelmDomain
import Testing

@Suite("The stage of a release")
struct StageTests {
  @Test("it goes from planned to handed over")
  func wholeLife() throws {
    var story = Story()
    var stages: [ReleaseRow.Stage] = []
    for event in [
      .planned, .buildBegan("b"), .buildEnded("b"), .testBegan("t"), .testEnded("t"), .published(),
      .approved,
      .deploymentBegan("d"), .deploymentEnded("d"), .offered("h"), .accepted("h"),
    ] as [ReleaseEvent] {
      story.fold(event)
      stages.append(story.stage)
    }
    #expect(
      stages == [
        .planned, .building, .built, .testing, .tested, .packaged, .approved, .deploying, .deployed, .deployed,
        .handedOver,
      ])
  }

  @Test("it is unplanned where only an activity or an offer is known")
  func unplanned() throws {
    #expect(try given(.activity).stage == .unplanned)
    #expect(try given(.activity, .offered("h")).stage == .unplanned)
  }

  @Test("a failed build or test makes it failed, and a newer success mends that")
  func failureAndRepair() throws {
    #expect(try given(.planned, .buildBegan("b"), .buildEnded("b", .failed)).stage == .failed)
    #expect(
      try given(.buildBegan("b"), .buildEnded("b", .failed), .buildBegan("c"), .buildEnded("c")).stage == .built
    )
    #expect(try given(.testBegan("t"), .testEnded("t", "smoke", .failed)).stage == .failed)
    let other = try given(
      .testBegan("t"), .testEnded("t", "smoke", .failed), .testBegan("u", "load"), .testEnded("u", "load"))
    #expect(other.stage == .failed)
    let again = try given(
      .testBegan("t"), .testEnded("t", "smoke", .failed), .testBegan("u"), .testEnded("u"))
    #expect(again.stage == .tested)
    #expect(try given(.testBegan("t"), .testEnded("t", "smoke", .failed), .buildBegan("b")).stage == .building)
  }

  @Test("a build or test under way takes nothing back from a package or an approval, its failure does")
  func laterWork() throws {
    #expect(try given(.published(), .testBegan("t")).stage == .packaged)
    #expect(try given(.published(), .testBegan("t"), .testEnded("t", "smoke", .failed)).stage == .failed)
    #expect(
      try given(.buildBegan("b"), .buildEnded("b", .failed), .published(), .approved).stage == .approved)
  }

  @Test("what is cancelled does not count")
  func cancelled() throws {
    #expect(try given(.planned, .buildBegan("b"), .buildEnded("b", .cancelled)).stage == .planned)
    #expect(
      try given(.published(), .deploymentBegan("d"), .deploymentEnded("d", "production", .cancelled)).stage
        == .packaged)
  }

  @Test("of deployments the latest word counts")
  func latestWordCounts() throws {
    let deployed = [ReleaseEvent.deploymentBegan("d"), .deploymentEnded("d")]
    var story = try given(deployed[0], deployed[1], .deploymentBegan("e", "staging"))
    #expect(story.stage == .deploying)
    story.fold(.deploymentEnded("e", "staging", .failed))
    #expect(story.stage == .failed)
    #expect(try given(deployed[0], deployed[1], .rolledBack("d")).stage == .rolledBack)
    #expect(try given(deployed[0], deployed[1], .removed("d")).stage == .removed)
  }

  @Test("a removal from one environment leaves it deployed while it runs in another")
  func partlyRemoved() throws {
    let story = try given(
      .deploymentBegan("d"), .deploymentEnded("d"), .deploymentBegan("e", "staging"),
      .deploymentEnded("e", "staging"),
      .removed("e", "staging"))
    #expect(story.stage == .deployed)
    var handedOver = story
    handedOver.fold(.offered("h"))
    handedOver.fold(.accepted("h"))
    #expect(handedOver.stage == .handedOver)
    handedOver.fold(.removed("d"))
    #expect(handedOver.stage == .removed)
  }

  @Test("it stays handed over with another deployment, until one fails or is rolled back")
  func afterHandover() throws {
    var story = try given(.deploymentBegan("d"), .deploymentEnded("d"), .offered("h"), .accepted("h"))
    story.fold(.deploymentBegan("e"))
    #expect(story.stage == .deploying)
    story.fold(.deploymentEnded("e"))
    #expect(story.stage == .handedOver)
    story.fold(.rolledBack("e"))
    #expect(story.stage == .rolledBack)
  }

  @Test("a late fact does not displace a newer one")
  func lateFacts() throws {
    var story = Story()
    story.fold(.rolledBack("d", backfilled: true), minute: 30)
    story.fold(.deploymentBegan("d"), minute: 10)
    story.fold(.deploymentEnded("d"), minute: 20)
    #expect(story.stage == .rolledBack)
    story = Story()
    story.fold(.buildEnded("c", backfilled: true), minute: 30)
    story.fold(.buildEnded("b", .failed, backfilled: true), minute: 10)
    #expect(story.stage == .built)
    #expect(story.release?.builds?.latest.build == "c")
  }

  @Test("what ended is over, though its end is dated before its beginning")
  func endedByAnotherClock() throws {
    let attempts: [(beginning: ReleaseEvent, end: ReleaseEvent, stage: ReleaseRow.Stage)] = [
      (.buildBegan("b"), .buildEnded("b", backfilled: true), .built),
      (.testBegan("t"), .testEnded("t", backfilled: true), .tested),
      (.deploymentBegan("d"), .deploymentEnded("d", backfilled: true), .deployed),
    ]
    for (beginning, end, stage) in attempts {
      var story = Story()
      story.fold(beginning, minute: 30)
      story.fold(end, minute: 27)
      #expect(story.stage == stage)
      #expect(story.release?.halves.isEmpty == true)
      story = Story()
      story.fold(end, minute: 27)
      story.fold(beginning, minute: 30)
      #expect(story.stage == stage, "told the other way round")
    }
  }

  @Test("support and a review that were closed are over, though another clock closed them")
  func closedByAnotherClock() throws {
    let deployed: [ReleaseEvent] = [.deploymentBegan("d"), .deploymentEnded("d")]
    var story = Story()
    for event in deployed { story.fold(event, minute: 20) }
    story.fold(told(.supportOpened, ["support": "s", "criteria": ["c"]]), minute: 30)
    let criteria: [[String: any Told]] = [["criterion": "c", "result": "met"]]
    story.fold(told(.supportClosed, ["support": "s", "criteria": criteria]), minute: 18)
    #expect(story.stage == .supported)
    story.fold(told(.reviewOpened, ["review": "r", "scope": "all"]), minute: 40)
    story.fold(told(.reviewClosed, ["review": "r", "outcome": "successful"]), minute: 17)
    #expect(story.stage == .reviewed)
  }

  @Test("support that was closed with a criterion unmet, or without success, supports no release")
  func unmetSupport() throws {
    func closed(_ results: [String], _ outcome: String? = nil) -> ReleaseEvent {
      let criteria: [[String: any Told]] = results.map { ["criterion": "quiet", "result": $0] }
      return told(.supportClosed, ["support": "s", "criteria": criteria, "outcome": outcome])
    }
    for (data, words) in [
      (closed(["met", "unmet", "notAssessed"]), "1 of 3 criteria met"),
      (closed(["unmet"]), "0 of 1 criteria met"),
      (closed(["met"], "failed"), "failed"),
    ] {
      var story = Story()
      story.fold(.deploymentBegan("d"), minute: 10)
      story.fold(.deploymentEnded("d"), minute: 20)
      story.fold(told(.supportOpened, ["support": "s", "criteria": ["quiet"]]), minute: 30)
      story.fold(data, minute: 40)
      #expect(story.stage == .deployed)
      #expect(story.release?.support?.shortfall == words)
      story.fold(closed(["met"]), minute: 50)
      #expect(story.stage == .supported && story.release?.support?.shortfall == nil)
    }
  }

  @Test("what is over begins nothing when its beginning is told, though another attempt came between")
  func beginningOfTheOld() throws {
    var story = Story()
    story.fold(.deploymentEnded("d", backfilled: true), minute: 10)
    story.fold(.deploymentBegan("e"), minute: 20)
    story.fold(.deploymentEnded("e", "production", .failed), minute: 25)
    story.fold(.deploymentBegan("d"), minute: 30)
    #expect(story.stage == .failed)
    #expect(story.release?.deployments?.counts.started == 2)
  }

  @Test("what takes a deployment back comes after its end, whatever its clock says")
  func undoneByAnotherClock() throws {
    var story = Story()
    story.fold(.deploymentBegan("d"), minute: 10)
    story.fold(.deploymentEnded("d"), minute: 20)
    story.fold(.rolledBack("d"), minute: 18)
    #expect(story.stage == .rolledBack)
    #expect(story.release?.deployments?.runsSomewhere == false)
  }

  @Test("a late success under a later attempt shows that the release runs")
  func lateSuccess() throws {
    var story = Story()
    story.fold(.deploymentBegan("e"), minute: 30)
    story.fold(.deploymentEnded("e", "production", .failed), minute: 40)
    story.fold(.deploymentEnded("d", backfilled: true), minute: 20)
    #expect(story.release?.deployments?.environments.first?.running == true)
    #expect(story.stage == .failed)
  }
}
