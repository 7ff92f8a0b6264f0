/// An event's place in the whole log, from 0 and without gaps; also the index of its leaf in the Merkle tree
/// (RFC 6962, section 2.1).
package struct Position: Hashable, Sendable {
  package let value: UInt64

  @inlinable
  package init(_ value: UInt64) { self.value = value }

  /// The first place of a log.
  package static let first = Position(0)

  /// The place after this one. The last number that there is has none after it, and stays: it comes from a row that is
  /// damaged or from somebody who tries, and no log reaches it.
  package var next: Position { Position(value == .max ? .max : value + 1) }
}

extension Position: Comparable {
  @inlinable
  package static func < (left: Position, right: Position) -> Bool { left.value < right.value }
}

extension Position: CustomStringConvertible {
  package var description: String { String(value) }
}
