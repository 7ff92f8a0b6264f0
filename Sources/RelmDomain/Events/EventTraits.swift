/// What a decision has to know about an event type. Small, because every append asks for it; the rest of what a
/// schema says is in `EventDescription`.
package struct EventTraits: Sendable, Equatable {
  /// What lets an event of the type have effect.
  package enum Authority: Sendable, Equatable {
    /// It is a fact; it is taken from anyone.
    case none
    /// It is an act that needs authority at this level, from 3 to 6.
    case level(Int)
    /// It is an act of the person whom an earlier event names.
    case namedParty
  }

  package let stream: StreamKind
  package let needs: Authority
  /// Whether it may be the first event of its stream.
  package let opensStream: Bool
  /// The current version of its schema.
  package let version: Int
}
