package import RelmProof

/// One stored event as folds see it.
package struct RecordedEvent: Sendable {
  package let position: Position
  /// The stored bytes and what the envelope says.
  package let record: Record
  /// The leaf hash of the record's bytes.
  package let digest: Digest
  /// What its data says.
  package let event: Event
  /// The stream of an event of our own; nil for any other event.
  package let subject: Subject?
  /// Who recorded it, where that is a person and the event one of our own.
  package let person: PersonID?

  /// Reads subject and person once, for every fold asks for them.
  package init(position: Position, record: Record, digest: Digest, event: Event) {
    self.position = position
    self.record = record
    self.digest = digest
    self.event = event
    let isOurs = event.type != nil
    subject = isOurs ? record.envelope.subject.flatMap(Subject.named) : nil
    person = isOurs ? record.envelope.authid.flatMap(PersonID.named) : nil
  }

  /// Decodes what the record says.
  /// - Throws: `DecodingFailure` with a pointer from the record, where its data is not what its schema says.
  package init(position: Position, record: Record, digest: Digest) throws(DecodingFailure) {
    self.init(position: position, record: record, digest: digest, event: try Event.decode(record.envelope))
  }

  /// When it happened: the claim's `time`, or where it has none the time of recording.
  package var happened: Instant { record.envelope.timeInstant ?? recorded }

  /// When the ledger took it.
  package var recorded: Instant { record.recordedTime }

  /// When it happened and where it stands. A time that in UTC lies outside the years 0000 to 9999 counts as their end.
  package var moment: Moment { Moment(at: min(max(happened, .earliest), .latest), position: position) }
}

extension Moment: Comparable {
  /// By time, and at the same time by position: of two facts about one second the one recorded later is the newer.
  package static func < (one: Moment, other: Moment) -> Bool {
    one.at == other.at ? one.position < other.position : one.at < other.at
  }
}
