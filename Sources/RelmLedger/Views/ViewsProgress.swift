/// How far the views have come while many events are folded.
package struct ViewsProgress: Sendable, Equatable {
  /// How many events are folded.
  package let folded: UInt64
  /// Of how many.
  package let of: UInt64
}
