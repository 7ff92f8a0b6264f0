internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

struct LogCommand: PlainCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show events in the order in which they were recorded.",
    discussion:
      "With --follow, SIGINT or SIGTERM ends it with status 0; 'relm watch' also remembers where it was.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var events: FilterOptions
  @OptionGroup var asOf: AsOfOptions

  @Option(name: .customLong("to"), help: "End before this position.")
  var upTo: UInt64?

  @Flag(name: .shortAndLong, help: "Newest first.")
  var reverse = false

  @Flag(
    name: .shortAndLong,
    help:
      "Go on with events as they are appended, by whichever process; from the log's end, unless --from is given."
  )
  var follow = false

  @Flag(help: "Print exactly the stored bytes, one record a line.")
  var raw = false

  init() {}

  init(_ words: inout PlainLine) {
    (ledger, output, asOf) = (LedgerOptions(&words), FormatOptions(&words), AsOfOptions(&words))
    upTo = words.value("--to") { UInt64($0) }
    reverse = words.flag("--reverse", or: "-r")
    follow = words.flag("--follow", or: "-f")
    raw = words.flag("--raw")
    // It takes the argument.
    events = FilterOptions(&words)
  }

  func run() throws {
    guard !follow || !reverse else { throw CommandFailure(.usage, "--follow and --reverse exclude each other") }
    guard !follow || !asOf.isSet else {
      throw CommandFailure(.usage, "--follow is about what comes, --at and --happened-by about what was")
    }
    let opened = try ledger.open(asOf)
    var filter = try events.filter(opened, isWaiting: follow)
    if let upTo { filter.upTo = min(filter.upTo ?? Position(upTo), Position(upTo)) }
    filter.isReversed = reverse
    let printer = EventPrinter(ledger: opened, format: raw ? .raw : .rows(try output.chosen()))
    try printer.begin()
    if follow {
      try Watcher(ledger: opened, filter: filter, signals: StopSignals()).run { event in
        try printer.print(event)
        try printer.flush()
      }
    } else {
      try opened.forEachEvent(filter) { event in
        try printer.print(event)
        return true
      }
    }
    try printer.end(saying: Self.nothing(about: filter.stream, opened))
  }

  /// How many events of others are named.
  private static let named = 4

  /// That there are no events; of a release of which only others speak, where they do.
  private static func nothing(about stream: String?, _ opened: Ledger) throws -> String {
    var own = EventFilter()
    (own.stream, own.limit) = (stream, 1)
    var isToldOf = stream == nil
    if !isToldOf {
      try opened.forEachEvent(own) { _ in
        isToldOf = true; return false
      }
    }
    let speaking =
      try isToldOf ? [] : stream.flatMap(Subject.named).map { try opened.events(speakingOf: $0) } ?? []
    guard !speaking.isEmpty else { return "no events" }
    let words = speaking.prefix(named).map { event in
      "\(EventType.short(event.record.envelope.type)) about \(Rows.printable(event.record.envelope.stream)) at position "
        + "\(event.position.value)"
    }
    let more = speaking.count > named ? ", and \(speaking.count - named) more" : ""
    return "no events of its own; others speak of it: \(words.joined(separator: ", "))\(more)"
  }
}
