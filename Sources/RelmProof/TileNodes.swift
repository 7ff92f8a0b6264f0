/// Reads every node of a tree of which only each eighth level is kept: the full subtrees over 256, 65,536, …
/// leaves.
///
/// That is how C2SP tlog-tiles cuts a tree ("Merkle Tree"): a tile is up to 256 neighbouring hashes of level 0,
/// 8, 16, …, and all that lies between two such levels is computed from one tile. Storing one hash for 256
/// events instead of one for each event is what keeps a bulk append cheap. The leaf hashes are not kept either:
/// they are computed from the records again.
///
/// The last tile read on each level stays in memory, since a proof asks for up to eight nodes of one tile. It
/// is a class for that reason only: use it in one thread, for one question or a few.
package final class TileNodes<Failure: Error>: NodeReader {
  /// The leaf hashes of these positions, in order.
  package typealias Leaves = (_ positions: Range<Position>) throws(Failure) -> [Digest]
  /// The nodes with these indexes on a level for which `isStored(level:)` holds, in order.
  package typealias Stored = (_ level: Int, _ indexes: Range<UInt64>) throws(Failure) -> [Digest]

  private let size: TreeSize
  private let leaves: Leaves
  private let stored: Stored
  /// For each tile level, the tile that was read last.
  private var cache: [Tile?] = Array(repeating: nil, count: 8)

  /// - Parameters:
  ///   - size: of the tree that is read, at most what is stored.
  ///   - leaves: gives exactly as many leaf hashes as it is asked for, or throws.
  ///   - stored: likewise for the nodes of the levels that are kept.
  package init(size: TreeSize, leaves: @escaping Leaves, stored: @escaping Stored) {
    self.size = size
    self.leaves = leaves
    self.stored = stored
  }

  /// Lends a reader whose closures may use what cannot be copied or kept, such as a read transaction.
  ///
  /// The reader must not outlive `body`; the program traps if it does.
  package static func reading<R>(
    _ size: TreeSize, leaves: Leaves, stored: Stored,
    _ body: (borrowing TileNodes) throws(Failure) -> R
  ) throws(Failure) -> R {
    // Typed throws do not pass through withoutActuallyEscaping; a result does.
    let result = withoutActuallyEscaping(leaves) { leaves in
      withoutActuallyEscaping(stored) { stored -> Result<R, Failure> in
        let nodes = TileNodes(size: size, leaves: leaves, stored: stored)
        do throws(Failure) { return .success(try body(nodes)) } catch { return .failure(error) }
      }
    }
    return try result.get()
  }

  /// Whether nodes of this level are kept: 8, 16, …, 56.
  package static func isStored(level: Int) -> Bool { level > 0 && level.isMultiple(of: 8) }

  /// The root of one full subtree.
  ///
  /// - Parameters:
  ///   - level: of the subtree: 0 is a leaf.
  ///   - index: of a full subtree of the tree of `size`; another one is a bug of the caller.
  package func node(level: Int, index: UInt64) throws(Failure) -> Digest {
    precondition((0..<64).contains(level) && index < size.value >> UInt64(level), "not a full subtree")
    // The root of a tile is a hash of the level above, where it is stored; within its own tile it would be
    // computed.
    let tileLevel = level / 8
    let height = level % 8
    let tile = try tile(level: tileLevel, index: index >> UInt64(8 - height))
    return tile.node(height: height, index: Int(index & (0xff >> UInt64(height))))
  }

  /// The hashes of one tile as this tree has it: 256, or fewer at the right edge.
  ///
  /// - Parameters:
  ///   - level: of tiles, not of nodes: 0 has the leaf hashes, 1 the nodes of level 8, and so on.
  ///   - index: of the tile on that level, from 0.
  package func hashes(tileLevel level: Int, index: UInt64) throws(Failure) -> [Digest] {
    try tile(level: level, index: index).hashes
  }

  private func tile(level: Int, index: UInt64) throws(Failure) -> Tile {
    if let tile = cache[level], tile.index == index { return tile }
    let low = index << 8
    let high = min(low + 256, size.value >> UInt64(level * 8))
    precondition(low < high, "the tree has no such tile")
    let hashes =
      level == 0
      ? try leaves(Position(low)..<Position(high))
      : try stored(level * 8, low..<high)
    precondition(
      hashes.count == Int(high - low), "a tile's source gave \(hashes.count) of \(high - low) hashes")
    let tile = Tile(index: index, hashes: hashes)
    cache[level] = tile
    return tile
  }
}

/// One tile and all full subtrees within it.
private final class Tile {
  let index: UInt64
  /// Row 0 are the tile's hashes; each row has the nodes over two of the row below. Made when first asked for.
  private var rows: [[Digest]]

  init(index: UInt64, hashes: [Digest]) {
    self.index = index
    rows = [hashes]
  }

  var hashes: [Digest] { rows[0] }

  func node(height: Int, index: Int) -> Digest {
    while rows.count <= height {
      let below = rows[rows.count - 1]
      rows.append((0..<below.count / 2).map { pair in .node(below[pair * 2], below[pair * 2 + 1]) })
    }
    return rows[height][index]
  }
}
