import RelmProof
import Testing

@Suite("The frontier")
struct FrontierTests {
  struct Completed: Hashable {
    let level: Int
    let index: UInt64
  }

  struct Refused: Error {}

  @Test("its root is the standard's for each size up to 600")
  func roots() {
    let tree = NaiveTree(size: 600)
    var frontier = Frontier()
    #expect(frontier.root == .emptyTree)
    for size in 1...600 {
      frontier.append(tree.leaves[size - 1])
      #expect(frontier.size == TreeSize(UInt64(size)))
      #expect(frontier.hashes.count == size.nonzeroBitCount)
      #expect(frontier.root == tree.root(at: size))
    }
  }

  @Test("it tells of each full subtree once, when its last leaf comes, with its root")
  func completedSubtrees() {
    let tree = NaiveTree(size: 600)
    var frontier = Frontier()
    var seen: Set<Completed> = []
    for leaf in 0..<600 {
      var levels: [Int] = []
      frontier.append(tree.leaves[leaf]) { level, index, root in
        levels.append(level)
        #expect((index + 1) << UInt64(level) == UInt64(leaf) + 1)
        #expect(root == tree.node(level: level, index: index))
        #expect(seen.insert(Completed(level: level, index: index)).inserted)
      }
      #expect(levels == Array(1..<(leaf + 1).trailingZeroBitCount + 1))
    }
    let expected = (1...9).map { level in 600 >> level }.reduce(0, +)
    #expect(seen.count == expected)
    #expect(seen.filter { node in TileNodes<Never>.isStored(level: node.level) }.count == 600 / 256)
  }

  @Test("a failure while telling leaves it as it was")
  func failure() throws {
    var frontier = Frontier()
    for leaf in 0..<7 { frontier.append(leafHash(at: leaf)) }
    let before = frontier
    var calls = 0
    #expect(throws: Refused.self) {
      try frontier.append(leafHash(at: 7)) { _, _, _ throws(Refused) in
        calls += 1
        if calls == 2 { throw Refused() }
      }
    }
    #expect(calls == 2)
    #expect(frontier == before)
    frontier.append(leafHash(at: 7))
    #expect(frontier.root == NaiveTree(size: 8).root(at: 8))
  }

  @Test("it goes on from what was stored, and refuses another count of hashes", arguments: 0...70)
  func stored(size: Int) throws {
    let tree = NaiveTree(size: 71)
    var whole = Frontier()
    for leaf in tree.leaves.prefix(size) { whole.append(leaf) }
    var resumed = try #require(Frontier(size: whole.size, hashes: whole.hashes))
    #expect(resumed == whole)
    #expect(MerkleTree.frontier(at: whole.size, from: tree) == whole)
    resumed.append(tree.leaves[size])
    #expect(resumed.root == tree.root(at: size + 1))
    #expect(Frontier(size: whole.size, hashes: whole.hashes + [.emptyTree]) == nil)
    #expect(size == 0 || Frontier(size: whole.size, hashes: Array(whole.hashes.dropLast())) == nil)
  }

  @Test("subtrees that were hashed apart make the same tree as leaf by leaf")
  func subtrees() {
    let tree = NaiveTree(size: 512)
    for level in 0...6 {
      let count = 1 << level
      var whole = Frontier()
      var fromParts = Frontier()
      var expected: [Completed: Digest] = [:]
      var found: [Completed: Digest] = [:]
      for part in 0..<(512 / count) {
        let leaves = tree.leaves[part * count..<(part + 1) * count]
        for leaf in leaves {
          whole.append(leaf) { level, index, root in expected[Completed(level: level, index: index)] = root }
        }
        fromParts.append(subtree: MerkleTree.root(of: leaves), level: level) { level, index, root in
          found[Completed(level: level, index: index)] = root
        }
        #expect(fromParts == whole)
      }
      #expect(found == expected.filter { entry in entry.key.level > level })
    }
  }
}
