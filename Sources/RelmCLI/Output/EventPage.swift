internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// One event for a person to read: its attributes, then its data.
struct EventPage {
  let ledger: Ledger

  func print(_ event: RecordedEvent) throws {
    let envelope = event.record.envelope
    var attributes: [(String, String)] = [
      ("position", String(event.position.value)),
      ("type", envelope.type),
      ("subject", envelope.subject.map { "\($0) (version \(envelope.streamVersion ?? 0))" } ?? "none"),
      ("happened", envelope.time?.text ?? "when it was recorded"),
      ("recorded", event.recorded.rfc3339Milliseconds),
    ]
    if let actor = envelope.authid { attributes.append(("actor", try Names(ledger.vault).text(actor))) }
    attributes += [("source", envelope.source), ("id", envelope.id), ("record hash", event.digest.base64)]
    for (name, value) in attributes {
      try Terminal.print(name + String(repeating: " ", count: 13 - name.count) + Rows.printable(value))
    }
    guard let data = envelope.data else { return }
    try Terminal.print("")
    for line in try DataPage(ledger, of: event).lines(Array(event.record.bytes[data])) {
      try Terminal.print(line)
    }
  }
}
