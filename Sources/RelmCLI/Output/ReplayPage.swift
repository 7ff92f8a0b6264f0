internal import RelmDomain
internal import RelmHistory
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// An event and what it changed, for a person or a program.
struct ReplayPage {
  private let names: Names
  private let changes: ChangePrinter

  init(_ ledger: Ledger) {
    names = Names(ledger.vault)
    changes = ChangePrinter(ledger)
  }

  func lines(_ replayed: ReplayedEvent) throws -> [String] {
    let event = replayed.event
    let subject = try event.record.envelope.subject.map(names.subject) ?? ""
    let by = try event.record.envelope.authid.map { " – \(try names.text($0))" } ?? ""
    var lines = [
      Terminal.bold(
        "\(event.position.value)  \(Moments.text(event.happened))  \(event.shortType)  \(Rows.printable(subject))"
      ),
      Rows.printable("    \(try names.sentence(event.inWords))\(by)"),
    ]
    if let late = event.lateSeconds {
      lines.append("    recorded \(Moments.text(event.recorded)), \(late / 3600) h later")
    }
    if let by = replayed.annulledBy { lines.append(Terminal.red("    ANNULLED by \(by.value)")) }
    let changed = try changes.lines(replayed.changes, indent: 4)
    return lines + (changed.isEmpty ? ["    (changes no row)"] : changed)
  }

  /// An event with its position and what it changed, as canonical JSON.
  static func object(_ replayed: ReplayedEvent) -> String {
    var writer = CanonicalWriter()
    writer.beginObject()
    if let by = replayed.annulledBy {
      writer.key("annulledBy")
      writer.integer(Int64(by.value))
    }
    writer.key("changes")
    ChangePrinter.write(replayed.changes, to: &writer)
    writer.key("event")
    writer.raw(replayed.event.record.bytes)
    writer.key("position")
    writer.integer(Int64(replayed.event.position.value))
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static let columns = ["position", "type", "subject", "view", "key", "field", "before", "after"]

  /// One row a field.
  func rows(_ replayed: ReplayedEvent) throws -> [[String]] {
    let event = replayed.event
    let begin = [
      "\(event.position.value)", event.shortType, try event.record.envelope.subject.map(names.subject) ?? "",
    ]
    guard !replayed.changes.isEmpty else { return [begin + ["", "", "", "", ""]] }
    return try replayed.changes.flatMap { change in
      try change.fields.map { begin + (try changes.cells(change, $0)) }
    }
  }
}
