internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmJudging
internal import RelmReports

struct ReviewDraft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Write the review document of a release from the ledger, for a person to finish.",
    discussion: """
      In Markdown: what was planned, what happened, where they differ, what the policies in force found, the figures beside \
      those of earlier releases, the findings and actions that are recorded, and the questions that the ledger leaves open, \
      each with the positions that it rests on. Nothing is recorded; attach the finished document with 'relm attach'.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var people: PeopleOptions

  @Argument(
    help: "The release, such as release/payments-api/2026.11.3 or payments-api/2026.11.3.",
    completion: Completions.subjects)
  var release: String

  @Option(name: .shortAndLong, help: "Write it to this file; else to standard output.", completion: .file())
  var output: String?

  func run() throws {
    let opened = try ledger.open(asOf)
    let (package, version) = try ReleaseArgument.named(release, in: opened)
    guard let report = try opened.timeline(package, version) else {
      throw try ReleaseArgument.unknown(package, version, opened)
    }
    let judged = try opened.compliance(ComplianceQuestion(package: package, version: version))
    try PageOutput(path: output).write(
      try RelmReports.ReviewDraft(report, judged: judged, for: Reader(of: opened)).text())
  }
}
