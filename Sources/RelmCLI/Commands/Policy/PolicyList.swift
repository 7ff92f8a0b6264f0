internal import ArgumentParser

struct PolicyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the policies: which version is in force, and since when.")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  func run() throws {
    try StateTable.policies.rows(ledger.open(asOf)).write(output.chosen())
  }
}
