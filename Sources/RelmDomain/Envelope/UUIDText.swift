internal import RelmBytes

/// A UUID (RFC 9562): 128 bits, written in lower case.
///
/// It makes no randomness of its own: who wants a new one brings the bits.
package struct UUIDText: Hashable, Comparable, Sendable {
  /// The first 64 bits, the first byte highest.
  package let high: UInt64
  /// The last 64 bits.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A UUID of version 7: milliseconds first, so that ids sort by when they were made.
  ///
  /// - Parameters:
  ///   - instant: when; not before 1970.
  ///   - random: 128 random bits, of which 74 are used.
  package init(version7 instant: Instant, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(max(instant.milliseconds, 0))
    self.init(high: milliseconds << 16 | 0x7000 | random.0 & 0xFFF, low: Self.variant(random.1))
  }

  /// A UUID of version 4.
  ///
  /// - Parameter random: 128 random bits, of which 122 are used.
  package static func version4(random: (UInt64, UInt64)) -> UUIDText {
    UUIDText(high: random.0 & ~0xF000 | 0x4000, low: variant(random.1))
  }

  static func variant(_ bits: UInt64) -> UInt64 { bits & ~(0b11 << 62) | 0b10 << 62 }

  /// Reads the form with four hyphens (RFC 9562, section 4), of any version and in any case.
  package init?(_ text: String) {
    let utf8 = text.utf8
    guard utf8.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (place, byte) in utf8.enumerated() {
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Hex.digit(byte) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit)
    }
    self.init(high: high, low: low)
  }

  /// The version; 0 to 15.
  package var version: Int { Int(high >> 12 & 0xF) }

  /// The form with four hyphens, in lower case.
  package var text: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          buffer[place] = UInt8(ascii: "-")
          place += 1
        }
        let half = digit < 16 ? high : low
        let nibble = UInt8(half >> UInt64(60 - digit % 16 * 4) & 0xF)
        buffer[place] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
        place += 1
      }
      return place
    }
  }

  package static func < (left: UUIDText, right: UUIDText) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UUIDText: CustomStringConvertible {
  package var description: String { text }
}
