package import RelmProof

/// A record that does not continue the history before it: the log, or what was folded of it, is damaged.
package struct BrokenHistory: Error, Equatable, CustomStringConvertible {
  /// The record that does not fit.
  package let position: Position
  /// What does not fit, in words.
  package let reason: String

  package init(at position: Position, _ reason: String) {
    self.position = position
    self.reason = reason
  }

  package var description: String { "position \(position.value): \(reason)" }
}
