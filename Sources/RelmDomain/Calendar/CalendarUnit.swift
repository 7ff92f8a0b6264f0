/// A week or a month, as spans of time are divided by: in UTC, or by the days of somewhere else.
package enum CalendarUnit: String, Sendable, CaseIterable {
  /// From Monday on (ISO 8601).
  case week
  /// A month of the Gregorian calendar.
  case month

  /// The parts of a span of time, each from the beginning of a week or month, or of the span, to before the next
  /// beginning, or the end of the span; none where the span is empty.
  package func parts(of span: Range<Instant>, by days: LocalDays = .utc) -> [Range<Instant>] {
    var parts: [Range<Instant>] = []
    var start = span.lowerBound
    while start < span.upperBound {
      let end = min(next(after: start, by: days), span.upperBound)
      parts.append(start..<end)
      start = end
    }
    return parts
  }

  /// The first beginning of a week or month that comes after a moment.
  package func next(after instant: Instant, by days: LocalDays = .utc) -> Instant {
    let day = days.day(of: instant)
    switch self {
    case .week:
      // 1970-01-01 was a Thursday.
      let daysIntoWeek = ((day + 3) % 7 + 7) % 7
      return days.start(ofDay: day + 7 - daysIntoWeek)
    case .month:
      let (year, month, _) = RFC3339.date(ofDay: day)
      let isLast = month == 12
      return days.start(
        ofDay: RFC3339.day(ofYear: isLast ? year + 1 : year, month: isLast ? 1 : month + 1, date: 1))
    }
  }
}

extension Instant {
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The day in UTC, counted from 1970-01-01.
  package var day: Int64 {
    let (day, rest) = microseconds.quotientAndRemainder(dividingBy: Self.microsecondsPerDay)
    return rest < 0 ? day - 1 : day
  }
}
