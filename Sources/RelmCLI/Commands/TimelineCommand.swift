internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmReports

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Everything that happened to a release, for its post-release review.",
    discussion: """
      In the order in which it happened, by phase, with durations and waits, late records, skipped steps, overrides, \
      incidents, advice, findings, actions and annulled events, and how it compares with the package's earlier releases. \
      'relm review draft' writes the review document from it.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var people: PeopleOptions

  @Argument(
    help: "The release, such as release/payments-api/2026.11.3 or payments-api/2026.11.3.",
    completion: Completions.subjects)
  var release: String

  @Option(help: "text, json, markdown or html; else json where RELM_FORMAT says so, else text.")
  var format: PageFormat?

  @Option(
    name: .shortAndLong, help: "Write it to this file; else to standard output.", completion: .file())
  var output: String?

  func run() throws {
    let opened = try ledger.open(asOf)
    let (package, version) = try ReleaseArgument.named(release, in: opened)
    guard let report = try opened.timeline(package, version) else {
      throw try ReleaseArgument.unknown(package, version, opened)
    }
    let reader = Reader(of: opened)
    let format = try format ?? PageFormat.usual()
    let text: String =
      switch format {
      case .text:
        try Terminal.legible(
          TimelinePage(report, for: reader, width: output == nil ? Terminal.columns ?? 100 : 100).text())
      case .json: try ShownPeople.told(report.bytes) + "\n"
      case .markdown: try TimelineMarkdown(report, for: reader).text()
      case .html: try TimelineHTML(report, for: reader).text()
      }
    try PageOutput(path: output).write(text, holdsNames: ShownPeople.areToldNames(in: format == .json))
  }
}
