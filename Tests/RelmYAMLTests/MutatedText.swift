import RelmBytes

/// A text of YAML to which something was done by chance, the same for the same seed (SplitMix64).
struct MutatedText {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  private mutating func number(below bound: Int) -> Int {
    Int(numbers.next() % UInt64(bound))
  }

  private static let whole = [
    "id: p\nversion: 1\nrules:\n  - rule: planned # c\n  - {rule: approved, quorum: 2}\n'x y': \"\\u00e9\\n\"\n",
    "{\"a\": [1, 2.5, {\"b\": null}], \"c\": \"d\"}",
    "%TAG !e! tag:x,2000:\n---\n- &a !e!t b\n- *a\n- ? [k]\n  : v\n...\n--- >-\n  one\n  two\n\n  three\n",
    "é: |2-\n    a\n   b\n\nü: 'it''s'\r\nß: a\u{85}b\u{2028}c\n",
  ]
  private static let pieces = [
    "&a ", "*a", "!t ", "!!str ", "? ", ": ", "- ", "[", "]", "{", "}", ",", " #", "|", ">-", "\"", "'", "%",
    "@", "\t",
    "\n", "\r", "  ", "---\n", "...\n", "<<: ", "\\", "\\u", "\0", "\u{80}", "\u{FEFF}", "😀", "~", "[[[[",
    "- - - ",
  ]

  mutating func text() -> [UInt8] {
    var bytes = Array(Self.whole[number(below: Self.whole.count)].utf8)
    for _ in 0...number(below: 3) {
      let place = number(below: bytes.count + 1)
      switch number(below: 5) {
      case 0: bytes.removeSubrange(place...)
      case 1 where place < bytes.count: bytes[place] ^= UInt8(1 << number(below: 8))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + number(below: 8)))
      case 3: bytes.insert(contentsOf: bytes.prefix(number(below: bytes.count + 1)).suffix(40), at: place)
      default: bytes.insert(contentsOf: Self.pieces[number(below: Self.pieces.count)].utf8, at: place)
      }
    }
    return bytes
  }
}
