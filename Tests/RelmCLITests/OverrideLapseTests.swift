import Foundation
import Testing

@Suite("An override that says to last longer than one may")
struct OverrideLapseTests {
  private func day(in days: Double) -> String {
    Date(timeIntervalSinceNow: days * 86_400).ISO8601Format()
  }

  private func declare(_ desk: Desk, until: String) throws -> Desk.Run {
    try desk.relm(
      "record", "override.declared", "-s", "release/web/1.0", "rules=planned", "environment=prod",
      "reason=Payments are down", "until=\(until)")
  }

  @Test("is taken with a remark that has the time when it lapses: after a week, or what a policy allows")
  func lapse() throws {
    let desk = try Desk.withLedger()
    try desk.record("release.planned", "release/web/1.0", "class=normal")
    let week = String(day(in: 7).prefix(10))
    let long = try declare(desk, until: day(in: 30))
    #expect(long.status == 0 && long.remarks.contains("lapses at \(week)T"), "\(long.remarks)")
    #expect(try !declare(desk, until: day(in: 6)).remarks.contains("lapses"))
    try desk.adopt("planned", more: #","overrideWithin":"P14D""#)
    #expect(try !declare(desk, until: day(in: 13)).remarks.contains("lapses"))
    // Beyond what the policy says it is refused, as before.
    #expect(try declare(desk, until: day(in: 15)).status == 65)
  }
}
