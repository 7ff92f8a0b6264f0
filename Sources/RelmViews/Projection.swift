package import RelmDomain

/// A view: rows keyed by entity, folded from the log one event at a time, each row by itself.
///
/// A fold is pure and total. It sees one row and one event, and nothing else, so that any entity can be folded again
/// from its own events: for `--at`, for annulments, for timelines.
package protocol Projection: Sendable {
  associatedtype Row: ViewRow
  /// The view's name and its table's: "releases".
  static var name: String { get }
  /// Where its table stands among all tables; distinct, and in the order of `Views.tables`.
  static var place: Int { get }
  /// Raised whenever the fold changes what it makes of the same events; part of the views' fingerprint, so that rows
  /// of an older program are never read as if they were this one's.
  static var revision: Int { get }
  /// In which kinds of streams the events stand that can touch a row; others are not even asked about.
  static var streams: Set<StreamKind> { get }
  /// The rows that an event touches; none for an event that is not the view's concern.
  static func keys(touchedBy event: RecordedEvent) -> [RowKey]
  /// The one stream in which every event stands that can touch the row; nil where several streams touch it, or where few
  /// events do of a stream that can be long.
  static func stream(of key: RowKey) -> Subject?
  /// Whether there are rows that go by no stream, so that what touched each of these is kept in an index.
  static var keepsTouches: Bool { get }
  /// The row after the event; nil where there is to be none.
  static func evolve(_ row: Row?, at key: RowKey, by event: RecordedEvent) -> Row?
}

extension Projection {
  package static var keepsTouches: Bool { false }
}
