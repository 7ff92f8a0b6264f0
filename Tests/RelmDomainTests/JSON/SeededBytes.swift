import RelmBytes
import RelmDomain

/// Repeatable randomness for properties: the same seed gives the same test.
struct SeededBytes: RandomNumberGenerator {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15) }

  mutating func next() -> UInt64 { numbers.next() }

  /// A random JSON text with all that the grammar allows: white space, escapes, every kind of number.
  mutating func json(depth: Int = 4) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
    case 0: return "null"
    case 1: return Bool.random(using: &self) ? "true" : "false"
    case 2: return String(Int64.random(in: -1_000_000_000...1_000_000_000, using: &self))
    case 3: return number()
    case 4, 5: return string()
    case 6:
      let count = Int.random(in: 0...4, using: &self)
      return "[" + (0..<count).map { _ in space() + json(depth: depth - 1) + space() }.joined(separator: ",")
        + "]"
    default:
      let count = Int.random(in: 0...5, using: &self)
      let members = (0..<count).map { place in
        // The place keeps names apart.
        "\(space())\(string(ending: String(place)))\(space()):\(space())\(json(depth: depth - 1))"
      }
      return "{" + members.joined(separator: ",") + space() + "}"
    }
  }

  private mutating func number() -> String {
    while true {
      let value = Double(bitPattern: next())
      if value.isFinite { return "\(value)" }
    }
  }

  private mutating func space() -> String {
    [" ", "", "\n", "\t", "\r\n", ""].randomElement(using: &self) ?? ""
  }

  mutating func string(ending: String = "") -> String {
    let parts = [
      "a", "Z", "0", "-", "/", "\\/", "\\\"", "\\\\", "\\b", "\\n", "\\u0001", "\\u00e9", "é", "€", "\u{FFFD}",
      "ﬁ",
      "\\ud83d\\ude00", "😀", "\u{10FFFF}", "\u{7F}", "\u{E000}", "\\u2028", "long plain run of characters",
    ]
    let count = Int.random(in: 0...6, using: &self)
    let text = (0..<count).map { _ in parts.randomElement(using: &self) ?? "" }.joined()
    return "\"\(text)\(ending)\""
  }
}

extension String {
  /// Its UTF-8.
  var bytes: [UInt8] { Array(utf8) }

  init(canonical bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }
}
