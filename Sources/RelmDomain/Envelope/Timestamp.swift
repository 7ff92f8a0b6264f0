/// A date and time as somebody wrote it (RFC 3339): the text is kept, and the moment that it says.
///
/// Two timestamps are equal when their texts are: `…+01:00` is another claim than the same moment in UTC.
package struct Timestamp: Hashable, Sendable {
  /// The text as it came.
  package let text: String
  /// The moment.
  package let instant: Instant

  /// - Returns: `nil` where the text is no RFC 3339 date and time.
  package init?(_ text: String) {
    guard let instant = Instant(text) else { return nil }
    self.init(text: text, instant: instant)
  }

  /// A moment, written as the ledger writes its own.
  package init(_ instant: Instant) {
    self.init(text: instant.rfc3339Milliseconds, instant: instant.inMilliseconds)
  }

  init(text: String, instant: Instant) {
    self.text = text
    self.instant = instant
  }

  /// What a message says of a text that is none.
  package static let requirement =
    "a date and time with its zone is needed, such as 2026-11-22T20:27:00Z (RFC 3339)"
}

extension Timestamp: CustomStringConvertible {
  package var description: String { text }
}
