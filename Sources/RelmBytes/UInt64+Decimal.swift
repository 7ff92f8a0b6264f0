extension UInt64 {
  /// The number that these ASCII digits say, without sign or leading zeroes: how C2SP tlog-checkpoint ("Note
  /// text") and tlog-proof ("Format") write sizes and indexes. Nil for anything else, also for 2^64 and more.
  @inlinable
  package init?(strictDecimal digits: some Collection<UInt8>) {
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeNow) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !isTooLarge, !isTooLargeNow else { return nil }
      value = sum
    }
    self = value
  }
}
