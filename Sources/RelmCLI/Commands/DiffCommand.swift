internal import ArgumentParser
internal import RelmDomain
internal import RelmHistory
internal import RelmLedger
internal import RelmViews
internal import RelmProof

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What changed between two moments, field by field.",
    discussion: """
      Moments are positions (after that event) or times of recording. Without a subject everything is compared, and every \
      event between the moments is read; a subject, such as release/payments-api/2026.11.3 or environment/production/eu, \
      or a package's name, is looked at alone.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Argument(
    help: "The earlier moment: a position, or a time of recording such as 2026-10-01T12:00Z or 2026-10-01.")
  var earlier: String

  @Argument(help: "The later moment; 'now' for all that is recorded.")
  var later: String

  @Argument(help: "Only what is about this.", completion: Completions.subjects)
  var subject: String?

  func run() throws {
    let opened = try ledger.open()
    let (before, after) = (try size(earlier, opened), try size(later, opened))
    guard before <= after else {
      throw CommandFailure(.usage, "\(earlier) is later than \(later); name the earlier moment first")
    }
    let changes = try opened.changes(
      from: before, to: after, about: subject.map { try SubjectArgument.rows($0, opened) })
    switch try output.chosen() {
    case .table:
      let lines = try ChangePrinter(opened).lines(changes, indent: 0)
      for line in lines { try Terminal.print(line) }
      let events = after.value - before.value
      Terminal.remark(
        changes.isEmpty
          ? "nothing changed in \(PlainWords.count(Int(events), "event"))"
          : "\(PlainWords.count(changes.count, "row")) changed in \(PlainWords.count(Int(events), "event"))")
    case .json:
      var writer = CanonicalWriter()
      ChangePrinter.write(changes, to: &writer)
      try Terminal.data(String(decoding: writer.bytes, as: UTF8.self))
    case .ndjson:
      for change in changes {
        var writer = CanonicalWriter()
        ChangePrinter.write([change], to: &writer)
        try Terminal.data(String(decoding: writer.bytes.dropFirst().dropLast(), as: UTF8.self))
      }
    case .csv:
      try Terminal.write(Array(CSV.record(["view", "key", "field", "before", "after"]).utf8))
      for change in changes {
        for field in change.fields {
          try Terminal.write(Array(CSV.record(try ChangePrinter(opened).cells(change, field)).utf8))
        }
      }
    }
  }

  private func size(_ text: String, _ ledger: Ledger) throws -> TreeSize {
    if text == "now" { return try ledger.size() }
    return try ledger.size(at: Moments.named(text, option: "the moment"))
  }
}
