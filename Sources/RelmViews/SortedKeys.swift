/// Keys in their order, to which one more is added, or from which one is taken, without all of them being sorted again.
///
/// They lie in blocks of bounded length, so that a key moves few others.
struct SortedKeys {
  private var blocks: [[PackedKey]] = []

  /// A block that grows beyond this is halved.
  private static let longestBlock = 256

  /// - Parameter keys: each once, in any order.
  init(_ keys: some Sequence<PackedKey>) {
    let sorted = keys.sorted()
    blocks = stride(from: 0, to: sorted.count, by: Self.longestBlock / 2).map { start in
      Array(sorted[start..<min(start + Self.longestBlock / 2, sorted.count)])
    }
  }

  /// Adds a key that is not among them.
  mutating func insert(_ key: PackedKey) {
    guard !blocks.isEmpty else {
      blocks = [[key]]
      return
    }
    // What comes after every other goes to the end of the last block.
    let place = min(block(of: key), blocks.count - 1)
    blocks[place].insert(key, at: Self.firstIndex(in: blocks[place], notBefore: key))
    guard blocks[place].count > Self.longestBlock else { return }
    let half = blocks[place].count / 2
    blocks.insert(Array(blocks[place][half...]), at: place + 1)
    blocks[place].removeSubrange(half...)
  }

  /// Takes out a key that is among them.
  mutating func remove(_ key: PackedKey) {
    let place = block(of: key)
    blocks[place].remove(at: Self.firstIndex(in: blocks[place], notBefore: key))
    if blocks[place].isEmpty { blocks.remove(at: place) }
  }

  /// Walks those with `lower <= key < upper` (nil for no bound), or from the last of them to the first.
  func walk(from lower: PackedKey?, upTo upper: PackedKey?, reversed: Bool) -> Walk {
    Walk(
      blocks: blocks,
      at: reversed ? place(notBefore: upper, else: blocks.count) : place(notBefore: lower, else: 0),
      until: reversed ? lower : upper, reversed: reversed)
  }

  /// Hands out one key after another.
  struct Walk: IteratorProtocol {
    private let blocks: [[PackedKey]]
    /// Where the next key stands or, of a walk backwards, the one before which the next stands.
    private var place: (block: Int, index: Int)
    private let bound: PackedKey?
    private let reversed: Bool

    fileprivate init(
      blocks: [[PackedKey]], at place: (block: Int, index: Int), until bound: PackedKey?, reversed: Bool
    ) {
      (self.blocks, self.place, self.bound, self.reversed) = (blocks, place, bound, reversed)
    }

    mutating func next() -> PackedKey? {
      let key: PackedKey
      if reversed {
        if place.index == 0 {
          guard place.block > 0 else { return nil }
          place = (place.block - 1, blocks[place.block - 1].count)
        }
        place.index -= 1
        key = blocks[place.block][place.index]
        if let bound, key < bound { return nil }
      } else {
        guard place.block < blocks.count else { return nil }
        key = blocks[place.block][place.index]
        if let bound, !(key < bound) { return nil }
        place.index += 1
        if place.index == blocks[place.block].count { place = (place.block + 1, 0) }
      }
      return key
    }
  }

  /// Where the first key stands that does not come before another.
  ///
  /// - Parameter block: the block at whose beginning to stand for no key.
  private func place(notBefore key: PackedKey?, else block: Int) -> (block: Int, index: Int) {
    guard let key else { return (block, 0) }
    let place = self.block(of: key)
    return (place, place < blocks.count ? Self.firstIndex(in: blocks[place], notBefore: key) : 0)
  }

  /// The first block whose last key does not come before a key; their number where there is none.
  private func block(of key: PackedKey) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if let last = blocks[middle].last, last < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func firstIndex(in block: [PackedKey], notBefore key: PackedKey) -> Int {
    var (low, high) = (0, block.count)
    while low < high {
      let middle = (low + high) / 2
      if block[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
