/// A moment on the UTC time line, to the microsecond.
///
/// UTC without leap seconds, as clocks of computers count: what happens in a leap second happens at the end of the
/// minute before it.
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z; negative before.
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// The first moment that RFC 3339 can write: year 0000.
  package static let earliest = Instant(microseconds: -62_167_219_200_000_000)
  /// The last moment that RFC 3339 can write: year 9999.
  package static let latest = Instant(microseconds: 253_402_300_799_999_999)

  package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

  /// Milliseconds since 1970-01-01T00:00:00Z, rounded down.
  package var milliseconds: Int64 {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// This moment without what is smaller than a millisecond, as the ledger's own clock counts.
  package var inMilliseconds: Instant {
    Instant(microseconds: milliseconds.multipliedReportingOverflow(by: 1000).partialValue)
  }

  /// A moment later, or with a negative number earlier; the ends of the time line hold.
  package func advanced(byMicroseconds change: Int64) -> Instant {
    let (sum, overflow) = microseconds.addingReportingOverflow(change)
    return Instant(microseconds: overflow ? (change > 0 ? .max : .min) : sum)
  }
}

// MARK: RFC 3339

extension Instant {
  /// The moment of an RFC 3339 date and time; `nil` where the text is none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let instant = RFC3339.instant(of: bytes, bytes.indices) else { return nil }
    self = instant
  }

  /// `2026-11-22T20:27:00.123Z`: RFC 3339 in UTC with three digits of the second, the way that the ledger writes its
  /// own time.
  ///
  /// Smaller parts are cut off. A moment outside the years 0000 to 9999 is written as the nearest inside.
  package var rfc3339Milliseconds: String {
    var text: [UInt8] = []
    text.reserveCapacity(24)
    appendRFC3339Milliseconds(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends what ``rfc3339Milliseconds`` is.
  package func appendRFC3339Milliseconds(to text: inout [UInt8]) {
    let bounded = min(max(self, .earliest), .latest).milliseconds
    var (day, rest) = bounded.quotientAndRemainder(dividingBy: 86_400_000)
    if rest < 0 { (day, rest) = (day - 1, rest + 86_400_000) }
    let (year, month, date) = RFC3339.date(ofDay: day)
    RFC3339.append(year, digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    RFC3339.append(month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    RFC3339.append(date, digits: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    RFC3339.append(rest / 3_600_000, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    RFC3339.append(rest / 60_000 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    RFC3339.append(rest / 1000 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: "."))
    RFC3339.append(rest % 1000, digits: 3, to: &text)
    text.append(UInt8(ascii: "Z"))
  }
}

extension Instant: CustomStringConvertible {
  package var description: String { rfc3339Milliseconds }
}

extension Instant {
  /// Whole seconds from this moment to a later one.
  package func seconds(to later: Instant) -> Int { Int((later.microseconds - microseconds) / 1_000_000) }
}
