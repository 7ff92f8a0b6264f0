internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmReports

/// Writes events out, one at a time, so that a log of any length takes no more memory than one event.
final class EventPrinter {
  enum Format {
    /// Exactly the stored bytes.
    case raw
    case rows(OutputFormat)
  }

  private let ledger: Ledger
  private let format: Format
  private var buffer: [UInt8] = []
  private var count = 0
  private let names: Names
  /// Lines of the table that wait until their columns' widths are known.
  private var pending: [[String]] = []
  private var widths = EventPrinter.titles.map(\.count)
  private var isTitled = false
  /// What does not count any more, and what annuls it.
  private var annulled: [Position: Position] = [:]
  private let isNarrow = (Terminal.columns ?? .max) < 100

  init(ledger: Ledger, format: Format) {
    self.ledger = ledger
    self.format = format
    names = Names(ledger.vault)
  }

  func begin() throws {
    // The stored bytes need no view; all else is shown with what became of it.
    if case .rows = format { annulled = try ledger.annulled() }
    switch format {
    case .rows(.table): break
    case .rows(.json): add("[")
    case .rows(.csv):
      add(CSV.record(Self.columns))
    case .raw, .rows(.ndjson): break
    }
  }

  func print(_ event: RecordedEvent) throws {
    switch format {
    case .raw:
      buffer += event.record.bytes
      add("\n")
    case .rows(.ndjson):
      add("\(try object(event))\n")
    case .rows(.json):
      add((count == 0 ? "" : ",\n ") + (try object(event)))
    case .rows(.csv):
      add(CSV.record(try record(event)))
    case .rows(.table):
      pending.append(try cells(event))
      if pending.count == 1000 { layOut() }
    }
    count += 1
    if buffer.count > 1 << 16 { try flush() }
  }

  /// - Parameter nothing: what to say where there was no event.
  func end(saying nothing: @autoclosure () throws -> String = "no events") throws {
    layOut()
    if case .rows(.json) = format { add("]\n") }
    try flush()
    if case .rows(.table) = format, count == 0 { Terminal.remark(try nothing()) }
  }

  /// Writes what has been printed so far.
  func flush() throws {
    layOut()
    if case .rows(.table) = format {
      try Terminal.tell(String(decoding: buffer, as: UTF8.self))
    } else {
      try Terminal.write(buffer)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// An event with its position, and what annuls it where something does, as canonical JSON.
  func object(_ event: RecordedEvent) throws -> String {
    let annulment = annulled[event.position].map { "\"annulledBy\":\($0.value)," } ?? ""
    return "{\(annulment)\"event\":" + (try ShownPeople.told(event.record.bytes))
      + ",\"position\":\(event.position.value)}"
  }

  /// The attributes that events commonly have, called as they are in JSON.
  private static let columns = [
    "position", "recordedtime", "time", "type", "subject", "authid", "source", "id", "annulledBy", "authtype",
    "streamversion", "streamprevious", "causationid", "correlationid", "dataschema", "datacontenttype", "data",
  ]

  private func record(_ event: RecordedEvent) throws -> [String] {
    let envelope = event.record.envelope
    let data = try envelope.data.map { try ShownPeople.told(Array(envelope.bytes[$0])) } ?? envelope.dataBase64
    return [
      String(event.position.value), event.recorded.rfc3339Milliseconds, envelope.time?.text, envelope.type,
      try envelope.subject.map(names.subject), try envelope.authid.map(names.text), envelope.source,
      envelope.id, annulled[event.position].map { String($0.value) }, envelope.authtype,
      envelope.streamVersion.map { String($0) }, envelope.streamPrevious.map(\.base64), envelope.causationid,
      envelope.correlationid, envelope.dataschema, envelope.datacontenttype, data,
    ].map { $0 ?? "" }
  }

  private static let titles = ["POS", "HAPPENED", "TYPE", "SUBJECT", "ACTOR"]

  private func cells(_ event: RecordedEvent) throws -> [String] {
    let envelope = event.record.envelope
    return [
      String(event.position.value), isNarrow ? Wording.minute(event.happened) : Moments.text(event.happened),
      Rows.printable(EventType.short(envelope.type)) + (annulled[event.position] == nil ? "" : " (annulled)"),
      Rows.printable(try names.subject(envelope.subject ?? "")),
      Rows.printable(try envelope.authid.map(names.text) ?? ""),
    ]
  }

  /// Lays out the lines that wait. Columns only grow, so that a long log stays aligned; on a terminal they fit.
  private func layOut() {
    guard !pending.isEmpty else { return }
    for cells in pending {
      for (place, cell) in cells.enumerated() { widths[place] = max(widths[place], cell.count) }
    }
    let fitted = Terminal.columns.map { TextLayout(width: $0).fitted(widths, whole: [0, 1]) } ?? widths
    if !isTitled { add(Terminal.bold(TextLayout.line(Self.titles, fitted)) + "\n") }
    isTitled = true
    for cells in pending { add(TextLayout.line(cells, fitted) + "\n") }
    pending.removeAll(keepingCapacity: true)
  }

  private func add(_ text: String) {
    buffer += text.utf8
  }
}
