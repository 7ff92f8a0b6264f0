import RelmDomain
import Testing

@Suite("Rows of busy releases")
struct BoundedRowTests {
  private func length(_ row: some ViewRow) -> Int {
    var writer = CanonicalWriter()
    row.write(to: &writer)
    return writer.bytes.count
  }

  @Test("a row does not grow with the number of hosts, suites and handovers")
  func rowIsBounded() throws {
    var story = Story()
    var lengths: [Int] = []
    for number in 10000..<10400 {
      let host = "host/\(number)"
      for event in [
        .deploymentBegan("d-\(number)", host), .deploymentEnded("d-\(number)", host),
        .testBegan("t-\(number)", host),
        .testEnded("t-\(number)", host), .offered("h-\(number)"), .accepted("h-\(number)"),
        .activity,
      ] as [ReleaseEvent] { story.fold(event, by: Story.person(7)) }
      lengths.append(length(try #require(story.release)))
    }
    let row = try #require(story.release)
    #expect(row.deployments?.counts.succeeded == 400)
    #expect(row.deployments?.environments.count == ReleaseRow.listLimit)
    #expect(row.deployments?.environmentsLeftOut == 400 - ReleaseRow.listLimit)
    #expect(row.tests?.suites.last?.suite == "host/10399")
    #expect(row.handovers?.latest.map(\.handover).last == "h-10399")
    // Only the digits of counts and positions still grow.
    #expect(try #require(lengths.last) - lengths[20] < 200)
  }

  @Test("a release on many hosts is removed when it is removed from the last")
  func manyHostsAreRemoved() throws {
    var story = Story()
    for number in 100..<140 {
      story.fold(.deploymentBegan("d-\(number)", "host/\(number)"))
      story.fold(.deploymentEnded("d-\(number)", "host/\(number)"))
    }
    for number in 100..<139 {
      story.fold(.removed("d-\(number)", "host/\(number)"))
      #expect(story.stage == .deployed)
    }
    story.fold(.removed("d-139", "host/139"))
    #expect(story.stage == .removed)
  }
}
