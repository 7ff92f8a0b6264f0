package import RelmDomain

/// The working days of the sample's year: 52 whole weeks and the one that has begun, each from Monday to Friday.
///
/// It begins on a Monday, so that every story falls on the same days of the week whenever a sample is made; only where it
/// breaks off is another moment.
package struct WorkCalendar: Sendable {
  /// The Monday on which it begins, at midnight UTC.
  package let begin: Instant
  /// When it breaks off: what would be told later is not told.
  package let end: Instant

  static let week = 5
  package static let usualWeeks = 52
  private static let day: Int64 = 86_400_000_000
  private static let minute: Int64 = 60_000_000
  /// How long before the moment of making the last thing is told.
  private static let quiet: Int64 = 3 * minute

  /// The year up to a moment.
  ///
  /// - Parameter weeks: how many whole weeks there are before the one that has begun; few where a test needs few.
  package init(until now: Instant, weeks: Int = usualWeeks) {
    let today = now.microseconds / Self.day
    // The first day of 1970 was a Thursday.
    let monday = today - (today + 3) % 7
    begin = Instant(microseconds: (monday - Int64(weeks) * 7) * Self.day)
    end = now.advanced(byMicroseconds: -Self.quiet)
  }

  /// How many working days have begun.
  var count: Int {
    let days = Int((end.microseconds - begin.microseconds) / Self.day)
    return days / 7 * Self.week + min(days % 7 + 1, Self.week)
  }

  /// How many days have begun, working or not.
  var nights: Int { Int((end.microseconds - begin.microseconds) / Self.day) + 1 }

  /// A time of a working day.
  ///
  /// - Parameter day: counted from 0; the sixth, 5, is the second Monday.
  func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    let days = Int64(day / Self.week * 7 + day % Self.week)
    return begin.advanced(byMicroseconds: days * Self.day + Int64(hour * 60 + minute) * Self.minute)
  }

  /// A time of any day, working or not, counted from 0.
  func at(calendarDay day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    begin.advanced(byMicroseconds: Int64(day) * Self.day + Int64(hour * 60 + minute) * Self.minute)
  }
}

extension Instant {
  /// So many minutes later.
  func later(minutes: Int) -> Instant { advanced(byMicroseconds: Int64(minutes) * 60_000_000) }
  /// So many seconds later.
  func later(seconds: Int) -> Instant { advanced(byMicroseconds: Int64(seconds) * 1_000_000) }
  /// So many days later, to the minute.
  func later(days: Int) -> Instant { later(minutes: days * 24 * 60) }
}

extension Instant {
  /// Its day in UTC: `2026-11-30`.
  var day: String { String(rfc3339Milliseconds.prefix(10)) }

  /// The beginning of its month, or of one so many months before.
  func firstOfMonth(before months: Int = 0) -> Instant {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    precondition(parts.count == 3, "a day has a year, a month and a date")
    let month = parts[0] * 12 + parts[1] - 1 - months
    let text = "\(month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-01T00:00:00Z"
    guard let first = Instant(text) else { preconditionFailure("\(text) is a moment") }
    return first
  }
}
