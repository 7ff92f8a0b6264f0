import Foundation
import RelmDomain
import RelmProof
import Testing

@Suite("Rehearsals in the timeline")
struct RehearsalTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("environment.registered", "environment/staging", "context=development")
    try desk.record("release.planned", "release/web/1.0", "class=normal", "--time", Self.ago(600))
    try deploy("d-1", to: "staging", ago: 500)
  }

  /// One clock for all that is told, so that no second begins between two tellings.
  private static let now = Date()

  private static func ago(_ minutes: Int) -> String {
    ISO8601DateFormatter().string(from: now.addingTimeInterval(Double(-60 * minutes)))
  }

  private func deploy(_ deployment: String, to environment: String, ago: Int) throws {
    let about = ["deployment=\(deployment)", "environment=\(environment)"]
    for (type, more, minutes) in [
      ("deployment.started", [], ago), ("deployment.finished", ["outcome=succeeded"], ago - 5),
    ] {
      let run = try desk.run(
        Desk.program,
        ["record", type, "-s", "release/web/1.0", "--time", Self.ago(minutes)] + about + more)
      try #require(run.status == 0, "\(run.remarks)")
    }
  }

  private func report() throws -> TimelineReport {
    let run = try desk.relm("timeline", "web/1.0", "--format", "json")
    return try TimelineReport(canonical: [UInt8](run.output.dropLast()))
  }

  @Test("a deployment to development begins nothing in production, and each is told by itself")
  func apart() throws {
    try deploy("d-2", to: "production/eu", ago: 100)
    let report = try report()
    let spans = report.phases.filter { $0.phase == .deploy }
    #expect(spans.map(\.context) == [.development, .production])
    #expect(spans.map { $0.attempts.map(\.id) } == [["d-1"], ["d-2"]])
    #expect(spans.map(\.events) == [2, 2])
    #expect(spans.map(\.seconds) == [300, 300])
    // From the rehearsal's end to the beginning in production.
    #expect(spans[1].waitSeconds == 395 * 60)
    #expect(report.figures.first { $0.measure == .deploy }?.value == 300)
    #expect(report.entries.compactMap(\.context) == [.development, .development, .production, .production])
    let text = try desk.done("timeline", "web/1.0")
    #expect(text.contains("\nRehearse ") && text.contains("\nDeploy "))
    let page = try desk.done("timeline", "web/1.0", "--format", "html")
    #expect(page.contains(">Rehearse</text>") && page.contains(">Deploy</text>"))
  }

  @Test("of what was rehearsed alone nothing is recorded of the deployment")
  func rehearsedAlone() throws {
    try desk.record("release.withdrawn", "release/web/1.0", "reason=Too slow")
    let report = try report()
    #expect(report.phases.filter { $0.phase == .deploy }.map(\.context) == [.development])
    #expect(report.missing.contains(.deploy))
    #expect(!report.figures.contains { $0.measure == .deploy && $0.value != nil })
  }
}
