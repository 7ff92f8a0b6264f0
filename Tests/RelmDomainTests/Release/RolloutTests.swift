import RelmDomain
import RelmProof
import Testing

@Suite("What is being rolled out beside what runs")
struct RolloutTests {
  private func moment(_ minute: Int64, _ position: Int) -> Moment {
    Moment(at: Story.instant(minute: minute), position: Position(UInt64(position)))
  }

  private enum Word {
    case success(String, String)
    case share(String, String, String?, RunningRow.Decision)
    case failure(String, String)
    case rollback(String, String)
    case removal(String)
  }

  /// The row after some words, each with its minute; told in this order.
  private func row(_ words: (word: Word, minute: Int64)...) -> RunningRow? {
    var row: RunningRow?
    for (place, (word, minute)) in words.enumerated() {
      let moment = moment(minute, place)
      let change: RunningRow.Change =
        switch word {
        case .success(let version, let deployment):
          .succeeded(RunningRow.Run(version: version, deployment: deployment, since: moment))
        case .share(let version, let deployment, let share, let decision):
          .progressed(
            RunningRow.Rollout(
              version: version, deployment: deployment, share: share.flatMap { Percentage($0) },
              decision: decision, since: moment, changed: moment))
        case .failure(let version, let deployment): .stopped(version: version, deployment: deployment)
        case .rollback(let version, let deployment):
          .rolledBack(version: version, deployment: deployment, restores: nil, digests: [])
        case .removal(let version): .removed(version: version, deployment: "")
        }
      row = RunningRow.evolve(row, environment: "e", package: "p", by: change, at: moment)
    }
    return row
  }

  private func shares(_ row: RunningRow?) -> [String] {
    (row?.rollouts ?? []).map { "\($0.version) \($0.deployment) \($0.share?.text ?? "?") \($0.decision)" }
  }

  @Test("a rollout stands beside what runs, with its latest share, since its first")
  func beside() throws {
    let row = row(
      (.success("1", "d1"), 0), (.share("2", "d2", "0.5", .continue), 1), (.share("2", "d2", nil, .hold), 2))
    #expect(row?.running?.version == "1")
    #expect(shares(row) == ["2 d2 0.5 hold"])
    #expect(row?.rollouts.first?.since == moment(1, 1))
    #expect(row?.rollouts.first?.changed == moment(2, 2))
    #expect(row?.changed == moment(0, 0))
  }

  @Test("two rollouts at once both stand, of one version or of two")
  func two() {
    let row = row(
      (.share("2", "d2", "5", .continue), 1), (.share("2", "d3", "10", .continue), 2),
      (.share("3", "d4", "1", .continue), 3))
    #expect(shares(row) == ["2 d2 5 continue", "2 d3 10 continue", "3 d4 1 continue"])
    #expect(row?.running == nil && row?.changed == nil)
  }

  @Test("a rollout whose deployment has ended, or was taken back, is over")
  func over() {
    let start: (word: Word, minute: Int64) = (.share("2", "d2", "5", .continue), 1)
    let done = row(start, (.success("2", "d2"), 2))
    #expect(shares(done).isEmpty && done?.running?.version == "2")
    #expect(row(start, (.failure("2", "d2"), 2)) == nil)
    // What has ended is over whatever the clocks said.
    #expect(row(start, (.failure("2", "d2"), 0)) == nil)
    #expect(shares(row(start, (.rollback("2", "d2"), 2))).isEmpty)
    #expect(shares(row(start, (.removal("2"), 2))).isEmpty)
    #expect(shares(row(start, (.failure("2", "d3"), 2))) == ["2 d2 5 continue"])
  }

  @Test("a share that is told late does not displace a newer one, nor revive what runs already")
  func late() {
    let newer = row((.share("2", "d2", "20", .continue), 5), (.share("2", "d2", "5", .abort), 2))
    #expect(shares(newer) == ["2 d2 20 continue"])
    #expect(newer?.rollouts.first?.since == moment(2, 1))
    #expect(shares(row((.success("2", "d2"), 5), (.share("2", "d2", "5", .continue), 2))).isEmpty)
  }

  @Test("a release whose rollout is aborted is neither deploying nor started, until it goes on")
  func aborted() throws {
    var story = Story()
    func progressed(_ decision: DeploymentProgressed.Decision, _ share: String) -> ReleaseEvent {
      told(
        .deploymentProgressed,
        ["deployment": "d-1", "environment": "e", "share": Percentage(share), "decision": decision.rawValue])
    }
    story.fold(.deploymentBegan("d-1", "e"))
    #expect(story.stage == .deploying)
    story.fold(progressed(.continue, "5"))
    #expect(story.stage == .deploying)
    #expect(story.release?.deployments?.environments.first?.share?.text == "5")
    story.fold(progressed(.abort, "5"))
    #expect(story.stage == .failed)
    #expect(story.release?.deployments?.environments.first?.status == .aborted)
    story.fold(progressed(.continue, "20"))
    #expect(story.stage == .deploying)
    story.fold(.deploymentEnded("d-1", "e"))
    #expect(story.stage == .deployed)
    #expect(story.release?.deployments?.environments.first?.share == nil)
    // What is told of it after its end changes nothing any more.
    story.fold(progressed(.abort, "20"))
    #expect(story.stage == .deployed)
  }

  @Test("an aborted rollout of what runs already leaves it running")
  func stillRuns() {
    var story = Story()
    story.fold(.deploymentBegan("d-1", "e"))
    story.fold(.deploymentEnded("d-1", "e"))
    story.fold(.deploymentBegan("d-2", "e"))
    story.fold(
      told(.deploymentProgressed, ["deployment": "d-2", "environment": "e", "decision": "abort"]))
    #expect(story.release?.deployments?.environments.map(\.running) == [true])
    #expect(story.release?.deployments?.environments.map(\.status) == [.aborted])
  }
}
