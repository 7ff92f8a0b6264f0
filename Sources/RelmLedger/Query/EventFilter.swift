package import RelmDomain
internal import RelmViews
package import RelmProof

/// Which events of the log are asked for. What is not set does not narrow.
package struct EventFilter: Sendable {
  /// The first position.
  package var from: Position?
  /// The first position that no longer belongs.
  package var upTo: Position?
  /// The stream's name, a whole subject.
  package var stream: String?
  /// The type's whole name, or its beginning before a `*`.
  package var type: String?
  /// Events that happened at or after this moment.
  package var since: Instant?
  /// Events that happened before this moment.
  package var until: Instant?
  /// Whose claims: a pseudonym.
  package var actor: String?
  /// What is left out, as it does not count.
  package var annulled: Set<Position> = []
  /// Newest first.
  package var isReversed = false
  /// The most events to hand out.
  package var limit: Int?

  package init() {}

  /// Whether an event belongs, by what an index may not have settled.
  func matches(_ event: RecordedEvent) -> Bool {
    if let from, event.position < from { return false }
    if let upTo, event.position >= upTo { return false }
    // Names are compared by bytes, as the indexes do.
    if let stream, !event.record.envelope.stream.utf8.elementsEqual(stream.utf8) { return false }
    if let type, !Self.matches(event.record.envelope.type, type) { return false }
    if let actor, event.record.envelope.authid != actor { return false }
    if annulled.contains(event.position) { return false }
    if let since, event.happened < since { return false }
    if let until, event.happened >= until { return false }
    return true
  }

  static func matches(_ type: String, _ pattern: String) -> Bool {
    pattern.last == "*"
      ? type.utf8.starts(with: pattern.utf8.dropLast()) : type.utf8.elementsEqual(pattern.utf8)
  }
}
