internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct PolicyCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a policy before it is adopted: every mistake with its line and column.",
    discussion: """
      Exit status 0 where it may be adopted, with what it asks; 65 where not. Where there is a ledger, names in it that the \
      ledger does not know are remarked upon.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The policy, YAML or JSON; - for standard input.", completion: .file())
  var file: String

  func run() throws {
    let format = try output.chosen()
    let known = try openedIfThere()
    let policy = try PolicyFile(file, in: known)
    let remarks = PolicyRemarks(policy, in: known)
    try remarks.tellIfAdopted()
    try remarks.tell(now: (known?.surroundings ?? .system).now())
    try PolicyPage(policy.document, known.map { Names($0.vault) }).write(format)
  }

  /// The ledger; nil where none is named and none is near.
  private func openedIfThere() throws -> Ledger? {
    if try ledger.ledger ?? Environment.value("RELM_LEDGER") != nil { return try ledger.open() }
    do {
      _ = try ledger.directory()
    } catch let failure as CommandFailure where failure.status == .noInput {
      return nil
    }
    return try ledger.open()
  }
}
