import RelmDomain
import RelmProof
import Testing

@Suite("The windows of a release")
struct ScheduleTests {
  private static let here = "production/eu"

  private typealias Window = [String: any Told]

  private func window(_ from: Int, _ until: Int, _ environment: String = here) -> Window {
    func time(_ day: Int) -> String { "2026-12-\(10 + day)T20:00:00Z" }
    return ["environment": environment, "from": time(from), "until": time(until)]
  }

  private func agreed(_ windows: Window...) -> ReleaseEvent {
    told(.scheduleAgreed, ["windows": windows])
  }
  private func proposed(_ windows: Window...) -> ReleaseEvent {
    told(.scheduleProposed, ["schedule": "s", "windows": windows])
  }

  /// What the row says after some events, a minute apart unless said otherwise.
  private func schedule(_ events: (event: ReleaseEvent, minute: Int64)...) throws -> [String] {
    var story = Story()
    for (event, minute) in events { story.fold(event, minute: minute) }
    return try #require(story.release).schedule.map { window in
      let (from, until) = (window.from.rfc3339Milliseconds, window.until.rfc3339Milliseconds)
      let place = window.environment == Self.here ? "" : window.environment + " "
      return "\(place)\(from.prefix(10).suffix(2))-\(until.prefix(10).suffix(2)) "
        + (window.isAgreed ? "agreed" : "proposed")
    }
  }

  @Test("several windows for one environment all stand, in the order in which they begin")
  func several() throws {
    let windows = try schedule(
      (agreed(window(5, 6), window(1, 2), window(3, 4, "staging"), window(2, 3)), 1))
    #expect(windows == ["11-12 agreed", "12-13 agreed", "15-16 agreed", "staging 13-14 agreed"])
  }

  @Test("what is agreed later takes the place of all that was said of that environment, and of no other")
  func replaced() throws {
    let windows = try schedule(
      (proposed(window(0, 1)), 0), (agreed(window(1, 2), window(3, 4), window(1, 2, "staging")), 1),
      (agreed(window(5, 6), window(7, 8)), 2))
    #expect(windows == ["15-16 agreed", "17-18 agreed", "staging 11-12 agreed"])
  }

  @Test("what is proposed stands beside what is agreed until something is agreed again")
  func proposedBeside() throws {
    let beside = try schedule((agreed(window(1, 2)), 1), (proposed(window(5, 6), window(7, 8)), 2))
    #expect(beside == ["11-12 agreed", "15-16 proposed", "17-18 proposed"])
    let settled = try schedule(
      (agreed(window(1, 2)), 1), (proposed(window(5, 6)), 2), (agreed(window(5, 6)), 3))
    #expect(settled == ["15-16 agreed"])
  }

  @Test("what is told late is taken for when it was said")
  func late() throws {
    #expect(try schedule((agreed(window(1, 2)), 5), (agreed(window(3, 4)), 2)) == ["11-12 agreed"])
    #expect(try schedule((agreed(window(1, 2)), 5), (proposed(window(3, 4)), 2)) == ["11-12 agreed"])
    let open = try schedule((proposed(window(3, 4)), 5), (agreed(window(1, 2)), 2))
    #expect(open == ["11-12 agreed", "13-14 proposed"])
  }

  @Test("a window that one event says twice is one window")
  func twice() throws {
    #expect(try schedule((agreed(window(1, 2), window(1, 2)), 1)) == ["11-12 agreed"])
  }
}
