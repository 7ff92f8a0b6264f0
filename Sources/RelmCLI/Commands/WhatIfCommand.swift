internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Judge history again under a draft of a policy: what flips, and why.",
    discussion: """
      The draft stands in place of the adopted versions of the same policy, as if it had always been in force; other policies \
      go on judging. Told is, rule by rule, what comes to something else, with examples, and which deployments would hold \
      or fail that do not now; to production, unless --context says otherwise. Nothing is recorded. Exit status 0, whatever comes out; csv has a row for each deployment \
      that stands otherwise.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var population: PopulationOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var output: FormatOptions

  @Option(
    help: "The draft, YAML or JSON as 'relm policy init' writes it; - for standard input.",
    completion: .file())
  var policy: String

  func run() throws {
    let format = try output.chosen()
    let opened = try ledger.open(asOf)
    let draft = try PolicyFile(policy, in: opened).document
    let report = try opened.whatIf(draft, try population.question(of: opened))
    try WhatIfPage(report, Names(opened.vault)).write(format)
  }
}
