internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmLedger

struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append", abstract: "Append CloudEvents from a file or standard input.",
    discussion: """
      The input is one event as JSON, a JSON array of them, or one a line (NDJSON). All or nothing, up to 10,000 \
      events; more with --chunked: everything is read and checked first, then appended in chunks, each all or nothing. \
      Prints for every event its position and whether it was recorded or a duplicate. (source, id) is unique: the same \
      event again is acknowledged with its first position, so that a retry is always safe.

      With --keep-going the good events are appended and the others written to the file of --rejects, as they came; the \
      exit status is then 65 if there was any.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var expect: ExpectOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "A file, or - for standard input.", completion: .file())
  var file = "-"

  @Flag(help: "Take any number of events, in chunks of 10,000.")
  var chunked = false

  @Flag(
    name: .customLong("keep-going"), help: "Append the good events and leave the others out; needs --rejects.")
  var keepGoing = false

  @Option(help: "Where --keep-going writes the events that were not taken, as they came.", completion: .file())
  var rejects: String?

  @Flag(name: .customLong("dry-run"), help: "Decide everything as the real run would, and append nothing.")
  var dryRun = false

  @Flag(
    help: "Take types of a house's own even where they are nearly one of relm's, such as deployment.finish.")
  var foreign = false

  @Flag(
    name: .shortAndLong, help: "Print no line per event, and do not say of names that they are new here.")
  var quiet = false

  func validate() throws {
    guard keepGoing == (rejects != nil) else {
      throw ValidationError("--keep-going and --rejects FILE go together")
    }
    guard expect.expectVersion == nil || !(chunked || keepGoing) else {
      throw ValidationError(
        "--expect-version guards one transaction; it does not go with --chunked or --keep-going")
    }
    guard !(chunked && dryRun) else {
      throw ValidationError("--dry-run decides one transaction; it does not go with --chunked")
    }
  }

  func run() throws {
    let opened = try ledger.open()
    let input = try EventInput(file, isChunked: chunked || keepGoing)
    let appending = Appending(
      opened, actor: try origin.chosenActor(), source: try origin.chosenSource(),
      expected: expect.expectVersion?.value, isDryRun: dryRun,
      names: try origin.names(allowsForeign: foreign, isQuiet: quiet))
    var bulk = BulkAppend(
      appending, input, quiet: quiet,
      receipts: ReceiptPrinter(try output.chosen(), isList: true, isDryRun: dryRun))
    if keepGoing, let rejects {
      try bulk.run(.keepingGoing(rejects: rejects))
    } else {
      try bulk.run(chunked ? .chunked : .atOnce)
    }
  }
}
