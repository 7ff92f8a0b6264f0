import RelmProof
import Testing

@Suite("Drawing a sample")
struct SampleDrawTests {
  private static let root = Digest.emptyTree

  @Test("a lot is what Python's hashlib makes of seed, zero byte, root and position")
  func lots() {
    // sha256("größe 7".encode() + b"\0" + root + position.to_bytes(8, "big")), the root being that of the empty tree.
    let told: [(UInt64, String)] = [
      (0, "57aba908edc0cbb36ef722492387213be4bedf0efc672872152db2ec459dac8d"),
      (7, "ca07ff7effc4e49342a6e0940c98848e48cf0ff2c02955abfc764bfceba4fa8d"),
      (1 << 40, "9aaca35fd63b668edcdd5d03bf05d72621d434834aa3fb5c89fdb1cfb30da387"),
    ]
    for (position, lot) in told {
      #expect(SampleDraw(of: Position(position), seed: "größe 7", root: Self.root).lot.hex == lot)
    }
  }

  @Test("the lowest lots are drawn, in their order, whatever the population's order")
  func lowest() {
    let population = (0..<20 as Range<UInt64>).map { Position($0) }
    let drawn = SampleDraw.lowest(5, of: population, seed: "audit", root: Self.root)
    #expect(drawn.map(\.position.value) == [8, 19, 5, 15, 0])
    #expect(SampleDraw.lowest(5, of: population.reversed(), seed: "audit", root: Self.root) == drawn)
    #expect(SampleDraw.lowest(7, of: population, seed: "audit", root: Self.root).prefix(5) == drawn[...])
  }

  @Test("nothing is drawn twice, all of a small population is, and another seed or root draws otherwise")
  func bounds() {
    let population = (0..<20 as Range<UInt64>).map { Position($0) }
    let all = SampleDraw.lowest(100, of: population, seed: "audit", root: Self.root)
    #expect(all.count == 20 && Set(all.map(\.position)).count == 20)
    #expect(SampleDraw.lowest(0, of: population, seed: "audit", root: Self.root).isEmpty)
    #expect(SampleDraw.lowest(3, of: [Position](), seed: "audit", root: Self.root).isEmpty)
    let other = SampleDraw.lowest(20, of: population, seed: "audit2", root: Self.root).map(\.position)
    #expect(other != all.map(\.position))
    let root = Digest.leaf([1])
    #expect(
      SampleDraw.lowest(20, of: population, seed: "audit", root: root).map(\.position) != all.map(\.position))
  }
}
