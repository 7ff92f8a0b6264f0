internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show the size of the ledger, its key and its types.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  func run() throws {
    let opened = try ledger.open(asOf)
    let stats = try opened.stats()
    let format = try output.chosen()
    var table = Rows("type", "events", whenEmpty: "no events")
    for (type, count) in stats.types { table.append(Cell(EventType.short(type)), Cell(count)) }
    switch format {
    case .csv: return try table.write(format)
    case .json, .ndjson: return try Terminal.data(Self.object(stats, opened))
    case .table: break
    }
    let facts: [(String, String)] = [
      ("ledger", opened.layout.root), ("origin", opened.origin),
      ("verifier key", "\(try opened.verifierKey())"),
      ("records", "\(stats.size.value)"), ("streams", "\(stats.streams)"), ("sources", "\(stats.sources)"),
      ("log on disk", Self.size(stats.logBytes)), ("views on disk", Self.size(stats.viewBytes)),
    ]
    for (name, value) in facts {
      try Terminal.print(name + String(repeating: " ", count: 15 - name.count) + value)
    }
    try Terminal.print("")
    try table.write(.table)
  }

  private static func object(_ stats: LedgerStats, _ ledger: Ledger) throws -> String {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("ledger")
    writer.string(ledger.layout.root)
    writer.key("logBytes")
    writer.integer(Int64(stats.logBytes))
    writer.key("origin")
    writer.string(ledger.origin)
    writer.key("records")
    writer.integer(Int64(stats.size.value))
    writer.key("sources")
    writer.integer(Int64(stats.sources))
    writer.key("streams")
    writer.integer(Int64(stats.streams))
    writer.key("types")
    writer.beginObject()
    // Type names are ASCII or compared as UTF-16, as canonical JSON orders names.
    for (type, count) in stats.types.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
      writer.key(type)
      writer.integer(Int64(count))
    }
    writer.endObject()
    writer.key("verifierKey")
    writer.string("\(try ledger.verifierKey())")
    writer.key("viewBytes")
    writer.integer(Int64(stats.viewBytes))
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func size(_ bytes: Int) -> String {
    if bytes < 1 << 20 { return "\(bytes >> 10) KiB" }
    let tenths = (bytes * 10) >> 20
    return "\(tenths / 10).\(tenths % 10) MiB"
  }
}
