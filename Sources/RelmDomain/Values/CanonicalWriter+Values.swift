internal import RelmProof

extension CanonicalWriter {
  /// A position; the log never has more than a double counts exactly.
  mutating func position(_ position: Position) { integer(Int64(position.value)) }

  /// A share in percent, as it was written.
  mutating func percentage(_ percentage: Percentage) { raw(percentage.text.utf8) }

  /// A moment in UTC with six digits of fraction: always of one length, so that text order is time order.
  mutating func instant(_ instant: Instant) { string(instant.rfc3339Microseconds) }
}

extension Instant {
  /// `2026-11-22T20:27:00.123456Z`. A moment outside the years 0000 to 9999 is written as the nearest inside.
  package var rfc3339Microseconds: String {
    let bounded = min(max(self, .earliest), .latest).microseconds
    var (day, rest) = bounded.quotientAndRemainder(dividingBy: 86_400_000_000)
    if rest < 0 { (day, rest) = (day - 1, rest + 86_400_000_000) }
    let (year, month, date) = RFC3339.date(ofDay: day)
    return String(unsafeUninitializedCapacity: 27) { buffer in
      var place = 0
      func append(_ number: Int64, digits: Int, then separator: Unicode.Scalar) {
        var rest = number
        for index in stride(from: place + digits - 1, through: place, by: -1) {
          buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
        }
        place += digits
        buffer[place] = UInt8(ascii: separator)
        place += 1
      }
      append(year, digits: 4, then: "-")
      append(month, digits: 2, then: "-")
      append(date, digits: 2, then: "T")
      append(rest / 3_600_000_000, digits: 2, then: ":")
      append(rest / 60_000_000 % 60, digits: 2, then: ":")
      append(rest / 1_000_000 % 60, digits: 2, then: ".")
      append(rest % 1_000_000, digits: 6, then: "Z")
      return place
    }
  }
}
