import RelmJudging
import Testing

@Suite("Percentiles")
struct PercentilesTests {
  @Test("a percentile is the least value that so many percent of all do not exceed", arguments: 1...40)
  func nearestRank(count: Int) {
    var chance = SeededNumbers(seed: UInt64(count))
    let values = (0..<count).map { _ in chance.below(20) }
    let percentiles = Percentiles(of: values)
    for percent in 1...100 {
      let plain = values.sorted().first { candidate in
        values.count { $0 <= candidate } * 100 >= percent * values.count
      }
      #expect(percentiles.value(percent) == plain, "\(percent) % of \(values)")
    }
  }

  @Test("of an even number of values the median is the lower in the middle; of none there is none")
  func median() {
    #expect(Percentiles(of: [4, 1, 3, 2]).value(50) == 2)
    #expect(Percentiles(of: [9]).value(90) == 9)
    #expect(Percentiles(of: Array(1...10)).value(90) == 9)
    #expect(Percentiles(of: []).value(50) == nil)
  }
}
