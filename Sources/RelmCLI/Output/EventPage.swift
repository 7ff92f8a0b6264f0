internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// One event for a person to read: its attributes, then its data.
struct EventPage {
  let ledger: Ledger

  /// Whether it counts, and what it rests on.
  private func standing(of event: RecordedEvent) throws -> [(String, String)] {
    let standing = try ledger.standing(of: event.position)
    var lines: [(String, String)] = []
    for position in standing.annulledBy {
      var reason = ""
      if case .ledger(.eventAnnulled(let data))? = try ledger.event(at: position)?.event {
        reason = ": " + data.reason
      }
      lines.append(("ANNULLED", "at position \(position.value)\(reason)"))
    }
    func list(_ positions: [Position]) -> String {
      positions.prefix(20).map { String($0.value) }.joined(separator: ", ")
        + (positions.count > 20 ? ", …" : "")
    }
    if !standing.lostFoundations.isEmpty {
      lines.append(("RESTS ON", "position \(list(standing.lostFoundations)), which is annulled"))
    }
    if !standing.dependents.isEmpty { lines.append(("rested on by", list(standing.dependents))) }
    return lines
  }

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
    if let cause = envelope.causationid { attributes.append(("caused by", cause)) }
    attributes += try standing(of: event)
    for (name, value) in attributes {
      try Terminal.print(name + String(repeating: " ", count: max(1, 13 - name.count)) + Rows.printable(value))
    }
    guard let data = envelope.data else { return }
    try Terminal.print("")
    for line in try DataPage(ledger, of: event).lines(Array(event.record.bytes[data])) {
      try Terminal.print(line)
    }
  }
}
