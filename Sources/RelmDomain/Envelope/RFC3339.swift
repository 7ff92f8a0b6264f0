/// Dates and times on the internet (RFC 3339, section 5.6), and the calendar below them.
enum RFC3339 {
  /// The moment that a date-time says; `nil` where the text is none.
  ///
  /// Strict where programs like to be lax: the time zone is a must, days end with their month, 24:00 is no time, and
  /// a second 60 is a leap second, so 23:59:60 in UTC on the last day of a month (section 5.7). Letters may be small.
  /// Digits of the second behind the sixth are read and cut off.
  static func instant(of bytes: [UInt8], _ range: Range<Int>) -> Instant? {
    var reader = Reader(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    guard let year = reader.number(4), reader.skip("-"),
      let month = reader.number(2), reader.skip("-"), let date = reader.number(2),
      1...12 ~= month, date >= 1, date <= length(ofMonth: month, year: year),
      reader.skip("T") || reader.skip("t"),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
      let second = reader.number(2), hour < 24, minute < 60, second <= 60,
      let fraction = reader.fraction(), let offset = reader.offset(), reader.index == reader.end
    else { return nil }
    let day = day(ofYear: year, month: month, date: date)
    let minutes = day * 1440 + hour * 60 + minute - offset
    guard second == 60 else {
      return Instant(microseconds: (minutes * 60 + second) * 1_000_000 + fraction)
    }
    // The last minute of a UTC month, wherever the clock hangs.
    let (next, late) = (minutes + 1).quotientAndRemainder(dividingBy: 1440)
    guard late == 0, RFC3339.date(ofDay: next).date == 1 else { return nil }
    return Instant(microseconds: (minutes + 1) * 60_000_000 - 1)
  }

  private struct Reader {
    let bytes: [UInt8]
    var index: Int
    let end: Int

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard index < end, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func digit() -> Int64? {
      guard index < end else { return nil }
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      index += 1
      return Int64(digit)
    }

    mutating func number(_ digits: Int) -> Int64? {
      var number: Int64 = 0
      for _ in 0..<digits {
        guard let digit = digit() else { return nil }
        number = number * 10 + digit
      }
      return number
    }

    /// Microseconds of the second; 0 where no fraction stands, `nil` where a point stands without digits.
    mutating func fraction() -> Int64? {
      guard skip(".") else { return 0 }
      guard let first = digit() else { return nil }
      var microseconds = first * 100_000
      var place: Int64 = 10_000
      while let digit = digit() {
        microseconds += digit * place
        place /= 10
      }
      return microseconds
    }

    /// Minutes that the clock is ahead of UTC.
    mutating func offset() -> Int64? {
      if skip("Z") || skip("z") { return 0 }
      let isAhead = skip("+")
      guard isAhead || skip("-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
        minutes < 60
      else { return nil }
      return (hours * 60 + minutes) * (isAhead ? 1 : -1)
    }
  }

  /// How many days a month of the Gregorian calendar has.
  static func length(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // The calendar repeats every 400 years of 146 097 days. Years that begin in March have the leap day at their end,
  // and their months come in fives of 153 days.
  private static let daysPerEra: Int64 = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysBeforeEpoch: Int64 = 719_468

  /// Days from 1970-01-01 to a date of the Gregorian calendar, years 0000 to 9999.
  static func day(ofYear year: Int64, month: Int64, date: Int64) -> Int64 {
    // One era later, so that nothing is negative.
    let shifted = year + 400 - (month <= 2 ? 1 : 0)
    let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + date - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era - 1) * daysPerEra + dayOfEra - daysBeforeEpoch
  }

  /// The date of the Gregorian calendar that many days after 1970-01-01, years 0000 to 9999.
  static func date(ofDay day: Int64) -> (year: Int64, month: Int64, date: Int64) {
    let (era, dayOfEra) = (day + daysBeforeEpoch + daysPerEra).quotientAndRemainder(dividingBy: daysPerEra)
    // Without the leap days before it every year of the era has 365 days.
    let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Appends a number with leading zeros.
  static func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
    var place: Int64 = 1
    for _ in 1..<digits { place *= 10 }
    while place > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number / place % 10))
      place /= 10
    }
  }
}
