import Foundation
import RelmBytes
import RelmDomain
import Testing

@Suite("Weeks and months")
struct CalendarUnitTests {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  private func starts(_ unit: CalendarUnit, _ from: String, _ until: String) throws -> [String] {
    try unit.parts(of: instant(from)..<instant(until)).map { $0.lowerBound.rfc3339Milliseconds }
  }

  @Test("weeks begin on Monday, and the first and the last part may be shorter")
  func weeks() throws {
    #expect(
      try starts(.week, "2026-11-18T12:00:00Z", "2026-12-01T00:00:00Z") == [
        "2026-11-18T12:00:00.000Z", "2026-11-23T00:00:00.000Z", "2026-11-30T00:00:00.000Z",
      ])
    // A span that begins and ends on a Monday has whole weeks only.
    #expect(
      try starts(.week, "2026-11-16T00:00:00Z", "2026-11-30T00:00:00Z") == [
        "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z",
      ])
    #expect(try starts(.week, "2026-11-16T00:00:00Z", "2026-11-16T00:00:00Z").isEmpty)
  }

  @Test("months begin on the first, over the end of a year and in a leap year")
  func months() throws {
    #expect(
      try starts(.month, "2027-12-31T23:59:59Z", "2028-03-01T00:00:00.000001Z") == [
        "2027-12-31T23:59:59.000Z", "2028-01-01T00:00:00.000Z", "2028-02-01T00:00:00.000Z",
        "2028-03-01T00:00:00.000Z",
      ])
  }

  @Test(
    "parts follow one another without a gap, and begin where Foundation's calendar says",
    arguments: CalendarUnit.allCases, 0..<40 as Range<UInt64>)
  func parts(unit: CalendarUnit, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    // 1935 to 2096, on both sides of 1970.
    let start = Instant(
      microseconds: Int64.random(in: -1_100_000_000...4_000_000_000, using: &generator) * 1_000_000)
    let end = start.advanced(byMicroseconds: Int64.random(in: 0...400 * 86_400_000_000, using: &generator))
    let parts = unit.parts(of: start..<end)
    #expect(parts.first?.lowerBound == (start < end ? start : nil), "seed \(seed)")
    #expect(parts.last?.upperBound == (start < end ? end : nil), "seed \(seed)")
    for (part, next) in zip(parts, parts.dropFirst()) {
      #expect(part.upperBound == next.lowerBound, "seed \(seed)")
      let component: Calendar.Component = unit == .week ? .weekOfYear : .month
      let date = Date(timeIntervalSince1970: Double(part.lowerBound.microseconds / 1_000_000))
      let interval = try #require(calendar.dateInterval(of: component, for: date))
      #expect(
        part.upperBound.microseconds == Int64(interval.end.timeIntervalSince1970) * 1_000_000, "seed \(seed)")
    }
  }

  @Test("days are counted downwards before 1970")
  func days() {
    #expect(Instant(microseconds: -1).day == -1)
    #expect(Instant(microseconds: 0).day == 0)
    #expect(Instant(microseconds: 86_400_000_000).day == 1)
  }
}
