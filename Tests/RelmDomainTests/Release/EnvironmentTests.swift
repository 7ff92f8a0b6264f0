import RelmBytes
import RelmDomain
import RelmProof
import Testing

@Suite("What runs in an environment")
struct EnvironmentTests {
  /// A change, when it happened (minute) and which version it is about.
  private struct Fact {
    let change: RunningRow.Change
    let minute: Int64
  }

  private func moment(_ minute: Int64, _ position: Int = 0) -> Moment {
    Moment(at: Story.instant(minute: minute), position: Position(UInt64(position)))
  }

  private func success(_ version: String, minute: Int64, digest: String = "0a") throws -> Fact {
    let digests = [try #require(ContentDigest("sha256:" + String(repeating: digest, count: 32)))]
    let run = RunningRow.Run(
      version: version, deployment: "d-\(version)", digests: digests, since: moment(minute))
    return Fact(change: .succeeded(run), minute: minute)
  }

  private func removal(_ version: String, of deployment: String? = nil, minute: Int64) -> Fact {
    Fact(change: .removed(version: version, deployment: deployment ?? "d-\(version)"), minute: minute)
  }

  private func rollback(
    _ version: String, of deployment: String? = nil, to restored: String? = nil, minute: Int64
  ) -> Fact {
    Fact(
      change: .rolledBack(
        version: version, deployment: deployment ?? "d-\(version)", restores: restored, digests: []),
      minute: minute)
  }

  private func beginning(_ version: String, minute: Int64) -> Fact {
    Fact(change: .began(version: version, deployment: "d-\(version)"), minute: minute)
  }

  private func row(_ facts: Fact...) throws -> RunningRow { try row(facts) }

  private func row(_ facts: [Fact]) throws -> RunningRow {
    var row: RunningRow?
    for (position, fact) in facts.enumerated() {
      row = RunningRow.evolve(
        row, environment: "production", package: "api", by: fact.change, at: moment(fact.minute, position))
    }
    return try #require(row)
  }

  @Test("a success runs, and what ran before is remembered")
  func successRuns() throws {
    let row = try row(success("1", minute: 1), success("2", minute: 2))
    #expect(row.running?.version == "2")
    #expect(row.running?.since.at == Story.instant(minute: 2))
    #expect(row.running?.digests.count == 1)
    #expect(row.previous?.version == "1")
  }

  @Test("after a removal nothing runs, and what ran is remembered")
  func removalLeavesNothing() throws {
    let row = try row(success("1", minute: 1), removal("1", minute: 2))
    #expect(row.running == nil)
    #expect(row.previous?.version == "1")
  }

  @Test("a removal of something that was displaced before changes nothing")
  func removalOfOldIsNoChange() throws {
    #expect(
      try row(success("1", minute: 1), success("2", minute: 2), removal("1", minute: 3)).running?.version == "2"
    )
  }

  @Test("a removal of what was never seen to run leaves a row that says nothing runs")
  func firstRemoval() throws {
    let row = try row(removal("1", minute: 1))
    #expect(row.running == nil && row.previous == nil)
  }

  @Test("a rollback brings back what ran before, with its digests")
  func rollbackRestoresPrevious() throws {
    let row = try row(success("1", minute: 1, digest: "1a"), success("2", minute: 2), rollback("2", minute: 3))
    #expect(row.running?.version == "1")
    #expect(row.running?.digests.map(\.text) == ["sha256:" + String(repeating: "1a", count: 32)])
    #expect(row.running?.deployment == "d-2")
    #expect(row.running?.since.at == Story.instant(minute: 3))
    #expect(row.previous?.version == "2")
  }

  @Test("a rollback brings back what it says, known or not")
  func rollbackRestoresWhatItSays() throws {
    let row = try row(success("1", minute: 1), success("2", minute: 2), rollback("2", to: "0", minute: 3))
    #expect(row.running?.version == "0")
    #expect(row.running?.digests.isEmpty == true)
  }

  @Test("a rollback with nothing before it leaves nothing running")
  func rollbackToNothing() throws {
    #expect(try row(success("1", minute: 1), rollback("1", minute: 2)).running == nil)
  }

  @Test("a failed deployment that is undone leaves what runs as it is, since when it runs included")
  func undoneFailure() throws {
    let row = try row(success("1", minute: 1), rollback("2", to: "1", minute: 3))
    #expect(row.running?.version == "1")
    #expect(row.running?.since.at == Story.instant(minute: 1))
    #expect(try self.row(success("1", minute: 1), rollback("2", minute: 3)).running?.version == "1")
  }

  @Test("a late success does not displace a newer one, but may be what ran before")
  func lateSuccess() throws {
    let row = try row(success("3", minute: 30), success("1", minute: 10), success("2", minute: 20))
    #expect(row.running?.version == "3")
    #expect(row.previous?.version == "2")
    #expect(row.changed?.at == Story.instant(minute: 30))
  }

  @Test("a late success does not undo a newer removal or rollback of it")
  func lateSuccessOfGone() throws {
    #expect(try row(removal("1", minute: 20), success("1", minute: 10)).running == nil)
    #expect(try row(rollback("1", minute: 20), success("1", minute: 10)).running == nil)
  }

  @Test("a late success that displaced what a later removal names is what runs")
  func lateSuccessAfterRemoval() throws {
    #expect(
      try row(success("1", minute: 10), removal("1", minute: 30), success("2", minute: 20)).running?.version
        == "2")
  }

  @Test("a late removal or rollback of another deployment does not touch what is newer")
  func lateRemoval() throws {
    #expect(try row(success("1", minute: 20), removal("1", of: "d-0", minute: 10)).running?.version == "1")
    #expect(try row(success("1", minute: 20), rollback("1", of: "d-0", minute: 10)).running?.version == "1")
  }

  @Test("what takes back the very deployment that runs comes after it, whatever its clock says")
  func undoneByAnotherClock() throws {
    #expect(try row(success("1", minute: 20), removal("1", minute: 18)).running == nil)
    let row = try row(success("1", minute: 10), success("2", minute: 20), rollback("2", minute: 18))
    #expect(row.running?.version == "1" && row.running?.since.at == Story.instant(minute: 20))
  }

  @Test("a success that is dated before its beginning counts from the beginning on")
  func endedByAnotherClock() throws {
    let row = try row(success("1", minute: 19), beginning("2", minute: 20), success("2", minute: 17))
    #expect(row.running?.version == "2" && row.running?.since.at == Story.instant(minute: 20))
    #expect(row.begun.isEmpty)
  }

  @Test("a beginning that is told after its success begins nothing; one under way displaces nothing")
  func begun() throws {
    let told = try row(success("1", minute: 20), beginning("1", minute: 25))
    #expect(told.running?.since.at == Story.instant(minute: 20) && told.begun.isEmpty)
    let underWay = try row(beginning("2", minute: 30), success("1", minute: 20))
    #expect(underWay.running?.version == "1" && underWay.begun.map(\.version) == ["2"])
    #expect(try row(beginning("1", minute: 1)).changed == nil)
  }

  @Test("of two facts at the same time the one recorded later is the newer")
  func sameTime() throws {
    #expect(try row(success("1", minute: 1), success("2", minute: 1)).running?.version == "2")
    #expect(try row(success("1", minute: 1), removal("1", minute: 1)).running == nil)
  }

  @Test("successes come to the same in whatever order they are recorded")
  func anyOrderOfSuccesses() throws {
    let facts = try (1...5).map { try success("\($0)", minute: Int64($0)) }
    let expected = try row(facts)
    var generator = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let row = try row(facts.shuffled(using: &generator))
      #expect(
        row.running?.version == expected.running?.version && row.previous?.version == expected.previous?.version
      )
    }
  }
}
