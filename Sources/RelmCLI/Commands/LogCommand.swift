internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show events in the order in which they were recorded.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "Only this stream, such as release/payments-api/2026.11.3.", completion: Completions.subjects)
  var subject: String?

  @Option(
    help: "Only this type, such as deployment.finished; or a beginning with a star, such as deployment.*",
    completion: Completions.types)
  var type: String?

  @Option(help: "Begin at this position.")
  var from: UInt64?

  @Option(name: .customLong("to"), help: "End before this position.")
  var upTo: UInt64?

  @Option(help: "Only what happened at or after this moment (RFC 3339, such as 2026-11-01T00:00:00Z).")
  var since: String?

  @Option(help: "Only what happened before this moment.")
  var until: String?

  @Flag(name: .shortAndLong, help: "Newest first.")
  var reverse = false

  @Option(name: .shortAndLong, help: "At most so many events.")
  var limit: Int?

  @Flag(name: .shortAndLong, help: "Go on with events as they are appended, by whichever process.")
  var follow = false

  @Flag(help: "Print exactly the stored bytes, one record a line.")
  var raw = false

  func run() throws {
    let opened = try ledger.open()
    var filter = EventFilter()
    filter.stream = try subject.map { try opened.stream(named: $0) }
    filter.type = type.map(EventNames.qualified)
    filter.from = from.map { Position($0) }
    filter.upTo = upTo.map { Position($0) }
    filter.since = try since.map { try Moments.instant($0, option: "--since") }
    filter.until = try until.map { try Moments.instant($0, option: "--until") }
    filter.isReversed = reverse
    filter.limit = limit
    let printer = EventPrinter(ledger: opened, format: raw ? .raw : .rows(try output.chosen()))
    guard !follow else {
      guard !reverse else { throw CommandFailure(.usage, "--follow and --reverse exclude each other") }
      return try run(opened, filter, printer)
    }
    try printer.begin()
    try opened.forEachEvent(filter) { event in
      try printer.print(event)
      return true
    }
    try printer.end()
  }

  /// From `--from` on, or else only what is appended from now on, as `tail -f` does.
  private func run(_ ledger: Ledger, _ filter: EventFilter, _ printer: EventPrinter) throws {
    try printer.begin()
    var remaining = limit ?? .max
    try ledger.follow(filter) {
      usleep(20_000)
      return true
    } _: { event in
      try printer.print(event)
      try printer.flush()
      remaining -= 1
      return remaining > 0
    }
    try printer.end()
  }
}
