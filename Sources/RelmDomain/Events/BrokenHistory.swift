package import RelmProof

/// A record that does not continue the history before it: the log, or what was folded of it, is damaged.
package struct BrokenHistory: Error, Equatable, CustomStringConvertible {
  /// The record that does not fit.
  package let position: Position
  /// What does not fit, in words.
  package let reason: String

  /// What the reason begins with where the record itself is to blame, whatever was before it.
  package static let unreadable = "does not read"

  package init(at position: Position, _ reason: String) {
    self.position = position
    self.reason = reason
  }

  package var description: String { "position \(position.value): \(reason)" }
}
