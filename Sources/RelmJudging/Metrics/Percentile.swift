/// Percentiles by nearest rank: always a value that was measured, never one between two.
package struct Percentiles: Sendable {
  private let sorted: [Int]

  package init(of values: [Int]) { sorted = values.sorted() }

  /// The smallest value that at least so many percent of the values do not exceed; nil where there is no value.
  ///
  /// - Parameter percent: from 1 to 100; of four values the 50th percentile is the second.
  package func value(_ percent: Int) -> Int? {
    precondition((1...100).contains(percent), "a percentile is one of 1 to 100")
    guard !sorted.isEmpty else { return nil }
    // The rank is percent / 100 × count, rounded up, without the product of large numbers.
    let (hundreds, rest) = sorted.count.quotientAndRemainder(dividingBy: 100)
    let rank = hundreds * percent + (rest * percent + 99) / 100
    return sorted[rank - 1]
  }
}
