internal import RelmDomain

/// A date and a time of day, without saying where: what a log line holds.
package struct CivilTime: Sendable, Equatable {
  /// Seconds from 1970-01-01 00:00:00 to it, in a place where every day has 86,400 of them.
  package let seconds: Int64

  /// - Parameter seconds: as the property.
  package init(seconds: Int64) { self.seconds = seconds }

  /// Reads "2026-05-09" and "07:28:46".
  /// - Returns: nil where they are written otherwise or do not exist.
  init?(date: Substring, time: Substring) {
    guard date.utf8.count == 10, time.utf8.count == 8, let instant = Instant("\(date)T\(time)Z") else {
      return nil
    }
    seconds = instant.milliseconds / 1000
  }

  /// "2026-05-09T07:28:46", without an offset. Outside the years 0000 to 9999, which RFC 3339 cannot write, the
  /// nearest inside.
  var text: String {
    let (microseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let instant = Instant(microseconds: overflow ? (seconds < 0 ? .min : .max) : microseconds)
    return String(instant.rfc3339Milliseconds.prefix(19))
  }
}
