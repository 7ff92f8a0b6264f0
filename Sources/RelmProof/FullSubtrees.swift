/// The full subtrees of which a range of leaves consists, from left to right and so from large to small: one
/// for each bit of its count (RFC 6962, section 2.1, where *k* is the largest power of two smaller than *n*).
struct FullSubtrees: Sequence, IteratorProtocol {
  struct Element: Hashable {
    let level: Int
    let index: UInt64
  }

  private var low: UInt64
  private let high: UInt64

  /// - Parameter leaves: beginning at a multiple of the power of two that is not below its count, or at 0.
  init(over leaves: Range<UInt64>) {
    low = leaves.lowerBound
    high = leaves.upperBound
  }

  mutating func next() -> Element? {
    guard low < high else { return nil }
    let level = 63 - (high - low).leadingZeroBitCount
    precondition(low & (1 << UInt64(level) - 1) == 0, "the range does not begin where a subtree does")
    defer { low += 1 << UInt64(level) }
    return Element(level: level, index: low >> UInt64(level))
  }
}
