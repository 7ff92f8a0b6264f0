internal import RelmBytes

/// What looks like chance in the sample's year: the same again from the same seed (SplitMix64).
struct Chance {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  /// A chance of its own for something that has a name, so that what happens elsewhere does not move it.
  init(seed: UInt64, of name: String) {
    // FNV-1a, 64 bits: it has to tell names apart, and to be the same on every machine.
    self.init(
      seed: name.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  /// A number of the range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(numbers.next() % UInt64(range.count))
  }

  /// One of these, of which there is one at least.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(in: 0...elements.count - 1)]
  }

  /// So many of these, in the order in which chance takes them.
  mutating func some<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var left = elements
    return (0..<min(count, left.count)).map { _ in left.remove(at: number(in: 0...left.count - 1)) }
  }

  /// Whether something happens that happens so many times in a hundred.
  mutating func happens(percent: Int) -> Bool { number(in: 1...100) <= percent }
}
