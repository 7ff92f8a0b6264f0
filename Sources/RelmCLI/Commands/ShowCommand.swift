internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one event, by its position or its id.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(help: "A position, such as 1234, or an event's id.")
  var event: String

  @Option(help: "The source of the event, where several have used the id.")
  var source: String?

  @Flag(help: "Print exactly the stored bytes.")
  var raw = false

  func run() throws {
    let opened = try ledger.open(asOf)
    let found = try EventLookup.find(event, source: source, in: opened)
    let format = try output.chosen()
    guard !raw, format == .table else {
      let printer = EventPrinter(ledger: opened, format: raw ? .raw : .rows(format == .json ? .ndjson : format))
      try printer.begin()
      try printer.print(found)
      return try printer.end()
    }
    try EventPage(ledger: opened).print(found)
  }
}
