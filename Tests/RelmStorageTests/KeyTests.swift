import RelmBytes
import RelmStorage
import Testing

@Suite("Keys")
struct KeyTests {
  @Test("numbers are big-endian, so that byte order is number order")
  func numbers() {
    #expect(Key(bigEndian: 0x0102_0304_0506_0708 as UInt64).bytes == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(Key(bigEndian: 0x0102_0304 as UInt32).bytes == [1, 2, 3, 4])
    #expect(Key(bigEndian: 255 as UInt64) < Key(bigEndian: 256 as UInt64))
    #expect(Key("ab").appending(bigEndian: 7 as UInt16).appending([9]).bytes == [97, 98, 0, 7, 9])
  }

  @Test("a key is the bytes appended to it, whatever its length")
  func lengths() {
    for first in 0...90 {
      for second in [0, 1, 7, 39, 40, 41, 300] {
        let one = (0..<first).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let two = (0..<second).map { UInt8(truncatingIfNeeded: $0 &+ 100) }
        var key = Key(one)
        key.append(two)
        #expect(key.bytes == one + two && key.count == first + second)
        #expect(key == Key(one + two) && key.hashValue == Key(one + two).hashValue)
      }
    }
  }

  @Test("keys are ordered as their bytes are", arguments: [1 as UInt64, 2, 3])
  func order(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<5000 {
      let pair = (0..<2).map { _ in
        (0..<Int.random(in: 0...44, using: &generator)).map { _ in
          UInt8.random(in: 254...255, using: &generator)
        }
      }
      let expected = pair[0].lexicographicallyPrecedes(pair[1])
      #expect((Key(pair[0]) < Key(pair[1])) == expected, "seed \(seed)")
      #expect((Key(pair[0]) == Key(pair[1])) == (pair[0] == pair[1]), "seed \(seed)")
    }
  }

  @Test("the end of a prefix is the first key behind all that begin with it")
  func endOfPrefix() {
    #expect(Key([1, 2]).endOfPrefix == [1, 3])
    #expect(Key([1, 0xFF]).endOfPrefix == [2])
    #expect(Key([0xFF, 0xFF]).endOfPrefix == nil)
    #expect(Key().endOfPrefix == nil)
  }

  @Test("tables of one name are one table")
  func tables() {
    #expect(Table("rows") == rows && rows != others)
    #expect(Set([rows, others, Table("rows")]).count == 2)
  }
}
