import RelmProof

/// The tree, its paths and its proofs word for word as the recursive definitions of RFC 6962, section 2.1 have
/// them: slow, and with nothing in common with the code under test but the two hash functions.
struct NaiveTree: NodeReader {
  let leaves: [Digest]

  init(size: Int) { leaves = (0..<size).map(leafHash(at:)) }

  /// `MTH(D[range])`.
  func root(_ range: Range<Int>) -> Digest {
    switch range.count {
    case 0: return .emptyTree
    case 1: return leaves[range.lowerBound]
    default:
      let middle = range.lowerBound + largestPower(below: range.count)
      return .node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }
  }

  func root(at size: Int) -> Digest { root(0..<size) }

  /// `PATH(m, D[n])`.
  func path(_ index: Int, _ range: Range<Int>) -> [Digest] {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + largestPower(below: range.count)
    guard index < middle else {
      return path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }
    return path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
  }

  /// `SUBPROOF(m, D[n], b)`, with m counted from the start of the log.
  func subproof(_ old: Int, _ range: Range<Int>, _ isWhole: Bool) -> [Digest] {
    guard old < range.upperBound else { return isWhole ? [] : [root(range)] }
    let middle = range.lowerBound + largestPower(below: range.count)
    guard old <= middle else {
      return subproof(old, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
    }
    return subproof(old, range.lowerBound..<middle, isWhole) + [root(middle..<range.upperBound)]
  }

  func node(level: Int, index: UInt64) -> Digest {
    let low = Int(index) << level
    return root(low..<low + 1 << level)
  }

  private func largestPower(below count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}

/// The leaf hash of the record that tests have at this position.
func leafHash(at position: Int) -> Digest { .leaf(Array("record \(position)".utf8)) }

/// All full subtrees of a large tree, row by row.
struct Rows: NodeReader {
  let rows: [[Digest]]

  init(leaves: [Digest]) {
    var rows = [leaves]
    while let below = rows.last, below.count > 1 {
      rows.append((0..<below.count / 2).map { pair in .node(below[pair * 2], below[pair * 2 + 1]) })
    }
    self.rows = rows
  }

  func node(level: Int, index: UInt64) -> Digest { rows[level][Int(index)] }
}

extension Digest {
  /// With one bit changed, counted from 0 to 255.
  func flipping(bit: Int) -> Digest {
    var changed = bytes
    changed[bit / 8] ^= 1 << UInt8(bit % 8)
    return changed.withUnsafeBytes { bytes in Digest(copying: bytes) }
  }
}
