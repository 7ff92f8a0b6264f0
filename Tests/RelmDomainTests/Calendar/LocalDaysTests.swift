import Foundation
import RelmDomain
import Testing

@Suite("Days as a place counts them")
struct LocalDaysTests {
  static let zones = [
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia",
    "Asia/Beirut",
    "Australia/Lord_Howe",
  ]

  private func days(_ zone: TimeZone) -> LocalDays {
    LocalDays { Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0)))) }
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  @Test("the day on which clocks are set back has 25 hours, and the one on which they are set forward 23")
  func lengths() throws {
    let berlin = days(try #require(TimeZone(identifier: "Europe/Berlin")))
    func start(_ moment: String) throws -> Instant { berlin.start(ofDay: berlin.day(of: try instant(moment))) }
    #expect(try start("2026-10-25T12:00:00Z") == instant("2026-10-24T22:00:00Z"))
    #expect(try start("2026-10-26T12:00:00Z") == instant("2026-10-25T23:00:00Z"))
    #expect(try start("2026-03-29T12:00:00Z") == instant("2026-03-28T23:00:00Z"))
    #expect(try start("2026-03-30T12:00:00Z") == instant("2026-03-29T22:00:00Z"))
    #expect(berlin.date(of: try instant("2026-10-24T22:00:00Z")) == "2026-10-25")
    #expect(berlin.date(of: try instant("2026-10-24T21:59:59Z")) == "2026-10-24")
  }

  @Test("each day begins where Foundation's calendar says, and no moment is of two days", arguments: zones)
  func starts(name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    let days = days(zone)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    // Ten years, day by day and hour by hour around the days that are odd.
    for hour in stride(from: Int64(0), to: 10 * 366 * 24, by: 7) {
      let moment = Instant(microseconds: (1_293_840_000 + hour * 3_600) * 1_000_000)
      let start = days.start(ofDay: days.day(of: moment))
      let expected = calendar.startOfDay(
        for: Date(timeIntervalSince1970: Double(moment.microseconds / 1_000_000)))
      #expect(start.microseconds == Int64(expected.timeIntervalSince1970) * 1_000_000, "\(name) \(hour)")
      #expect(start <= moment && days.day(of: start) == days.day(of: moment), "\(name) \(hour)")
    }
  }

  @Test(
    "weeks and months by local days follow one another without a gap", arguments: zones, CalendarUnit.allCases)
  func parts(name: String, unit: CalendarUnit) throws {
    let zone = try #require(TimeZone(identifier: name))
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = zone
    let span = try instant("2010-12-31T17:00:00Z")..<instant("2014-02-03T00:00:00Z")
    let parts = unit.parts(of: span, by: days(zone))
    #expect(parts.first?.lowerBound == span.lowerBound && parts.last?.upperBound == span.upperBound)
    for (part, next) in zip(parts, parts.dropFirst()) {
      #expect(part.upperBound == next.lowerBound && part.lowerBound < part.upperBound)
      let component: Calendar.Component = unit == .week ? .weekOfYear : .month
      let date = Date(timeIntervalSince1970: Double(part.lowerBound.microseconds / 1_000_000))
      let interval = try #require(calendar.dateInterval(of: component, for: date))
      // Samoa left out a Friday; Foundation then ends that week on a Tuesday.
      if name == "Pacific/Apia", unit == .week,
        days(zone).date(of: part.upperBound) == "2012-01-02"
      {
        continue
      }
      #expect(part.upperBound.microseconds == Int64(interval.end.timeIntervalSince1970) * 1_000_000)
    }
  }
}
