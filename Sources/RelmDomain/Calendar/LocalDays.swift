/// Days as they are counted somewhere: from one midnight to the next by the clocks there, so that a day may have 23 hours or 25.
package struct LocalDays: Sendable {
  private let offsetSeconds: @Sendable (_ unixSeconds: Int64) -> Int64

  /// - Parameter offsetSeconds: seconds by which the clocks are ahead of UTC at a Unix time; negative west of Greenwich.
  package init(offsetSeconds: @escaping @Sendable (_ unixSeconds: Int64) -> Int64) {
    self.offsetSeconds = offsetSeconds
  }

  /// Days of UTC.
  package static let utc = LocalDays { _ in 0 }

  private static let secondsPerDay: Int64 = 86_400

  /// The day that it is there at a moment, counted from 1970-01-01.
  package func day(of instant: Instant) -> Int64 {
    let (seconds, rest) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return day(ofSecond: rest < 0 ? seconds - 1 : seconds)
  }

  private func day(ofSecond seconds: Int64) -> Int64 {
    let (day, rest) = (seconds + offsetSeconds(seconds)).quotientAndRemainder(dividingBy: Self.secondsPerDay)
    return rest < 0 ? day - 1 : day
  }

  /// The first moment of a day: midnight, or where clocks jumped over midnight, when they did.
  package func start(ofDay day: Int64) -> Instant {
    let midnight = day * Self.secondsPerDay
    // No zone's offset reaches a day, so the offsets a day before and after hold every one in question.
    let candidates = [midnight - Self.secondsPerDay, midnight + Self.secondsPerDay].map {
      midnight - offsetSeconds($0)
    }.sorted()
    // A day that a zone left out when it changed sides of the date line begins when the next one does.
    let start = candidates.first { self.day(ofSecond: $0) >= day && self.day(ofSecond: $0 - 1) < day }
    return Instant(microseconds: (start ?? candidates[0]) * 1_000_000)
  }

  /// The date that it is there at a moment: `2026-11-30`.
  package func date(of instant: Instant) -> String {
    let (year, month, date) = RFC3339.date(ofDay: day(of: instant))
    func padded(_ number: Int64, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "\(padded(Int64(year), 4))-\(padded(Int64(month), 2))-\(padded(Int64(date), 2))"
  }
}
