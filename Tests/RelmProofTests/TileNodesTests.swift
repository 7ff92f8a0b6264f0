import RelmBytes
import RelmProof
import Testing

@Suite("Nodes from tiles")
struct TileNodesTests {
  /// A log that keeps leaves and each eighth level, and counts what is read.
  final class Source {
    let size: Int
    private let rows: Rows
    private(set) var leafReads = 0
    private(set) var storedReads = 0

    init(_ rows: Rows, size: Int) {
      self.rows = rows
      self.size = size
    }

    func leaves(_ positions: Range<Position>) -> [Digest] {
      leafReads += 1
      #expect(positions.upperBound.value <= UInt64(size))
      return Array(rows.rows[0][Int(positions.lowerBound.value)..<Int(positions.upperBound.value)])
    }

    func stored(_ level: Int, _ indexes: Range<UInt64>) -> [Digest] {
      storedReads += 1
      #expect(TileNodes<Never>.isStored(level: level))
      #expect(indexes.upperBound <= UInt64(size) >> UInt64(level))
      return Array(rows.rows[level][Int(indexes.lowerBound)..<Int(indexes.upperBound)])
    }

    func nodes() -> TileNodes<Never> {
      TileNodes(size: TreeSize(UInt64(size)), leaves: leaves, stored: stored)
    }
  }

  struct Unreadable: Error, Equatable {}

  /// As a read transaction is: lent, and not to be copied or kept.
  struct Lent: ~Copyable {
    let rows: Rows
  }

  static let sizes = [1, 2, 3, 254, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 65793]
  static let rows = Rows(leaves: (0..<65793).map(leafHash(at:)))

  @Test("only levels 8, 16, … 56 are kept")
  func levels() {
    #expect(
      (0...64).filter { level in TileNodes<Never>.isStored(level: level) } == [8, 16, 24, 32, 40, 48, 56, 64])
  }

  @Test("each full subtree is as the naive tree has it", arguments: Self.sizes)
  func nodes(size: Int) {
    let nodes = Source(Self.rows, size: size).nodes()
    let seed = UInt64(size)
    var random = SplitMix64(seed: seed)
    for level in 0..<64 where size >> level > 0 {
      let count = size >> level
      let samples =
        count <= 40
        ? Array(0..<count) : [0, count - 1] + (0..<20).map { _ in Int.random(in: 0..<count, using: &random) }
      for index in samples {
        #expect(
          nodes.node(level: level, index: UInt64(index)) == Self.rows.rows[level][index],
          "seed \(seed), level \(level), index \(index)")
      }
    }
  }

  @Test("roots, frontiers and proofs made from tiles hold", arguments: Self.sizes)
  func proofs(size: Int) {
    let nodes = Source(Self.rows, size: size).nodes()
    let treeSize = TreeSize(UInt64(size))
    let leaves = Self.rows.rows[0]
    var frontier = Frontier()
    for leaf in leaves.prefix(size) { frontier.append(leaf) }
    let root = frontier.root
    #expect(MerkleTree.root(at: treeSize, from: nodes) == root)
    #expect(MerkleTree.frontier(at: treeSize, from: nodes) == frontier)

    let seed = UInt64(size) + 1
    var random = SplitMix64(seed: seed)
    for sample in [0, size - 1] + (0..<10).map({ _ in Int.random(in: 0..<size, using: &random) }) {
      let position = Position(UInt64(sample))
      let inclusion = MerkleTree.inclusionProof(of: position, in: treeSize, from: nodes)
      #expect(
        inclusion.verify(leaf: leaves[sample], root: root) == .valid, "seed \(seed), position \(position)")
      let old = TreeSize(through: position)
      let consistency = MerkleTree.consistencyProof(from: old, to: treeSize, from: nodes)
      let oldRoot = MerkleTree.root(at: old, from: Self.rows)
      #expect(consistency.verify(oldRoot: oldRoot, newRoot: root) == .valid, "seed \(seed), from \(old)")
    }
  }

  @Test("one proof reads each tile on its way once")
  func reads() {
    let source = Source(Self.rows, size: 65536)
    let nodes = source.nodes()
    _ = MerkleTree.inclusionProof(of: Position(40_000), in: TreeSize(65536), from: nodes)
    #expect(source.leafReads == 1)
    #expect(source.storedReads == 1)
  }

  @Test("a tile has 256 hashes, and fewer at the right edge")
  func tiles() {
    let nodes = Source(Self.rows, size: 65793).nodes()
    #expect(nodes.hashes(tileLevel: 0, index: 0) == Array(Self.rows.rows[0][..<256]))
    #expect(nodes.hashes(tileLevel: 0, index: 257) == [Self.rows.rows[0][65792]])
    #expect(nodes.hashes(tileLevel: 1, index: 1) == [Self.rows.rows[8][256]])
    #expect(nodes.hashes(tileLevel: 2, index: 0) == [Self.rows.rows[16][0]])
  }

  @Test("it reads through what is only lent")
  func lent() {
    let lent = Lent(rows: Self.rows)
    #expect(root(of: 1000, in: lent) == MerkleTree.root(of: Self.rows.rows[0].prefix(1000)))
  }

  @Test("what the source throws comes out of the proof, by its type")
  func failures() {
    let nodes = TileNodes<Unreadable>(
      size: TreeSize(300), leaves: { _ throws(Unreadable) in throw Unreadable() },
      stored: { _, _ throws(Unreadable) in throw Unreadable() })
    #expect(throws: Unreadable()) {
      try MerkleTree.inclusionProof(of: Position(299), in: TreeSize(300), from: nodes)
    }
    #expect(throws: Unreadable()) {
      try TileNodes<Unreadable>.reading(
        TreeSize(300), leaves: { _ throws(Unreadable) in throw Unreadable() },
        stored: { _, _ throws(Unreadable) in throw Unreadable() }
      ) { nodes throws(Unreadable) in
        try MerkleTree.root(at: TreeSize(300), from: nodes)
      }
    }
  }

  private func root(of size: Int, in lent: borrowing Lent) -> Digest {
    let treeSize = TreeSize(UInt64(size))
    return TileNodes<Never>.reading(
      treeSize,
      leaves: { positions in
        Array(lent.rows.rows[0][Int(positions.lowerBound.value)..<Int(positions.upperBound.value)])
      },
      stored: { level, indexes in
        Array(lent.rows.rows[level][Int(indexes.lowerBound)..<Int(indexes.upperBound)])
      }
    ) { nodes in MerkleTree.root(at: treeSize, from: nodes) }
  }
}

@Suite("Paths of tiles")
struct TilePathTests {
  @Test("a tree of 70,000 has the tiles that the standard's example has")
  func example() {
    let tiles = TilePath.all(in: TreeSize(70_000))
    #expect(tiles.filter { tile in tile.level == 0 && tile.width == 256 }.count == 273)
    #expect(
      tiles.filter { tile in tile.width < 256 }.map(\.path) == [
        "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
      ])
    #expect(tiles.count == 277)
  }

  @Test("a tree of 256 has one full tile and one of one hash above it")
  func full() {
    #expect(TilePath.all(in: TreeSize(256)).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
    #expect(TilePath.all(in: .empty).isEmpty)
  }

  @Test("an index is written in groups of three digits")
  func groups() throws {
    let tile = try #require(TilePath(level: 0, index: 1_234_067, in: TreeSize(1 << 40)))
    #expect(tile.path == "tile/0/x001/x234/067")
    #expect(tile.entriesPath == "tile/entries/x001/x234/067")
    let partial = try #require(TilePath(level: 0, index: 1000, in: TreeSize(256_001)))
    #expect(partial.entriesPath == "tile/entries/x001/000.p/1")
  }

  @Test("there is no tile beyond the tree or above its last level")
  func beyond() {
    #expect(TilePath(level: 0, index: 1, in: TreeSize(256)) == nil)
    #expect(TilePath(level: 1, index: 0, in: TreeSize(255)) == nil)
    #expect(TilePath(level: 8, index: 0, in: TreeSize(.max)) == nil)
    #expect(TilePath(level: 0, index: .max, in: TreeSize(.max)) == nil)
    #expect(TilePath(level: -1, index: 0, in: TreeSize(1)) == nil)
  }
}
