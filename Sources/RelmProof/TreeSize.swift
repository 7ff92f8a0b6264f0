/// How many leaves a Merkle tree has: the *n* of RFC 6962, section 2.1. A type of its own, since a size and the
/// position of the last leaf differ by one.
package struct TreeSize: Hashable, Sendable {
  package let value: UInt64

  @inlinable
  package init(_ value: UInt64) { self.value = value }

  /// The size of the smallest tree that has a leaf at this position.
  package init(through position: Position) { value = position.next.value }

  /// The size of the tree without leaves.
  package static let empty = TreeSize(0)

  /// Whether the tree has no leaves.
  package var isEmpty: Bool { value == 0 }

  /// The position that the next leaf takes.
  package var nextPosition: Position { Position(value) }

  /// The position of the last leaf, or nil in the tree without leaves.
  package var lastPosition: Position? { isEmpty ? nil : Position(value - 1) }

  /// Whether the tree has a leaf at this position.
  package func contains(_ position: Position) -> Bool { position.value < value }
}

extension TreeSize: Comparable {
  @inlinable
  package static func < (left: TreeSize, right: TreeSize) -> Bool { left.value < right.value }
}

extension TreeSize: CustomStringConvertible {
  package var description: String { String(value) }
}
