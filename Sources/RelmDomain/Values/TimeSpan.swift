/// A length of time as ISO 8601 writes a duration, kept as it was written: `P2W`, `P1DT12H`, `PT30M`.
///
/// Only what has a fixed length: weeks, or days, hours, minutes and seconds. A month is not the same everywhere.
package struct TimeSpan: Sendable, Hashable {
  /// As it was written.
  package let text: String
  /// How long it is; never 0 days or weeks, but `PT0S` is a span.
  package let microseconds: Int64

  /// - Returns: nil where the text is not such a duration.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard rest.popFirst() == UInt8(ascii: "P"), let seconds = Self.seconds(&rest), rest.isEmpty else {
      return nil
    }
    self.text = text
    microseconds = seconds * 1_000_000
  }

  private static func seconds(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    var total: Int64 = 0
    if rest.first != UInt8(ascii: "T") {
      guard rest.first != UInt8(ascii: "0"), let (count, digits) = number(&rest) else { return nil }
      switch rest.popFirst() {
      case UInt8(ascii: "W") where digits <= 5: return count * 604_800
      case UInt8(ascii: "D") where digits <= 6: total = count * 86_400
      default: return nil
      }
    }
    guard rest.first == UInt8(ascii: "T") else { return total }
    rest.removeFirst()
    var units: [(unit: UInt8, seconds: Int64)] = [
      (UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1),
    ]
    var isEmpty = true
    while !rest.isEmpty {
      guard let (count, digits) = number(&rest), digits <= 6, let unit = rest.popFirst(),
        let place = units.firstIndex(where: { $0.unit == unit })
      else { return nil }
      total += count * units[place].seconds
      units.removeFirst(place + 1)
      isEmpty = false
    }
    return isEmpty ? nil : total
  }

  /// Some decimal digits; nil where there is none, or more than any unit may have.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> (value: Int64, digits: Int)? {
    var value: Int64 = 0
    var digits = 0
    while let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 7 {
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      digits += 1
      rest.removeFirst()
    }
    return digits == 0 ? nil : (value, digits)
  }
}
