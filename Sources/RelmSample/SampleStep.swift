package import RelmDomain

/// One thing that happens in the sample's year, and is told to the ledger.
package struct SampleStep: Sendable {
  /// What is told.
  package enum Deed: Sendable {
    /// An event, as whoever records it writes it.
    case record(type: EventType, subject: String, data: SampleValue)
    /// Somebody asks the gate, and what it says is recorded: the judgement is the ledger's own.
    case askGate(package: String, version: String, environment: String)
    /// Somebody is erased, and that is recorded.
    case erase(account: String, data: SampleValue)
    /// The log is sealed as it stands then.
    case seal(reason: String)
  }

  /// What other steps call it by, and the id of its event.
  package let name: String
  /// The account of who tells it.
  package var by: String
  /// When it happened, as that one says.
  package var happened: Instant
  /// When the ledger was told.
  package var recorded: Instant
  package var deed: Deed
  /// A document that its data names by digest, and that the ledger keeps.
  package var evidence: [UInt8]?
}

extension SampleStep {
  /// What it is about and says, where it is an event.
  package var event: (type: EventType, subject: String, data: SampleValue)? {
    guard case .record(let type, let subject, let data) = deed else { return nil }
    return (type, subject, data)
  }

  /// Where claims come from: machines and people have places of their own.
  package var source: String { House.isMachine(by) ? "/ci/kaiwerk" : "/desk/kaiwerk" }

  /// The event as JSON, with accounts in it; nil for what the ledger itself has to say.
  ///
  /// - Parameter place: where the step of a name stands in the log.
  func json(_ place: (String) -> Int64) -> [UInt8]? {
    switch deed {
    case .record(let type, let subject, let data): json(type, subject, data, place)
    case .erase(_, let data): json(.subjectErased, "ledger", data, place)
    case .askGate, .seal: nil
    }
  }

  private func json(
    _ type: EventType, _ subject: String, _ data: SampleValue, _ place: (String) -> Int64
  ) -> [UInt8] {
    let event: SampleValue = [
      "authid": .text(by), "data": data, "id": .text(name), "source": .text(source), "subject": .text(subject),
      "time": happened.written, "type": .text(type.rawValue),
    ]
    var writer = CanonicalWriter()
    event.write(to: &writer, place)
    return writer.bytes
  }
}

extension Instant {
  /// As a claim writes it.
  var written: SampleValue { .text(Timestamp(self).text) }
}
