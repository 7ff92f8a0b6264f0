/// Numbers as RFC 8785 writes them: ECMAScript's `Number::toString` (ECMA-262, 6.1.6.1.20).
enum JSONNumber {
  /// What a double holds exactly, and every integer below it too: 2^53 - 1, the bound of I-JSON (RFC 7493, 2.2).
  static let largestSafeInteger: Int64 = 9_007_199_254_740_991

  /// Appends a finite number: the shortest digits that read back as the same double, the closest of these.
  static func append(_ value: Double, to output: inout [UInt8]) {
    precondition(value.isFinite, "JSON has no number that is not finite")
    if let integer = integer(value), integer.magnitude <= UInt64(largestSafeInteger) {
      return append(integer, to: &output)
    }
    if value < 0 { output.append(UInt8(ascii: "-")) }
    let (digits, point) = shortestDigits(of: value.magnitude)
    let zero = UInt8(ascii: "0")
    let dot = UInt8(ascii: ".")
    switch point {
    case digits.count...21:
      output.append(contentsOf: digits)
      output.append(contentsOf: repeatElement(zero, count: point - digits.count))
    case 1...21:
      output.append(contentsOf: digits[..<point])
      output.append(dot)
      output.append(contentsOf: digits[point...])
    case -5...0:
      output.append(contentsOf: [zero, dot])
      output.append(contentsOf: repeatElement(zero, count: -point))
      output.append(contentsOf: digits)
    default:
      output.append(digits[0])
      if digits.count > 1 {
        output.append(dot)
        output.append(contentsOf: digits[1...])
      }
      output.append(UInt8(ascii: "e"))
      output.append(UInt8(ascii: point > 0 ? "+" : "-"))
      append(Int64(abs(point - 1)), to: &output)
    }
  }

  /// The 64-bit integer that a double is; `nil` where it is none.
  ///
  /// `Int64(exactly:)` would do, but calls `trunc` of the C library, which pure code does not link.
  static func integer(_ value: Double) -> Int64? {
    guard value >= -0x1p63, value < 0x1p63 else { return nil }
    let integer = Int64(value)
    return Double(integer) == value ? integer : nil
  }

  /// Appends an integer in decimal.
  static func append(_ value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    guard rest >= 10 else { return output.append(UInt8(ascii: "0") + UInt8(rest)) }
    let first = output.count
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(UInt8(ascii: "0") + UInt8(digit))
      rest = quotient
    }
    output[first...].reverse()
  }

  /// The digits, without zeros at either end, and where the decimal point stands in them: `value` = 0.digits
  /// times ten to the power of `point`.
  private static func shortestDigits(of value: Double) -> (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var negative = false
    var inExponent = false
    for byte in value.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): negative = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if inExponent {
          exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
        } else {
          digits.append(byte)
        }
      default: break
      }
    }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    let place = (point ?? digits.count) + (negative ? -exponent : exponent) - leading
    digits.removeFirst(leading)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, place)
  }

  /// Whether an integer literal says what the double read from it holds.
  ///
  /// True where the double is that very integer, and where it would be written with these very digits: beyond 2^53
  /// the canonical form of a double need not be its exact value, and what is written must be readable again.
  static func holds(_ value: Double, literal: ArraySlice<UInt8>) -> Bool {
    var written: [UInt8] = []
    append(value, to: &written)
    if literal.elementsEqual(written) { return true }
    let digits = literal.first == UInt8(ascii: "-") ? literal.dropFirst() : literal
    return digits.elementsEqual(exactDigits(of: value.magnitude))
  }

  /// Whether a literal with a fraction or an exponent says what the double read from it holds.
  ///
  /// A whole number is held as exactly as its plain form has to be. Of others the double is the nearest there is: what has
  /// up to 17 digits, as programs print a double, means that one, and what has more says more than is held.
  static func holds(_ value: Double, decimal literal: ArraySlice<UInt8>) -> Bool {
    let (digits, point) = decimal(literal)
    guard !digits.isEmpty else { return true }
    let shortest = shortestDigits(of: value.magnitude)
    if digits == shortest.digits && point == shortest.point { return true }
    guard point >= digits.count else { return digits.count <= 17 }
    return (digits + repeatElement(UInt8(ascii: "0"), count: point - digits.count))
      == exactDigits(of: value.magnitude)
  }

  /// The digits of a literal without zeros at either end, and where the decimal point stands in them.
  private static func decimal(_ literal: ArraySlice<UInt8>) -> (digits: [UInt8], point: Int) {
    let mantissa = literal.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    var digits = mantissa.filter { $0 &- UInt8(ascii: "0") < 10 }
    // An exponent that is no number of ours is far outside the range of a double, which is checked before.
    let exponent = Int(String(decoding: literal[mantissa.endIndex...].dropFirst(), as: UTF8.self)) ?? 0
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    let point = whole.filter { $0 &- UInt8(ascii: "0") < 10 }.count - leading + exponent
    digits.removeFirst(leading)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (Array(digits), point)
  }

  /// All the decimal digits of an integral double.
  private static func exactDigits(of value: Double) -> [UInt8] {
    guard value >= 0x1p53 else {
      var digits: [UInt8] = []
      append(Int64(value), to: &digits)
      return digits
    }
    // Limbs of nine digits, the lowest first: the significand, doubled as often as the exponent says.
    var limbs: [UInt64] = []
    var significand = value.significandBitPattern | 1 << 52
    while significand > 0 {
      limbs.append(significand % 1_000_000_000)
      significand /= 1_000_000_000
    }
    for _ in 0..<(Int(value.exponent) - 52) {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let doubled = limbs[index] * 2 + carry
        limbs[index] = doubled % 1_000_000_000
        carry = doubled / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    var digits: [UInt8] = []
    for limb in limbs.reversed() {
      var part: [UInt8] = []
      append(Int64(limb), to: &part)
      if !digits.isEmpty {
        digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 9 - part.count))
      }
      digits.append(contentsOf: part)
    }
    return digits
  }
}
