internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Go through the history and see what each event changed.",
    discussion: """
      Beside each event stand the rows of the views that it changed, field by field, old → new. With a subject: the \
      events about it, and only what they changed about it. With --step one event at a time: n or the right arrow for the \
      next, b or the left arrow back, j to jump to a position or a time, / to search, q to quit.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(
    help: "Only what is about this, such as release/payments-api/2026.11.3 or environment/production/eu.",
    completion: Completions.subjects)
  var subject: String?

  @Option(help: "Begin with the event at this position, or with the first recorded at or after this time.")
  var from: String?

  @Option(
    name: .customLong("to"),
    help: "End with the event at this position, or with the last recorded by this time.")
  var upTo: String?

  @Flag(help: "One event at a time, on a terminal.")
  var step = false

  func run() throws {
    let opened = try ledger.open(asOf)
    let about = try subject.map { try SubjectArgument.subject($0, opened) }
    let walk = try opened.replaying(
      about: about, from: from.map { try Self.first($0, opened) } ?? .first,
      upTo: upTo.map { try opened.size(at: Moments.named($0, option: "--to")).nextPosition })
    guard walk.count > 0 else {
      throw CommandFailure(
        .noInput,
        about.map { "nothing is recorded about \($0.text) there" } ?? "there is no event in that range")
    }
    if step { return try Stepper(walk, ReplayPage(opened), in: opened).run() }
    let format = try output.chosen()
    let page = ReplayPage(opened)
    if format == .json { try Terminal.data("[") }
    if format == .csv { try Terminal.write(Array(CSV.record(ReplayPage.columns).utf8)) }
    var isFirst = true
    for place in 0..<walk.count {
      guard let event = try walk.event(place) else { continue }
      switch format {
      case .table: for line in try page.lines(event) { try Terminal.print(line) }
      case .json: try Terminal.data((isFirst ? " " : ",") + ReplayPage.object(event))
      case .ndjson: try Terminal.data(ReplayPage.object(event))
      case .csv: for row in try page.rows(event) { try Terminal.write(Array(CSV.record(row).utf8)) }
      }
      isFirst = false
    }
    if format == .json { try Terminal.data("]") }
  }

  /// The first position at or after a moment.
  static func first(_ text: String, _ ledger: Ledger) throws -> Position {
    switch try Moments.named(text, option: "--from") {
    case .position(let position): position
    case .time(let time):
      // What was recorded a microsecond earlier is before it.
      try ledger.size(at: .time(Instant(microseconds: time.microseconds - 1))).nextPosition
    }
  }
}
