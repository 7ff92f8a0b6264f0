import RelmProof
import Testing

@Suite("Positions and sizes")
struct PositionTests {
  @Test("positions go from 0, without gaps, in order")
  func positions() {
    #expect(Position.first == Position(0))
    #expect(Position.first.next == Position(1))
    #expect(Position(9) < Position(10))
    #expect(Position(12).description == "12")
  }

  @Test("a size is one more than the position of its last leaf")
  func sizes() {
    #expect(TreeSize.empty.lastPosition == nil)
    #expect(TreeSize.empty.nextPosition == .first)
    #expect(TreeSize(through: Position(4)) == TreeSize(5))
    #expect(TreeSize(5).lastPosition == Position(4))
    #expect(TreeSize(5).contains(Position(4)))
    #expect(!TreeSize(5).contains(Position(5)))
    #expect(TreeSize(9) < TreeSize(10))
    #expect(TreeSize(12).description == "12")
  }
}
